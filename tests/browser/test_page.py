"""The picture in a real browser: it opens without network and can be used by hand and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.view import Edge, Node, Quote, picture

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no {CHROMIUM}")]

HOSTILE = "<img src=x onerror=alert(1)>"
SESSION = "meeting/2025-08-22.KG-KZ.council_session"
NODES = (
    Node(id="state/KZ", kind="State", label="Kazakhstan", names=("Қозоғистон", "Казахстан", "Qozogʻiston")),
    Node(id="state/KG", kind="State", label="Kyrgyzstan", names=("Қирғизистон", "Кыргызстан")),
    Node(id="state/UZ", kind="State", label="Uzbekistan", names=("Ўзбекистон", "Oʻzbekiston")),
    Node(id="person/kassym-jomart-tokayev", kind="Person", label="Kassym-Jomart Tokayev",
         detail="head of state KZ", names=("Қасим-Жомарт Тоқаев", *(f"spelling {number}" for number in range(8)))),
    Node(id=SESSION, kind="Meeting", label="council session", detail="2025-08-22; Bishkek; held"),
    Node(id="organization/hostile", kind="Organization", label=HOSTILE),
)  # fmt: skip
TRADE = Quote(exact="Illustrative: trade reached $2 billion.", source="a.txt", title=HOSTILE, published="2025-08-22")
EDGES = (
    Edge(source="state/KG", target="state/KZ", kind="trade", label="turnover 2000000000 USD", quotes=(TRADE,)),
    Edge(source="state/KG", target=SESSION, kind="takes part", label="takes part", fact=SESSION, quotes=(TRADE,)),
    Edge(source="person/kassym-jomart-tokayev", target=SESSION, kind="chairs", label="chairs", fact=SESSION),
    Edge(source="person/kassym-jomart-tokayev", target="state/UZ", kind="visit", label="state visit", status="planned"),
    Edge(source="organization/hostile", target="state/UZ", kind="statement", label=HOSTILE, quotes=(TRADE,)),
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> str:
    made = tmp_path_factory.mktemp("view") / "graph.html"
    made.write_text(picture(NODES, EDGES, HOSTILE), encoding="utf-8")
    return made.as_uri()


@pytest.fixture(params=[(1280, 800), (390, 844)], ids=["desktop", "phone"])
def page(browser: sync_api.Browser, file: str, request: pytest.FixtureRequest) -> Iterator[sync_api.Page]:
    """The open page; afterwards it must have asked for nothing and complained of nothing."""
    width, height = request.param
    trouble: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    opened = context.new_page()

    def refuse(route: sync_api.Route) -> None:
        if route.request.url == file:
            route.continue_()
        else:
            trouble.append(f"request: {route.request.url}")
            route.abort()

    context.route("**/*", refuse)
    opened.on("console", lambda message: trouble.append(f"{message.type}: {message.text}"))
    opened.on("pageerror", lambda error: trouble.append(f"error: {error}"))
    opened.on("dialog", lambda dialog: (trouble.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    opened.goto(file)
    yield opened
    context.close()
    assert trouble == []


def click(page: sync_api.Page, x: float, y: float) -> None:
    """Click a point of the drawing, given in its own coordinates."""
    page.evaluate("([x, y]) => elchi.network.moveTo({position: {x, y}, scale: 1})", [x, y])
    spot = page.evaluate("([x, y]) => elchi.network.canvasToDOM({x, y})", [x, y])
    box = page.locator("#net").bounding_box()
    assert box
    page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])


def click_node(page: sync_api.Page, node: str) -> None:
    spot = page.evaluate("id => elchi.network.getPosition(id)", node)
    click(page, spot["x"], spot["y"])


def drawn(page: sync_api.Page, node: str, option: str) -> object:
    return page.evaluate("([id, option]) => elchi.network.body.nodes[id].options[option]", [node, option])


def test_all_nodes_and_edges_are_drawn(page: sync_api.Page) -> None:
    ids = page.evaluate("Object.keys(elchi.network.body.nodes)")
    assert sorted(ids) == sorted(node.id for node in NODES)
    assert page.evaluate("Object.keys(elchi.network.body.edges).length") == len(EDGES)
    assert page.evaluate("elchi.network.physics.physicsEnabled") is False


def test_nothing_is_wider_than_the_screen(page: sync_api.Page) -> None:
    for way in ("#as-list", "#as-picture"):
        page.click(way)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("query", ["Kazakh", "қозоғ", "КАЗАХ", "qozog'iston", "qozogʻ"])
def test_search_finds_a_state_in_any_script(page: sync_api.Page, query: str) -> None:
    page.fill("#find", query)
    sync_api.expect(page.locator("#found li").first).to_contain_text("Kazakhstan")
    page.press("#find", "Enter")
    sync_api.expect(page.locator("#panel h2")).to_have_text("Kazakhstan")
    sync_api.expect(page.locator("#panel .also")).to_contain_text("Қозоғистон")


def test_of_many_spellings_the_first_are_shown_and_the_rest_fold_away(page: sync_api.Page) -> None:
    page.fill("#find", "Tokayev")
    page.press("#find", "Enter")
    sync_api.expect(page.locator("#panel p.also")).to_have_text(re.compile(r"^Also ([^,]+, ){5}[^,]+$"))
    sync_api.expect(page.locator("#panel details.also")).not_to_have_attribute("open", "")
    sync_api.expect(page.locator("#panel details.also summary")).to_have_text("3 more spellings")


def test_search_works_by_keyboard_alone(page: sync_api.Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("stan")
    sync_api.expect(page.locator("#found [aria-selected=true]")).to_have_count(1)
    second = page.locator("#found li").nth(1)
    page.keyboard.press("ArrowDown")
    sync_api.expect(second).to_have_attribute("aria-selected", "true")
    assert page.get_attribute("#find", "aria-activedescendant") == second.get_attribute("id")
    page.keyboard.press("Escape")
    sync_api.expect(page.locator("#found")).to_be_hidden()


def test_a_search_without_result_says_so(page: sync_api.Page) -> None:
    page.fill("#find", "Atlantis")
    sync_api.expect(page.locator("#found")).to_contain_text("No name like this")
    page.press("#find", "Enter")


def test_a_click_on_an_event_shows_the_evidence_once_and_lights_its_neighbours(page: sync_api.Page) -> None:
    click_node(page, SESSION)
    sync_api.expect(page.locator("#panel h2")).to_have_text("Council session")
    sync_api.expect(page.locator("#panel blockquote")).to_have_count(1)
    quote = page.locator("#panel blockquote")
    for words in (TRADE.exact, TRADE.title, TRADE.source, TRADE.published):
        sync_api.expect(quote).to_contain_text(words)
    assert drawn(page, "state/KG", "opacity") == 1
    assert drawn(page, "state/UZ", "opacity") < 0.5  # type: ignore[operator]


def test_a_click_on_a_line_shows_its_evidence(page: sync_api.Page) -> None:
    ends = [page.evaluate("id => elchi.network.getPosition(id)", node) for node in ("state/KG", "state/KZ")]
    click(page, sum(end["x"] for end in ends) / 2, sum(end["y"] for end in ends) / 2)
    sync_api.expect(page.locator("#panel h2")).to_have_text("Turnover 2 bn USD")
    sync_api.expect(page.locator("#panel blockquote")).to_contain_text(TRADE.exact)


def test_hostile_names_and_titles_stay_text(page: sync_api.Page) -> None:
    assert page.title() == HOSTILE
    sync_api.expect(page.locator("h1")).to_have_text(HOSTILE)
    page.fill("#find", "<img")
    page.press("#find", "Enter")
    sync_api.expect(page.locator("#panel h2")).to_have_text(HOSTILE)
    sync_api.expect(page.locator("#panel cite").first).to_contain_text(HOSTILE)
    page.click("#as-list")
    assert page.locator("img").count() == 0


def test_the_legend_hides_a_class_and_a_choice_brings_it_back(page: sync_api.Page) -> None:
    page.click("[data-class=Meeting]")
    assert drawn(page, SESSION, "hidden") is True
    assert drawn(page, "state/KG", "hidden") is False
    page.fill("#find", "council")
    page.press("#find", "Enter")
    assert drawn(page, SESSION, "hidden") is False


def test_what_is_planned_is_dashed(page: sync_api.Page) -> None:
    dashes = page.evaluate("Object.values(elchi.network.body.edges).map((edge) => Boolean(edge.options.dashes))")
    assert dashes.count(True) == 1


def test_the_list_can_be_searched_too(page: sync_api.Page) -> None:
    page.click("#as-list")
    page.fill("#find", "Қозоғистон")
    rows = page.locator("#list tbody tr:visible")
    sync_api.expect(rows).to_have_count(1)
    sync_api.expect(rows).to_contain_text("turnover 2 bn USD with")


def test_colours_follow_the_readers_mode(page: sync_api.Page) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    ink = "elchi.network.body.nodes['state/KZ'].options.color.background"
    light = page.evaluate(background), page.evaluate(ink)
    page.emulate_media(color_scheme="dark")
    for _ in range(50):  # the page's policy forbids the browser to evaluate a condition, so it is asked again and again
        if page.evaluate(ink) != light[1]:
            break
        page.wait_for_timeout(100)
    assert page.evaluate(ink) != light[1]
    assert page.evaluate(background) != light[0]
