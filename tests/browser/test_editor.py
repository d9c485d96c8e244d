"""The query page in a real browser."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from tests.browser.conftest import Reader
from tests.browser.steps import until

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.slow
expect = sync_api.expect


@pytest.fixture
def editor(reader: Callable[..., Reader]) -> sync_api.Page:
    page = reader().open("/")
    page.get_by_role("link", name="Query").click()
    expect(page.locator(".cm-content")).to_be_visible()
    return page


def write(page: sync_api.Page, text: str) -> None:
    """Paste a text in place of what is in the editor."""
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+v")
    expect(page.locator(".cm-content")).to_contain_text(text.splitlines()[-1])


def test_a_query_gives_a_table_and_its_pairs_a_graph(editor: sync_api.Page, reader: Callable[..., Reader]) -> None:
    editor.get_by_role("button", name="Run").click()
    expect(editor.locator(".grid-body .grid-row").first).to_contain_text("state/")
    expect(editor.locator(".grid-body .called").first).to_be_visible()
    editor.get_by_role("button", name="Graph", exact=True).click()
    expect(editor.locator(".result-graph canvas").first).to_be_visible()
    until(editor, "location.hash.includes('shown=graph')")
    one = reader()
    again = one.open(editor.url.removeprefix(one.address))
    expect(again.locator(".result-graph canvas").first).to_be_visible()


def test_ctrl_enter_runs_and_other_views_say_what_they_need(editor: sync_api.Page) -> None:
    write(editor, "SELECT ?code ?n { VALUES (?code ?n) { ('KZ' 3) ('UZ' 5) } }")
    editor.keyboard.press("Control+Enter")
    expect(editor.locator(".grid-body .grid-row")).to_have_count(2)
    editor.get_by_role("button", name="Map", exact=True).click()
    expect(editor.locator(".result-map path.told")).to_have_count(2)
    editor.get_by_role("button", name="Chart", exact=True).click()
    expect(editor.locator(".bars li")).to_have_count(2)
    editor.get_by_role("button", name="In time", exact=True).click()
    expect(editor.locator(".result")).to_contain_text("needs a column of dates")


def test_a_construct_query_is_drawn_as_a_graph(editor: sync_api.Page) -> None:
    write(editor, "#defaultView: Graph\nCONSTRUCT { ?m <https://w3id.org/elchi/ontology#participant> ?s } WHERE "
                  "{ ?m <https://w3id.org/elchi/ontology#participant> ?s }")  # fmt: skip
    editor.keyboard.press("Control+Enter")
    expect(editor.locator(".result-graph canvas").first).to_be_visible()


def test_a_mistake_is_underlined_and_told_with_its_line(editor: sync_api.Page) -> None:
    write(editor, "SELECT ?s\nWHERE { ?s ?p }")
    expect(editor.locator(".cm-lintRange-error").first).to_be_visible()


def test_classes_and_properties_are_completed_from_the_data(editor: sync_api.Page) -> None:
    write(editor, "SELECT * WHERE { ?m a kg:Mee")
    editor.keyboard.press("Control+Space")
    expect(editor.locator(".cm-tooltip-autocomplete li").first).to_contain_text("kg:Meeting")
    editor.wait_for_timeout(150)
    editor.keyboard.press("Enter")
    expect(editor.locator(".cm-content")).to_contain_text("PREFIX kg: <https://w3id.org/elchi/ontology#>")
    editor.keyboard.insert_text(" ; kg:par")
    editor.keyboard.press("Control+Space")
    expect(editor.locator(".cm-tooltip-autocomplete li").first).to_contain_text("kg:participant")


def test_things_are_completed_by_their_names(editor: sync_api.Page) -> None:
    write(editor, "SELECT * WHERE { ?m ?p <Тоқаев")
    editor.keyboard.press("Control+Space")
    expect(editor.locator(".cm-tooltip-autocomplete li").first).to_contain_text("Tokayev")


def test_examples_run_with_one_click(editor: sync_api.Page) -> None:
    editor.locator(".examples li", has_text="leaders").first.get_by_role("button").click()
    expect(editor.locator(".grid-body .grid-row").first).to_be_visible()
    editor.get_by_role("button", name="History").click()
    expect(editor.locator(".past").first).to_be_visible()


def test_a_result_is_downloaded_as_csv(editor: sync_api.Page) -> None:
    write(editor, "SELECT ?code { VALUES ?code { 'KZ' } }")
    editor.keyboard.press("Control+Enter")
    expect(editor.locator(".grid-body .grid-row")).to_have_count(1)
    editor.get_by_role("button", name="Download").click()
    with editor.expect_download() as loading:
        editor.get_by_role("button", name="CSV").click()
    assert loading.value.path().read_text(encoding="utf-8").split() == ["code", "KZ"]


def test_a_hundred_thousand_rows_do_not_freeze_the_page(editor: sync_api.Page) -> None:
    write(editor, "SELECT ?a ?b { { SELECT (?s AS ?a) { ?s ?p ?o } LIMIT 400 } "
                  "{ SELECT (?o AS ?b) { ?s ?p ?o } LIMIT 250 } }")  # fmt: skip
    editor.keyboard.press("Control+Enter")
    expect(editor.locator(".results")).to_contain_text("Rows: 100,000", timeout=30_000)
    started = time.perf_counter()
    editor.evaluate("document.querySelector('.grid').scrollTop = 1700000")
    expect(editor.locator(".grid-row[aria-rowindex='50002']")).to_be_visible()
    assert time.perf_counter() - started < 2
    assert editor.locator(".grid-row").count() < 200
