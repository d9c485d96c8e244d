"""The other pages, phones, languages, colours, hostile texts, and what a screen reader needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from tests.browser.conftest import HOSTILE, Reader
from tests.browser.steps import drawn, until

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.slow
expect = sync_api.expect
AXE = Path(kg.__file__).parent / "serve" / "page" / "node_modules" / "axe-core" / "axe.min.js"
PLACES = {
    "explorer": "/",
    "thing": "/#n=state/KZ&at=state/KZ",
    "list": "/#n=state/KZ&list=1",
    "pair": "/#n=state/KZ&n=state/UZ&pair=state/KZ state/UZ",
    "state page": "/?id=state/UZ",
    "person page": "/?id=person/shavkat-mirziyoyev",
    "pair page": "/?a=state/KZ&b=state/UZ",
    "query": "/#query=SELECT * { ?s a <https://w3id.org/elchi/ontology%23State> }",
}
READY = {
    "explorer": ".most li", "thing": ".counts li", "list": ".list tbody tr", "pair": ".panel .quote",
    "state page": ".page .row", "person page": ".page .row", "pair page": ".page .row", "query": ".grid-body .grid-row",
}  # fmt: skip


def article(page: sync_api.Page, words: str) -> None:
    """Open the article whose headline has the words."""
    page.fill(".top .search input", words)
    found = page.locator(".top .found [data-class=Article]").first
    expect(found).to_be_visible()
    found.dispatch_event("pointerdown")
    expect(page.locator(".article .body h1")).to_be_visible()


def violations(page: sync_api.Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]
            if one["impact"] in {"serious", "critical"}]  # fmt: skip


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: there is no Node.js here")
@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("place", PLACES)
def test_axe_finds_nothing_serious(reader: Callable[..., Reader], place: str, colours: str) -> None:
    page = reader(color_scheme=colours).open(PLACES[place])
    expect(page.locator(READY[place]).first).to_be_visible()
    page.wait_for_timeout(400)
    assert violations(page) == []


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed: there is no Node.js here")
def test_axe_finds_nothing_serious_in_an_article(reader: Callable[..., Reader]) -> None:
    page = reader().open("/")
    article(page, "Astana talks")
    assert violations(page) == []


@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_wider_than_a_phone(reader: Callable[..., Reader], place: str) -> None:
    page = reader(viewport={"width": 390, "height": 844}, has_touch=True).open(PLACES[place])
    expect(page.locator(READY[place]).first).to_be_visible()
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_phone_shows_the_picture_first(reader: Callable[..., Reader]) -> None:
    page = reader(viewport={"width": 390, "height": 844}, has_touch=True).open()
    drawn(page)
    box = page.locator(".canvas").bounding_box()
    assert box
    assert box["y"] < 250
    assert box["height"] > 350


def test_a_page_of_a_person_tells_offices_and_facts(reader: Callable[..., Reader]) -> None:
    page = reader().open("/?id=person/shavkat-mirziyoyev")
    expect(page.locator("h1")).to_have_text("Shavkat Mirziyoyev")
    expect(page.locator(".offices")).to_contain_text("Uzbekistan")
    expect(page.locator(".others")).to_contain_text("Шавкат Мирзиёев")
    page.locator(".page .row summary").first.click()
    expect(page.locator(".page .row .quote mark").first).to_be_visible()


def test_a_page_of_two_states_has_their_trade_and_their_time(reader: Callable[..., Reader]) -> None:
    page = reader().open("/?a=state/KZ&b=state/UZ")
    expect(page.locator("h1")).to_have_text("Kazakhstan – Uzbekistan")
    expect(page.locator(".chart canvas").first).to_be_visible()
    assert page.locator(".strip .mark").count() > 1
    page.get_by_text("As a table").click()
    expect(page.locator(".wide table")).to_contain_text("USD")


def test_an_article_marks_what_was_read_and_tells_the_rule(reader: Callable[..., Reader]) -> None:
    page = reader().open("/")
    article(page, "Astana talks")
    spot = page.evaluate("(({x, y}) => [x + 6, y + 6])(document.querySelector('.body p .told').getClientRects()[0])")
    page.mouse.move(*spot)
    expect(page.locator(".tip")).to_contain_text("Rule")
    page.locator(".article .row summary").first.click()
    expect(page.locator(".told.lit").first).to_be_visible()


def test_hostile_texts_stay_texts(reader: Callable[..., Reader]) -> None:
    one = reader()
    page = one.open("/")
    article(page, "Astana talks")
    expect(page.locator(".article .body h1")).to_have_text(HOSTILE)
    expect(page.locator(".article .body")).to_contain_text("<script>alert(2)</script>")
    assert page.locator("img").count() == 0
    assert page.title().startswith(HOSTILE)
    page.goto(page.url.split("/?")[0] + "/?id=javascript:alert(3)")
    expect(page.locator(".trouble")).to_be_visible()
    assert len(one.trouble) == 1
    assert "404" in one.trouble.pop()  # the browser itself notes it


@pytest.mark.parametrize(("language", "words", "state"), [
    ("ru", "Кто с кем имеет дело", "Казахстан"), ("kk", "Кім кіммен байланыста", "Қазақстан"),
    ("ky", "Ким ким менен байланышта", "Казакстан"), ("uz", "Kim kim bilan aloqada", "Qozog"),
])  # fmt: skip
def test_the_page_speaks_the_readers_language(
    reader: Callable[..., Reader], language: str, words: str, state: str
) -> None:
    page = reader(locale=language).open()
    expect(page.locator(".panel h1")).to_have_text(words)
    expect(page.locator(".most")).to_contain_text(state)
    assert page.evaluate("document.documentElement.lang").startswith(language)
    expect(page.locator(".brush output")).to_have_text(re.compile(r"\d{4}"))
    # "M05" is what a browser writes for a month that it has no name of
    assert not re.search(r"M\d\d", page.locator(".brush output").inner_text())


def test_colours_follow_the_system_until_chosen(reader: Callable[..., Reader]) -> None:
    page = reader(color_scheme="light").open()
    drawn(page)
    background = "getComputedStyle(document.body).backgroundColor"
    ink = "elchi.sigma.getNodeDisplayData('state/KZ').color"
    light = page.evaluate(background), page.evaluate(ink)
    page.emulate_media(color_scheme="dark")
    until(page, f"light => {ink} !== light", light[1])
    assert page.evaluate(background) != light[0]
    page.get_by_role("button", name="Colours").click()
    page.get_by_role("button", name="Light", exact=True).click()
    until(page, f"light => {ink} === light", light[1])
    assert page.evaluate(background) == light[0]
