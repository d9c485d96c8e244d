"""Exports: every ending writes a file that its readers understand, the same bytes each time."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
import sample

from kg.errors import ExportError
from kg.export import EXPORTS, export
from kg.rdf import iri
from kg.store import Store


@pytest.fixture(scope="module")
def store() -> Store:
    return sample.store()


@pytest.mark.parametrize("ending", list(EXPORTS))
def test_the_same_store_gives_the_same_bytes(ending: str, store: Store, tmp_path: Path) -> None:
    first = export(store, tmp_path / f"first.{ending}").read_bytes()
    assert first
    assert export(sample.store(), tmp_path / f"second.{ending}").read_bytes() == first
    assert sorted(file.name for file in tmp_path.iterdir()) == [f"first.{ending}", f"second.{ending}"]


@pytest.mark.parametrize(("ending", "format_"), [
    ("nq", ox.RdfFormat.N_QUADS), ("trig", ox.RdfFormat.TRIG), ("jsonld", ox.RdfFormat.JSON_LD),
])  # fmt: skip
def test_a_dataset_comes_back_whole(ending: str, format_: ox.RdfFormat, store: Store, tmp_path: Path) -> None:
    file = export(store, tmp_path / f"all.{ending}")
    assert set(ox.parse(path=str(file), format=format_)) == set(store.inner)


@pytest.mark.parametrize(("ending", "format_"), [("ttl", ox.RdfFormat.TURTLE), ("nt", ox.RdfFormat.N_TRIPLES)])
def test_a_graph_is_the_union(ending: str, format_: ox.RdfFormat, store: Store, tmp_path: Path) -> None:
    file = export(store, tmp_path / f"all.{ending}")
    expected = set(store.inner.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    assert set(ox.parse(path=str(file), format=format_)) == expected


def test_n_quads_are_sorted(store: Store, tmp_path: Path) -> None:
    lines = export(store, tmp_path / "all.nq").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines)


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
def test_a_network_comes_back(ending: str, store: Store, tmp_path: Path) -> None:
    file = export(store, tmp_path / f"all.{ending}")
    graph = nx.read_graphml(file, force_multigraph=True) if ending == "graphml" else nx.read_gexf(file)
    kz, kg = iri(sample.KZ).value, iri(sample.KG).value
    assert {kz, kg} <= set(graph)
    assert graph.nodes[kz]["class"] == "State"
    between = [each for _, end, each in graph.out_edges(kg, data=True) if end == kz]
    alliance = next(each for each in between if "alliance" in (each["label"], each.get("fact", "").rsplit(".")[-1]))
    assert alliance["source"] == "news/session.txt | seeds/articles/kazinform-2025-08-22.txt"


def test_the_table_has_a_line_for_each_place(store: Store, tmp_path: Path) -> None:
    text = export(store, tmp_path / "facts.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == len(store.query("evidence"))
    assert {"amount=2000000000", "qualifier=approx"} <= {
        part for row in rows if row["class"] == "TradeVolume" for part in row["told"].split(" | ")
    }


def test_a_wrong_ending_or_place_is_named(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"all.pdf: the ending must be one of ttl, nt, nq, trig, jsonld, graphml"):
        export(store, tmp_path / "all.pdf")
    with pytest.raises(ExportError, match=r"all.nq: cannot be written: No such file or directory"):
        export(store, tmp_path / "absent" / "all.nq")
    (tmp_path / "folder.nq").mkdir()
    with pytest.raises(ExportError, match=r"folder.nq: cannot be written"):
        export(store, tmp_path / "folder.nq")
    assert not list(tmp_path.glob(".*.part"))
