"""The explorer in a real browser: from a name to the sentence, time, path, undo, and all of it by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.conftest import Reader
from tests.browser.steps import click_line, click_node, drawn, nodes, strands, until

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.slow
expect = sync_api.expect
AROUND = "/#n=state/UZ&at=state/UZ"


def search(page: sync_api.Page, words: str) -> None:
    page.fill(".top .search input", words)
    expect(page.locator(".top .found [aria-selected=true]")).to_be_visible()
    page.press(".top .search input", "Enter")


@pytest.mark.parametrize("name", ["Tokayev", "Тоқаев", "Toʻqayev"])
def test_one_person_is_found_in_three_scripts(page: sync_api.Page, name: str) -> None:
    search(page, name)
    expect(page.locator(".panel h1")).to_have_text("Kassym-Jomart Tokayev")


def test_a_name_that_nobody_has_says_so(page: sync_api.Page) -> None:
    page.fill(".top .search input", "Atlantis Qqq")
    expect(page.locator(".top .found")).to_contain_text("No name like this")


def test_from_a_name_by_a_line_to_the_sentence_in_its_article(page: sync_api.Page) -> None:
    search(page, "Ўзбекистон")
    expect(page.locator(".panel h1")).to_have_text("Uzbekistan")
    until(page, "location.hash.includes('n=state/UZ') && elchi.graph.order > 5")
    page.wait_for_timeout(500)
    before = nodes(page)
    more = page.locator(".counts .tool:enabled").first
    expect(more).to_be_visible()
    more.click()
    until(page, "before => elchi.graph.order > before", len(before))
    assert before < nodes(page)
    page.wait_for_timeout(500)
    line = max(strands(page), key=lambda one: (one["class"] == "TradeVolume", "state/UZ" in {one["a"], one["b"]}))
    click_line(page, line["key"])
    quote = page.locator(".panel .quote").first
    expect(quote).to_be_visible()
    words = quote.locator("mark").inner_text()
    expect(quote.locator("figcaption")).to_contain_text("Rule")
    quote.locator("a.read").click()
    lit = page.locator(".article .told.lit")
    expect(lit.first).to_be_visible()
    assert words in re.sub(r"\s+", " ", "".join(lit.all_inner_texts())) or words[:40] in "".join(lit.all_inner_texts())


def test_the_time_brush_leaves_only_what_is_dated_within(page: sync_api.Page) -> None:
    before = len(strands(page))
    plot = page.locator(".plot").bounding_box()
    assert plot
    page.mouse.move(plot["x"] + plot["width"] * 0.45, plot["y"] + 20)
    page.mouse.down()
    page.mouse.move(plot["x"] + plot["width"] * 0.8, plot["y"] + 20, steps=5)
    page.mouse.up()
    until(page, "before => elchi.graph.size < before && location.hash.includes('from=')", before)
    start = re.search(r"from=([\d-]+)", page.url)
    assert start
    dated = page.evaluate("elchi.graph.mapEdges((_, {strand}) => strand.latest)")
    assert dated
    assert all(latest >= start[1] for latest in dated)
    page.click(".brush .quiet")
    until(page, "before => elchi.graph.size === before", before)


def test_the_time_brush_moves_by_keyboard(page: sync_api.Page) -> None:
    page.locator(".knob").first.focus()
    before = page.locator(".knob").first.get_attribute("aria-valuetext")
    page.keyboard.press("PageUp")
    expect(page.locator(".knob").first).not_to_have_attribute("aria-valuetext", before or "")
    until(page, "location.hash.includes('from=')")


def test_a_path_connects_two(reader: Callable[..., Reader]) -> None:
    page = reader().open(AROUND)
    drawn(page)
    page.get_by_role("button", name="Path to").click()
    page.fill(".paths input", "Macron")
    expect(page.locator(".paths .found [aria-selected=true]")).to_contain_text("Macron")
    page.press(".paths input", "Enter")
    until(page, "elchi.graph.hasNode('person/emmanuel-macron') && elchi.graph.order < 8")
    ends = {frozenset((one["a"], one["b"])) for one in strands(page)}
    reached, ring = {"state/UZ"}, {"state/UZ"}
    while ring:
        ring = {node for pair in ends if pair & ring for node in pair} - reached
        reached |= ring
    assert "person/emmanuel-macron" in reached


def test_steps_can_be_taken_back_and_again(reader: Callable[..., Reader]) -> None:
    page = reader().open(AROUND)
    drawn(page)
    before = nodes(page)
    page.locator(".counts .tool:enabled").first.click()
    until(page, "before => elchi.graph.order > before", len(before))
    after = nodes(page)
    page.get_by_role("button", name="Undo").click()
    until(page, "before => elchi.graph.order === before", len(before))
    assert nodes(page) == before
    page.get_by_role("button", name="Redo").click()
    until(page, "after => elchi.graph.order === after", len(after))
    assert nodes(page) == after


def test_a_class_of_facts_can_be_switched_off(page: sync_api.Page) -> None:
    assert "TradeVolume" in {one["class"] for one in strands(page)}
    page.click(".legend [data-class=TradeVolume]")
    expect(page.locator(".legend [data-class=TradeVolume]")).to_have_attribute("aria-pressed", "false")
    until(page, "!elchi.graph.someEdge((_, {strand}) => strand.class === 'TradeVolume')")


def test_few_lines_are_left_when_more_sources_are_asked_for(page: sync_api.Page) -> None:
    before = len(strands(page))
    page.get_by_role("button", name="Filters").click()
    page.locator(".filters input[type=range]").focus()
    page.keyboard.press("ArrowRight")
    until(page, "before => elchi.graph.size < before && location.hash.includes('support=2')", before)
    assert all(page.evaluate("elchi.graph.mapEdges((_, {strand}) => strand.support >= 2)"))


def test_planned_lines_are_dashed_and_others_are_not(reader: Callable[..., Reader]) -> None:
    page = reader().open(AROUND)
    drawn(page)
    looks = page.evaluate("""elchi.graph.mapEdges((key, {strand}) =>
      [strand.edges.every(e => e.status === 'planned'), elchi.sigma.getEdgeDisplayData(key).dashed])""")
    assert {tuple(look) for look in looks} == {(True, True), (False, False)}


@pytest.mark.parametrize("layout", ["Map", "Time"])
def test_other_arrangements_place_every_node(page: sync_api.Page, layout: str) -> None:
    before = page.evaluate("elchi.graph.mapNodes((_, {x, y}) => [x, y])")
    page.get_by_role("button", name=layout, exact=True).click()
    until(page, "word => location.hash.includes('layout=' + word)", layout.lower())
    until(page, "before => JSON.stringify(elchi.graph.mapNodes((_, {x, y}) => [x, y])) !== before", str(before))
    page.wait_for_timeout(300)
    places = page.evaluate("elchi.graph.mapNodes((_, {x, y}) => [x, y])")
    assert all(isinstance(value, int | float) for place in places for value in place)
    assert len({tuple(place) for place in places}) > len(places) / 2


def test_a_link_brings_the_same_view_back(reader: Callable[..., Reader]) -> None:
    one = reader()
    page = one.open(AROUND)
    drawn(page)
    page.locator(".counts .tool:enabled").first.click()
    until(page, "elchi.graph.order > 37")
    page.get_by_role("button", name="Time", exact=True).click()
    until(page, "location.hash.includes('layout=time')")
    page.get_by_role("button", name="Copy link").click()
    address = page.evaluate("navigator.clipboard.readText()")
    assert address == page.url
    other = reader().open(address.removeprefix(one.address))
    drawn(other)
    assert nodes(other) == nodes(page)
    assert {line["key"] for line in strands(other)} == {line["key"] for line in strands(page)}
    expect(other.locator(".panel h1")).to_have_text("Uzbekistan")
    expect(other.get_by_role("button", name="Time", exact=True)).to_have_attribute("aria-pressed", "true")


def test_a_click_on_a_node_tells_about_it_and_one_beside_it_ends_that(page: sync_api.Page) -> None:
    click_node(page, "state/UZ")
    expect(page.locator(".panel h1")).to_have_text("Uzbekistan")
    page.go_back()
    expect(page.locator(".panel h1")).to_have_text("Who deals with whom")


def test_all_of_it_works_by_keyboard(page: sync_api.Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("Uzbekistan", delay=10)
    expect(page.locator(".top .found [aria-selected=true]")).to_contain_text("Uzbekistan")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.locator(".panel h1")).to_have_text("Uzbekistan")
    page.locator(".toolbar").get_by_role("button", name="List").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".list tbody tr").first).to_be_visible()
    assert page.locator(".list tbody tr").count() == min(300, len(strands(page)))
    page.locator(".list .open").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".panel .quote mark").first).to_be_visible()
    assert page.evaluate("document.activeElement.className") == "panel"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.panel') !== null")


def test_claims_that_differ_stand_side_by_side(reader: Callable[..., Reader]) -> None:
    page = reader().open("/#n=state/KZ&n=state/UZ&pair=state/KZ state/UZ TradeVolume")
    drawn(page)
    sides = page.locator(".panel .differs .sides").first
    expect(sides).to_be_visible()
    assert len(set(sides.locator("strong").all_inner_texts())) == 2
