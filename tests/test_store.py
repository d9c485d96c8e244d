"""The store: an article whole or not at all, a default graph that says each thing once, questions that only read."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest
import sample

from kg.errors import QueryError, SeedError, StoreError
from kg.rdf import ONTOLOGY, iri, quads
from kg.store import Store

SEEDS = iri("graph/seeds")


def union(store: Store) -> set[ox.Triple]:
    """What the default graph ought to hold."""
    return {quad.triple for quad in store.inner if quad.graph_name != ox.DefaultGraph()}


def default(store: Store) -> list[ox.Triple]:
    return [quad.triple for quad in store.inner.quads_for_pattern(None, None, None, ox.DefaultGraph())]


def test_the_default_graph_is_the_union_with_each_triple_once() -> None:
    store = sample.store()
    assert len(default(store)) == len(set(default(store)))
    assert set(default(store)) == union(store)


def test_building_an_article_again_changes_nothing() -> None:
    store = sample.store()
    before = store.dump()
    store.replace(quads(sample.seed()))
    assert store.dump() == before


def test_the_order_of_articles_does_not_matter() -> None:
    store = Store(seeds=[])
    for graph in (quads(sample.other()), quads(sample.seed()), sample.seed_quads()):
        store.replace(graph)
    assert store.dump() == sample.store().dump()


def test_an_article_that_says_less_takes_back_what_nobody_else_says() -> None:
    store, extraction = sample.store(), sample.other()
    store.replace(quads(replace(extraction, facts=extraction.facts[-2:])))
    assert set(default(store)) == union(store)
    assert not store.query("visits", to="KZ")
    assert len(store.query("relations", kind="alliance")) == 2


def test_removing_an_article_gives_the_facts_that_nobody_reports_any_more() -> None:
    store = sample.store()
    lost = store.remove("news/session.txt")
    assert iri("visit/2026.sadyr-japarov.KZ").value in lost
    assert iri("relation/KG-KZ.alliance").value not in lost
    assert ONTOLOGY + "topic-trade" not in lost
    only = Store(seeds=[])
    only.replace(sample.seed_quads())
    only.replace(quads(sample.seed()))
    assert store.dump() == only.dump()


def test_removing_every_article_leaves_the_seeds() -> None:
    store, seeds = sample.store(), Store(seeds=[])
    seeds.replace(sample.seed_quads())
    for article in store.articles():
        store.remove(article)
    assert store.dump() == seeds.dump()


def test_random_changes_keep_the_union() -> None:
    choose = random.Random(1)
    store, extractions = sample.store(), (sample.seed(), sample.other())
    for _ in range(12):
        extraction = choose.choice(extractions)
        kept = tuple(fact for fact in extraction.facts if choose.random() < 0.6)
        store.replace(quads(replace(extraction, facts=kept)))
        assert sorted(map(str, default(store))) == sorted(map(str, union(store)))


@pytest.mark.parametrize("text", [
    'a "quoted" \\word\\', "\\u0022 is no quote", "tab\t and\r\nlines", "'''\"\"\"", "\x00\x01\x7f",
    "😀\u2028\ufffe", "} }; DROP ALL",
])  # fmt: skip
def test_any_text_survives(text: str) -> None:
    store, extraction = Store(seeds=[]), sample.other()
    graph = quads(replace(extraction, article=replace(extraction.article, headline=text)))
    store.replace(graph)
    assert {quad for quad in store.inner if quad.graph_name != ox.DefaultGraph()} == set(graph)
    store.remove("news/session.txt")
    assert len(store.inner) == 0


def test_an_article_is_found_by_iri_id_or_source() -> None:
    store = sample.store()
    expected = iri(sample.seed_article().id).value
    for name in (expected, sample.seed_article().id, sample.seed_article().source):
        assert store.find(name) == expected
    with pytest.raises(StoreError, match=r"nothing\.txt: no such article"):
        store.remove("nothing.txt")


def test_the_quads_of_an_article_share_one_graph() -> None:
    with pytest.raises(ValueError, match="one graph"):
        Store(seeds=[]).replace([*quads(sample.seed()), *quads(sample.other())])


def test_a_store_on_disk_keeps_its_articles(tmp_path: Path) -> None:
    with Store(tmp_path / "kg", seeds=[]) as store:
        store.replace(quads(sample.seed()))
        dump = store.dump()
    del store
    assert Store(tmp_path / "kg", seeds=[], create=False).dump() == dump


def test_a_folder_that_is_no_store_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(StoreError, match="a folder with other files, not a store"):
        Store(tmp_path)
    with pytest.raises(StoreError, match="is a file"):
        Store(tmp_path / "notes.txt")
    with pytest.raises(StoreError, match="there is no store here"):
        Store(tmp_path / "absent", create=False)
    assert [file.name for file in tmp_path.iterdir()] == ["notes.txt"]


def test_a_store_in_use_is_refused(tmp_path: Path) -> None:
    store = Store(tmp_path / "kg", seeds=[])
    with pytest.raises(StoreError, match="in use by another process"):
        Store(tmp_path / "kg", seeds=[])
    assert store.articles() == {}


def test_seeds_are_loaded_once_and_follow_their_files(tmp_path: Path) -> None:
    file = tmp_path / "names.ttl"
    file.write_text(sample.SEED_TURTLE, encoding="utf-8")
    folder = tmp_path / "kg"
    store = Store(folder, seeds=[file])
    assert (iri("state/KZ"), SEEDS) in {(quad.subject, quad.graph_name) for quad in store.inner}
    before = store.dump()
    del store
    store = Store(folder, seeds=[file])
    assert store.dump() == before
    del store
    file.write_text(sample.SEED_TURTLE.replace('"Kyrgyzstan"@en', '"Kyrgyz Republic"@en'), encoding="utf-8")
    assert '"Kyrgyzstan"' not in Store(folder, seeds=[file]).dump().decode()


def test_seeds_without_blank_nodes(tmp_path: Path) -> None:
    file = tmp_path / "shapes.ttl"
    file.write_text("@prefix : <http://example.org/> . :a :b [ :c ( 1 2 ) ] .")
    dumps = {Store(seeds=[file]).dump() for _ in range(2)}
    assert len(dumps) == 1
    assert b"_:" not in dumps.pop()


def test_malformed_seeds_are_named(tmp_path: Path) -> None:
    file = tmp_path / "broken.ttl"
    file.write_text("<a> <b> .")
    with pytest.raises(SeedError, match=r"broken\.ttl: is not valid Turtle"):
        Store(seeds=[file])


@pytest.mark.parametrize(("text", "reason"), [
    ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "another server"),
    ("PREFIX : <http://example.org/> SELECT * { SERVICE:x { ?s ?p ?o } }", "another server"),
    ("SELECT * { ?s ?p trueSERVICE<http://example.org/>{} }", "another server"),
    ("INSERT DATA { <a:b> <a:b> <a:b> }", "changes the store"),
    ("LOAD <http://example.org/>", "changes the store"),
    ("drop all", "changes the store"),
    ("SELECT * { " + "{" * 200 + "}" * 200 + " }", "nests deeper"),
    ("SELECT * { ?s ?p }", "not valid SPARQL"),
    ("ASK { ?s ?p '" + "x" * 200_000 + "' }", "longer than"),
    ("meeting", "there is no such query; there are agreements"),
    ("meeting", r"; did you mean meetings\?$"),
    ("quite_another", "word_for_word$"),
])  # fmt: skip
def test_what_is_no_question_is_refused_in_a_sentence(text: str, reason: str) -> None:
    with pytest.raises(QueryError, match=reason) as caught:
        Store(seeds=[]).query(text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", [
    'SELECT ?service { ?service ?load "SERVICE <http://a/> INSERT" } # DROP',
    "PREFIX add: <http://example.org/service/> ASK { ?s add:SERVICE add:delete, add:load }",
    'ASK { ?s ?p """a " SERVICE""", \'\'\'LOAD\'\'\', "x"@with FILTER(1 < 2 && 3 > 2) }',
])  # fmt: skip
def test_words_in_names_and_strings_are_no_commands(text: str) -> None:
    Store(seeds=[]).query(text)


def test_rows_are_dicts_of_typed_values() -> None:
    (row,) = sample.store().query("trade", party="KZ", flow="export")
    assert list(row)[:4] == ["source", "volume", "parties", "from"]
    assert (row["amount"], row["period"], row["low"]) == (Decimal(1_000_000_000), "2024-01/2024-06", None)
    assert sample.store().query("articles", language="en")[0]["published"] == date(2025, 8, 23)


def test_parameters_are_terms_and_not_text() -> None:
    store = sample.store()
    assert not store.query("trade", party='KZ" } #')
    assert len(store.query("articles", since="2025-08-23")) == 1
    assert len(store.query("trade", least=2_000_000_000)) == 2
    with pytest.raises(QueryError, match=r"trade: has no parameter color; its parameters are: party, with"):
        store.query("trade", color="red")
    with pytest.raises(QueryError, match="the parameter since must be of the type date"):
        store.query("articles", since="yesterday")
    with pytest.raises(QueryError, match="fact: needs the parameter fact"):
        store.query("fact")


def test_ask_and_construct_have_rows_too() -> None:
    store = sample.store()
    assert store.query("ASK { ?s ?p ?o }")[0] == {"answer": True}
    assert json.loads(store.query("ASK { ?s ?p ?o }").serialize("json"))["boolean"] is True
    found = store.query("fact", fact="relation/KG-KZ.alliance")
    assert found.columns == ("subject", "predicate", "object")
    for name in found.formats():
        assert "alliance" in found.serialize(name)
    with pytest.raises(QueryError, match="csv: is not a format of this answer"):
        found.serialize("csv")


def test_results_in_the_standard_formats() -> None:
    rows = sample.store().query("trade", flow="loan")
    assert json.loads(rows.serialize("json"))["results"]["bindings"][0]["amount"]["value"] == "30000000.5"
    assert rows.serialize("csv").splitlines()[0].startswith("source,volume,parties,from,to,flow")
    assert rows.serialize("tsv").startswith("?source\t?volume")
    assert "<sparql" in rows.serialize("xml")


def test_counts() -> None:
    counts = sample.store().counts()
    assert (counts["articles"], counts["TradeVolume"], counts["Relation"], counts["State"]) == (2, 4, 2, 2)
    assert counts["triples"] < counts["quads"]


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib's own use of its older names
def test_rdflib_sees_the_same_graphs() -> None:
    store = sample.store()
    dataset = store.to_rdflib()
    (row,) = dataset.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert int(row[0]) == store.counts()["triples"]
