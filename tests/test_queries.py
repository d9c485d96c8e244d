"""The named queries: each runs, says what its header says, and answers what the sample states."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pyoxigraph as ox
import pytest
import sample

from kg.facts import Meeting, TradeVolume, When
from kg.paths import QUERIES
from kg.rdf import iri, quads
from kg.store import Query, Rows, Store, queries, query

ALL = queries()
PROMISED = {
    "articles": "source article title published language publisher",
    "leaders": "source person name role of",
    "states": "source code",
    "organizations": "source organization code name",
    "meetings": "source meeting kind states persons organizations city country date ordinal body status",
    "visits": "source visit visitor to kind date status",
    "trade": "source volume parties from to flow amount currency period qualifier status",
    "agreements": "source agreement kind parties title date status",
    "relations": "source states kind",
    "statements": "source statement speaker quote",
    "topics": "source topic",
    "evidence": "source fact start end exact rule",
    "view/nodes": "node class label detail",
    "view/edges": "from to kind label fact exact source date status",
}
SEED = "seeds/articles/kazinform-2025-08-22.txt"


@pytest.fixture(scope="module")
def store() -> Store:
    return sample.store()


def ask(store: Store, name: str, **params: object) -> Rows:
    return store.query(name, **params)


def told(rows: Rows, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(row[column] for column in columns) for row in rows if row.get("source", SEED) == SEED]


@pytest.mark.parametrize("asked", ALL.values(), ids=list(ALL))
def test_every_query_runs_and_agrees_with_its_header(asked: Query, store: Store) -> None:
    assert asked.summary
    assert not asked.summary.endswith(".")
    assert asked.tags
    assert set(asked.header) <= {"summary", "description", "tags", "parameters", "lists", "examples"}
    helps, examples = asked.header.get("parameters", {}), asked.header.get("examples", {})
    assert set(asked.parameters) == set(helps), "the header names every parameter"
    assert {each.name for each in asked.parameters.values() if each.required} <= set(examples)
    rows = ask(store, asked.name, **dict(examples))
    assert set(asked.lists) <= set(rows.columns)
    assert rows.columns[: len(PROMISED.get(asked.name, "").split())] == tuple(PROMISED.get(asked.name, "").split())
    assert rows.form == "construct" or "ORDER BY" in asked.text


@pytest.mark.parametrize("asked", ALL.values(), ids=list(ALL))
def test_every_parameter_narrows_the_answer(asked: Query, store: Store) -> None:
    nothing = {"string": "no such thing", "iri": "no/such", "date": None, "integer": None, "decimal": "1e99"}
    for parameter in asked.parameters.values():
        value = nothing[parameter.type] or ("0001-01-01" if parameter.name == "until" else "9999-01-01")
        assert len(ask(store, asked.name, **{parameter.name: value.replace("1e99", "9" * 40)})) == 0


def test_every_file_is_plain_sparql_without_the_program(store: Store) -> None:
    for file in QUERIES.rglob("*.rq"):
        store.inner.query(file.read_text(encoding="utf-8"))


def test_headers_are_yaml_that_a_reader_of_one_level_understands() -> None:
    for asked in ALL.values():
        for line in re.findall(r"(?m)^#\+   (.*)$", asked.text):
            key, _, value = line.partition(": ")
            assert ": " not in value or not re.fullmatch(r"\w+", key), line


def test_the_article(store: Store) -> None:
    columns = ("language", "published", "publisher", "dateline", "relayed_from")
    assert told(ask(store, "articles"), *columns) == [("uz-cyrl", date(2025, 8, 22), "Kazinform", "Bishkek", "Akorda")]
    (english,) = ask(store, "articles", language="en")
    assert (english["dateline"], english["relayed_from"]) == (None, None)


def test_leaders_and_persons_without_an_office(store: Store) -> None:
    rows = ask(store, "leaders")
    assert told(rows, "name", "role", "of") == [
        ("Kassym-Jomart Tokayev", "head_of_state", "KZ"),
        ("Sadyr Japarov", "head_of_state", "KG"),
    ]
    (envoy,) = (row for row in rows if row["name"] == "Nurlan Akimov")
    assert (envoy["role"], envoy["of"]) == (None, None)


def test_states_and_organizations(store: Store) -> None:
    assert told(ask(store, "states"), "code") == [("KG",), ("KZ",)]
    assert told(ask(store, "organizations"), "code") == []
    (row,) = ask(store, "organizations")
    assert (row["code"], row["name"]) == ("SCO", "Shanghai Cooperation Organisation")


def test_publishers_and_bodies_are_no_international_organisations() -> None:
    store, extraction = sample.store(), sample.seed()
    mention = replace(extraction.mentions[0], kind="organization", id=sample.KAZINFORM, label="Kazinform")
    store.replace(quads(replace(extraction, mentions=(*extraction.mentions, mention))))
    assert told(ask(store, "organizations"), "code") == []


def test_meetings(store: Store) -> None:
    columns = ("kind", "states", "persons", "organizations", "city", "country", "date", "ordinal", "body", "status",
               "chairs")  # fmt: skip
    both = "Kassym-Jomart Tokayev | Sadyr Japarov"
    assert told(ask(store, "meetings"), *columns) == [
        ("council_session", "KG+KZ", both, None, "Bishkek", "KG", None, 7, "Supreme Interstate Council", "held", both),
    ]
    (met,) = ask(store, "meetings", since="2025-08-01")
    assert (met["date"], met["organizations"], met["body"], met["chairs"]) == ("2025-08-22", "SCO", None, None)
    assert not ask(store, "meetings", state="UZ")


def test_visits(store: Store) -> None:
    rows = ask(store, "visits")
    assert told(rows, "visitor", "to", "kind", "date", "status") == [
        ("Kassym-Jomart Tokayev", "KG", "official", None, "held"),
    ]
    (planned,) = ask(store, "visits", status="planned")
    assert (planned["visitor"], planned["to"], planned["date"]) == ("Sadyr Japarov", "KZ", "2026")


def test_trade(store: Store) -> None:
    columns = ("parties", "flow", "amount", "currency", "period", "qualifier", "status", "said_by")
    assert told(ask(store, "trade"), *columns) == [
        ("KG+KZ", "turnover", Decimal(2_000_000_000), "USD", None, "approx", "actual", "Kassym-Jomart Tokayev"),
    ]
    (export,) = ask(store, "trade", flow="export")
    assert (export["from"], export["to"], export["said_by"]) == ("KZ", "KG", None)
    assert len(ask(store, "trade", **{"party": "KZ", "with": "KG"})) == 3


def test_agreements_relations_statements_topics(store: Store) -> None:
    ((kind, parties, title, day, status),) = told(
        ask(store, "agreements"), "kind", "parties", "title", "date", "status"
    )
    assert (kind, parties, day, status) == ("treaty", "KG+KZ", "2024", "signed")
    assert title.startswith("иттифоқчилик")
    assert told(ask(store, "relations"), "states", "kind") == [
        ("KG+KZ", "alliance"), ("KG+KZ", "strategic_partnership"),
    ]  # fmt: skip
    said = told(ask(store, "statements"), "speaker", "addressee")
    assert sorted(said, key=str) == [
        ("Kassym-Jomart Tokayev", None), ("Kassym-Jomart Tokayev", None), ("Sadyr Japarov", "Kassym-Jomart Tokayev"),
    ]  # fmt: skip
    topics = [topic for (topic,) in told(ask(store, "topics"), "topic")]
    assert topics == ["culture", "energy", "investment", "trade", "transport", "water"]


def test_evidence_is_word_for_word(store: Store) -> None:
    text = sample.seed_article().text
    rows = told(ask(store, "evidence"), "start", "end", "exact")
    assert len(rows) == sum(len(fact.evidence) for fact in sample.seed().facts)
    assert all(text[start:end] == exact for start, end, exact in rows)
    (row, _) = ask(store, "word_for_word", fact="relation/KG-KZ.alliance")
    assert (row["before"] or "") + str(row["exact"]) + str(row["after"]) in text


def test_a_headline_that_rounds(store: Store) -> None:
    (row,) = ask(store, "headline_rounds")
    assert (row["source"], row["qualifier"]) == (SEED, "approx")


def test_who_met_whom_counts_a_meeting_once(store: Store) -> None:
    (row,) = ask(store, "who_met_whom", person="tokayev")
    assert (row["person"], row["other"], row["meetings"]) == ("Kassym-Jomart Tokayev", "Sadyr Japarov", 2)
    assert (row["first"], row["last"]) == ("2025-08-22", "2025-08-22")


def test_trade_over_time_leaves_out_what_has_no_period(store: Store) -> None:
    rows = ask(store, "trade_over_time", **{"state": "KG", "with": "KZ"})
    assert [(row["flow"], row["period"]) for row in rows] == [("export", "2024-01/2024-06"), ("turnover", "2024")]


def test_travels_speech_and_plans(store: Store) -> None:
    assert {row["to"] for row in ask(store, "travels", person="japarov")} == {"KG", "KZ"}
    spoken = {(row["speaker"], row["how"], row["of"]) for row in ask(store, "who_speaks_of_whom")}
    assert ("Sadyr Japarov", "to", "Kassym-Jomart Tokayev") in spoken
    assert {row["class"] for row in ask(store, "planned")} == {"Agreement", "Visit"}


def test_leaders_over_time_join_seeds_and_articles(store: Store) -> None:
    rows = ask(store, "leaders_over_time", of="KZ")
    assert {(row["start"], row["first_seen"], row["last_seen"]) for row in rows} == {
        ("2019-03-20", None, None), (None, "2025-08-22", "2025-08-23"),
    }  # fmt: skip


def test_support_counts_relays_of_one_origin_once(store: Store) -> None:
    rows = {row["fact"]: row for row in ask(store, "support")}
    row = rows[iri("relation/KG-KZ.alliance").value]
    assert (row["origins"], row["publishers"], row["articles"]) == (1, 2, 2)


def test_contradictions_name_both_sides() -> None:
    store, extraction = sample.store(), sample.other()
    assert not ask(store, "contradictions")
    facts = tuple(
        replace(fact, amount=Decimal(3_000_000_000), low=None, qualifier="exact") if isinstance(fact, TradeVolume)
        and fact.flow == "turnover" else replace(fact, ordinal=8, kind="council_session", date=None)
        if isinstance(fact, Meeting) else fact
        for fact in extraction.facts
    )  # fmt: skip
    article = replace(extraction.article, source="news/third.txt", published=date(2025, 8, 22))
    store.replace(quads(replace(extraction, article=article, facts=facts)))
    upper = next(fact for fact in facts if isinstance(fact, TradeVolume) and fact.flow == "turnover")
    fourth = replace(article, source="news/fourth.txt", published=date(2025, 8, 24))
    exact = replace(upper, amount=Decimal(2_900_000_000))
    store.replace(quads(replace(extraction, article=fourth, facts=(exact,))))
    found = {(row["what"], row["property"]): row for row in ask(store, "contradictions")}
    assert {found["same fact", "ordinal"][column] for column in ("value", "other_value")} == {"7", "8"}
    amounts = found["same question", "amount"]
    assert {amounts["value"], amounts["other_value"]} == {"2900000000", "3000000000"}


def test_a_figure_within_the_bounds_of_another_is_no_contradiction() -> None:
    store, extraction = sample.store(), sample.other()
    first = next(fact for fact in extraction.facts if isinstance(fact, TradeVolume) and fact.flow == "turnover")
    more = replace(first, amount=Decimal(2_700_000_000), low=None, qualifier="exact")
    article = replace(extraction.article, source="news/third.txt", published=date(2025, 8, 24))
    store.replace(quads(replace(extraction, article=article, facts=(more,))))
    assert not ask(store, "contradictions")


@pytest.mark.parametrize(("when", "same"), [
    (When("2025-08-24"), True), (When("2025-08-20"), True), (When("2025-08-25"), False), (When("2025"), False),
])  # fmt: skip
def test_one_event_in_two_articles_is_within_two_days(when: When, same: bool) -> None:
    store, extraction = sample.store(), sample.other()
    (meeting,) = (fact for fact in extraction.facts if isinstance(fact, Meeting))
    article = replace(extraction.article, source="news/third.txt", published=date(2025, 9, 1))
    store.replace(quads(replace(extraction, article=article, facts=(replace(meeting, date=when),))))
    rows = ask(store, "same_event")
    assert [(row["kind"], row["who"]) for row in rows] == ([("bilateral", "KG+KZ")] if same else [])


def test_the_sample_has_no_defects(store: Store) -> None:
    for name in ALL:
        if name.startswith("checks/"):
            assert not ask(store, name), name


def test_each_check_finds_its_defect() -> None:
    store, extraction = sample.store(), sample.other()
    (meeting,) = (fact for fact in extraction.facts if isinstance(fact, Meeting))
    volume = next(fact for fact in extraction.facts if isinstance(fact, TradeVolume))
    facts = (replace(meeting, evidence=(), date=When("2026-01-01")), replace(volume, low=Decimal(9_000_000_000)))
    graph = quads(replace(extraction, facts=facts, mentions=()))
    exact = ox.NamedNode("http://www.w3.org/ns/oa#exact")
    store.replace([replace_object(quad) if quad.predicate == exact else quad for quad in graph])
    store.inner.remove(next(store.inner.quads_for_pattern(None, exact, None, ox.DefaultGraph())))
    for name in (name for name in ALL if name.startswith("checks/")):
        assert ask(store, name), name


def replace_object(quad: ox.Quad) -> ox.Quad:
    return ox.Quad(quad.subject, quad.predicate, ox.Literal("other words"), quad.graph_name)


def test_the_picture_connects_its_own_nodes(store: Store) -> None:
    nodes = {str(row["node"]) for row in ask(store, "view/nodes")}
    edges = ask(store, "view/edges")
    assert all({str(edge["from"]), str(edge["to"])} <= nodes for edge in edges)
    assert {str(edge["kind"]) for edge in edges} == {
        "tenure", "takes part", "chairs", "body", "visit", "trade", "party", "relation", "statement",
    }  # fmt: skip
    (export,) = (edge for edge in edges if str(edge["label"]).startswith("export"))
    assert (export["from"], export["to"]) == (iri(sample.KZ).value, iri(sample.KG).value)


def test_seeds_alone_make_no_picture() -> None:
    store = Store(seeds=[])
    store.replace(sample.seed_quads())
    assert not ask(store, "view/nodes")


def test_a_query_has_a_name_or_is_text() -> None:
    assert query("view/nodes").name == "view/nodes"
    assert query("ASK {}").text == "ASK {}"
