"""What the explorer saves: pictures, tables, graphs, and a page that works without a network."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest

from tests.browser.conftest import Reader
from tests.browser.steps import click_line, drawn, nodes, strands

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.slow
expect = sync_api.expect
VIEW = "/#n=state/KZ&n=state/UZ&n=state/KG&n=person/shavkat-mirziyoyev"


@pytest.fixture
def view(reader: Callable[..., Reader]) -> sync_api.Page:
    page = reader().open(VIEW)
    drawn(page)
    return page


def save(page: sync_api.Page, name: str) -> Path:
    page.locator(".toolbar").get_by_role("button", name="Save").click()
    with page.expect_download() as loading:
        page.get_by_role("button", name=name).click()
    saved: Path = loading.value.path()
    return saved


def test_a_drawing_has_all_nodes_lines_and_names(view: sync_api.Page) -> None:
    svg = ET.parse(save(view, "SVG")).getroot()  # noqa: S314  # made by this page
    tags = [part.tag.split("}")[1] for part in svg.iter()]
    assert tags.count("line") == len(strands(view))
    assert tags.count("circle") + tags.count("polygon") == len(nodes(view))
    assert {"Kazakhstan", "Uzbekistan", "Kyrgyzstan", "Shavkat Mirziyoyev"} <= set(svg.itertext())


def test_a_picture_is_as_sharp_as_twice_the_screen(view: sync_api.Page) -> None:
    png = save(view, "PNG").read_bytes()
    box = view.locator(".canvas").bounding_box()
    assert box
    assert png.startswith(b"\x89PNG")
    assert int.from_bytes(png[16:20], "big") == pytest.approx(2 * box["width"], abs=2)


def test_a_table_has_the_lines(view: sync_api.Page) -> None:
    rows = list(csv.DictReader(io.StringIO(save(view, "CSV").read_text(encoding="utf-8"))))
    assert {(row["from"], row["to"]) for row in rows} | {(row["to"], row["from"]) for row in rows} >= {
        (line["a"], line["b"]) for line in strands(view)}  # fmt: skip
    assert any(row["from_label"] == "Shavkat Mirziyoyev" for row in rows)


def test_a_graph_for_gephi_has_the_nodes(view: sync_api.Page) -> None:
    gexf = ET.parse(save(view, "GEXF")).getroot()  # noqa: S314  # made by this page
    assert {node.get("id") for node in gexf.iter("{http://gexf.net/1.3}node")} == nodes(view)


def test_data_are_valid_turtle_about_what_is_shown(view: sync_api.Page) -> None:
    turtle = save(view, "Turtle").read_bytes()
    subjects = {str(quad.subject) for quad in pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE)}
    assert {f"<https://w3id.org/elchi/id/{node}>" for node in nodes(view)} <= subjects


def test_a_saved_page_shows_its_sentences_without_a_network(
    view: sync_api.Page, reader: Callable[..., Reader], tmp_path: Path
) -> None:
    saved = tmp_path / "saved.html"
    saved.write_bytes(save(view, "offline").read_bytes())
    one = reader(offline=True)
    page = Reader("", one.context, one.trouble).open(saved.as_uri())
    drawn(page)
    assert nodes(page) == nodes(view)
    expect(page.locator(".lead")).to_contain_text("needs no network")
    click_line(page, next(line["key"] for line in strands(page) if line["class"] == "TradeVolume"))
    expect(page.locator(".panel .quote mark").first).to_be_visible()
    page.get_by_role("button", name="List").click()
    expect(page.locator(".list tbody tr").first).to_be_visible()
