"""The check of facts and the SHACL shapes, and that they agree; article and facts are illustrative."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store

from kg.article import Article, EntityId, Extraction, Mention
from kg.check import MEMBERS, Violation, check, validate
from kg.facts import Agreement, Evidence, Fact, Meeting, Relation, Statement, Tenure, Topic, TradeVolume, Visit, When
from kg.paths import ONTOLOGY
from kg.rdf import quads

KG = "https://w3id.org/elchi/ontology#"
TEXT = "Illustrative headline\nThe presidents of Kazakhstan and Kyrgyzstan met in Bishkek."
ARTICLE = Article(
    source="illustrative.txt",
    headline="Illustrative headline",
    text=TEXT,
    published=date(2025, 8, 22),
    language="en",
    dateline=EntityId("place/bishkek"),
)
HERE = (Evidence(start=22, end=40, rule="test"),)
TOKAYEV, JAPAROV = EntityId("person/kassym-jomart-tokayev"), EntityId("person/sadyr-japarov")
KZ, KG_ = EntityId("state/KZ"), EntityId("state/KG")
SCO, BISHKEK = EntityId("organization/SCO"), EntityId("place/bishkek")

TENURE = Tenure(evidence=HERE, member=TOKAYEV, office="head_of_state", of=KZ)
MEETING = Meeting(
    evidence=HERE, kind="bilateral", participant=(KZ, KG_, TOKAYEV), chair=(JAPAROV,), place=BISHKEK, country=KG_,
    date=When("2025-08-22"), ordinal=7, body=SCO,
)  # fmt: skip
VISIT = Visit(evidence=HERE, visitor=TOKAYEV, destination=KG_, kind="official", date=When("2025-08"))
TRADE = TradeVolume(
    evidence=HERE, party=(KG_, KZ), from_=KZ, to=KG_, flow="export", amount=Decimal("2E+9"), low=Decimal("1.8E+9"),
    high=Decimal("2.2E+9"), currency="USD", period=When("2024-01", "2024-06"), qualifier="approx",
)  # fmt: skip
AGREEMENT = Agreement(evidence=HERE, party=(KG_, KZ), kind="treaty", title="Treaty", date=When("2024"))
RELATION = Relation(evidence=HERE, party=(KG_, KZ), kind="alliance")
STATEMENT = Statement(evidence=HERE, speaker=TOKAYEV, text="We are allies.", addressee=JAPAROV, about=(KZ, KG_))
TOPIC = Topic(evidence=HERE, topic="energy")
VALID: tuple[Fact, ...] = (TENURE, MEETING, VISIT, TRADE, AGREEMENT, RELATION, STATEMENT, TOPIC)


def _with(fact: Fact, **values: Any) -> Fact:
    return replace(fact, **values)


def _evidence(**values: Any) -> Fact:
    return replace(TOPIC, evidence=(replace(HERE[0], **values),))


BROKEN: dict[str, Fact] = {
    "office outside the list": _with(TENURE, office="king"),
    "office-holder who is a state": _with(TENURE, member=KZ),
    "office of a person": _with(TENURE, of=TOKAYEV),
    "state without an alpha-2 code": _with(TENURE, of=EntityId("state/kazakhstan")),
    "person without a key": _with(TENURE, member=EntityId("person/")),
    "person with a key of several encodings": _with(TENURE, member=EntityId("person/erdoğan")),
    "fact without evidence": _with(TENURE, evidence=()),
    "kind of meeting outside the list": _with(MEETING, kind="party"),
    "status of a figure on a meeting": _with(MEETING, status="target"),
    "meeting without participants": _with(MEETING, participant=()),
    "meeting of places": _with(MEETING, participant=(BISHKEK,)),
    "meeting in a state as place": _with(MEETING, place=KG_),
    "meeting in a place as country": _with(MEETING, country=BISHKEK),
    "meeting number zero": _with(MEETING, ordinal=0),
    "session of a person": _with(MEETING, body=TOKAYEV),
    "chair who is a place": _with(MEETING, chair=(TOKAYEV, BISHKEK)),
    "day that is not in the calendar": _with(MEETING, date=When("2025-02-30")),
    "date with two digits of the year": _with(MEETING, date=When("25-08-22")),
    "visit of nobody": _with(VISIT, visitor=None),
    "visit to an organisation": _with(VISIT, destination=SCO),
    "visitor who is a state": _with(VISIT, visitor=KZ),
    "delegation to itself": _with(VISIT, visitor=None, delegation_of=KG_),
    "kind of visit outside the list": _with(VISIT, kind="private"),
    "flow outside the list": _with(TRADE, flow="barter"),
    "figure without parties": _with(TRADE, party=()),
    "figure of a person": _with(TRADE, party=(TOKAYEV,)),
    "amount of zero": _with(TRADE, amount=Decimal(0), low=None),
    "amount that is not a number": _with(TRADE, amount=Decimal("NaN")),
    "amount without end": _with(TRADE, amount=Decimal("Infinity"), high=None),
    "lower bound above the amount": _with(TRADE, low=Decimal("2.1E+9")),
    "negative lower bound": _with(TRADE, low=Decimal(-1)),
    "upper bound below the amount": _with(TRADE, high=Decimal("1.9E+9")),
    "upper bound of at least": _with(TRADE, qualifier="at_least", low=None),
    "lower bound of at most": _with(TRADE, qualifier="at_most", high=None),
    "currency by name": _with(TRADE, currency="dollar"),
    "flow to where it comes from": _with(TRADE, to=KZ),
    "period that ends before it begins": _with(TRADE, period=When("2024-06", "2024-01")),
    "status of an event on a figure": _with(TRADE, status="held"),
    "agreement of nobody": _with(AGREEMENT, party=()),
    "agreement of a person": _with(AGREEMENT, party=(TOKAYEV, KZ)),
    "agreement with an empty title": _with(AGREEMENT, title=" "),
    "status of an event on an agreement": _with(AGREEMENT, status="held"),
    "relation of one": _with(RELATION, party=(KZ,)),
    "relation with itself": _with(RELATION, party=(KZ, KZ)),
    "relation of three": _with(RELATION, party=(KZ, KG_, EntityId("state/UZ"))),
    "relation with an organisation": _with(RELATION, party=(KZ, SCO)),
    "relation outside the list": _with(RELATION, kind="friendship"),
    "words of nobody in particular": _with(STATEMENT, speaker=BISHKEK),
    "empty words": _with(STATEMENT, text="\n"),
    "words about a meeting": _with(STATEMENT, about=(EntityId("meeting/2025"),)),
    "topic outside the list": _with(TOPIC, topic="sport"),
    "evidence that ends where it begins": _evidence(end=22),
    "evidence that ends before it begins": _evidence(end=10),
    "evidence before the text": _evidence(start=-1),
    "evidence without a rule": _evidence(rule=""),
    "evidence with a qualifier outside the list": _evidence(qualifier="perhaps"),
    "evidence from a place": _evidence(speaker=BISHKEK),
}


def _store(*facts: Fact, article: Article = ARTICLE) -> Store:
    store = Store()
    store.extend(quads(Extraction(article=article, mentions=(), facts=facts)))
    return store


def _shacl_accepts(*facts: Fact) -> bool:
    """Whether the facts can be mapped, and their graph keeps the shapes."""
    try:
        store = _store(*facts)
    except (ValueError, LookupError):  # no IRI, class or date can be made of it
        return False
    return not validate(store)


def test_valid_facts_pass_both() -> None:
    assert check(VALID) == []
    assert validate(_store(*VALID)) == []


@pytest.mark.parametrize("fact", BROKEN.values(), ids=BROKEN)
def test_broken_fact_fails_both(fact: Fact) -> None:
    assert check([fact])
    assert not _shacl_accepts(fact)


def test_reasons_are_sentences_that_name_the_class_and_the_value() -> None:
    assert check([_with(TENURE, office="king")]) == ['Tenure: office "king" is not in the list of the ontology.']
    assert check([_with(TENURE, member=KZ)]) == ['Tenure: member "state/KZ" is not a person.']
    assert check([_evidence(end=10)]) == ["Topic: evidence 22-10: is no stretch of a text."]


def test_what_is_not_told_is_valid() -> None:
    facts = (
        _with(TENURE, of=None),
        Meeting(evidence=HERE, kind="other", participant=(SCO,)),
        Visit(evidence=HERE, delegation_of=KZ, destination=KG_),
        TradeVolume(evidence=HERE, party=(KZ,), flow="turnover", amount=Decimal("0.5")),
        Agreement(evidence=HERE, party=(SCO,), kind="package"),
        Statement(evidence=HERE, speaker=SCO, text="Yes"),
    )
    assert check(facts) == []
    assert validate(_store(*facts)) == []


@st.composite
def _facts(draw: st.DrawFn) -> Fact:
    """A fact with some of its values replaced, by such as are right for the field and such as are not."""
    fact = draw(st.sampled_from(VALID))
    changes = draw(st.lists(st.sampled_from(sorted(_CHANGES[type(fact)])), max_size=3, unique=True))
    return replace(fact, **{name: draw(_CHANGES[type(fact)][name]) for name in changes})


_ENTITY = st.sampled_from([KZ, KG_, TOKAYEV, JAPAROV, SCO, BISHKEK, EntityId("state/Kz"), EntityId("person/a b")])
_ENTITIES = st.lists(_ENTITY, max_size=3).map(tuple)
_MEMBER = st.sampled_from([name for names in MEMBERS.values() for name in names] + ["nonsense"])
_WHEN = st.sampled_from([When("2024"), When("2024-02"), When("2024-02-30"), When("2024-02", "2024"), When("2024", "1")])
_MAYBE = st.none() | _ENTITY
_AMOUNT = st.sampled_from([Decimal(text) for text in ("-1", "0", "0.10", "1E+3", "2E+9", "NaN", "Infinity")])
_PLACE = st.builds(
    Evidence,
    start=st.integers(-1, 30),
    end=st.integers(0, len(TEXT)),
    rule=st.sampled_from(["", "rule"]),
    qualifier=st.none() | _MEMBER,
    speaker=_MAYBE,
)
_EVIDENCE = st.lists(_PLACE, max_size=2).map(tuple)
_CHANGES: dict[type[Fact], dict[str, st.SearchStrategy[Any]]] = {
    Tenure: {"member": _ENTITY, "office": _MEMBER, "of": _MAYBE, "evidence": _EVIDENCE},
    Meeting: {
        "kind": _MEMBER, "participant": _ENTITIES, "chair": _ENTITIES, "place": _MAYBE, "country": _MAYBE,
        "date": st.none() | _WHEN, "ordinal": st.none() | st.integers(-1, 3), "body": _MAYBE, "status": _MEMBER,
    },
    Visit: {
        "visitor": _MAYBE, "delegation_of": _MAYBE, "destination": _ENTITY, "kind": _MEMBER,
        "date": st.none() | _WHEN, "status": _MEMBER,
    },
    TradeVolume: {
        "party": _ENTITIES, "from_": _MAYBE, "to": _MAYBE, "flow": _MEMBER, "amount": _AMOUNT,
        "low": st.none() | _AMOUNT, "high": st.none() | _AMOUNT, "currency": st.sampled_from([None, "USD", "usd", ""]),
        "period": st.none() | _WHEN, "qualifier": _MEMBER, "status": _MEMBER,
    },
    Agreement: {
        "party": _ENTITIES, "kind": _MEMBER, "title": st.sampled_from([None, "", "\t", "Treaty"]),
        "date": st.none() | _WHEN, "status": _MEMBER,
    },
    Relation: {"party": _ENTITIES, "kind": _MEMBER},
    Statement: {"speaker": _ENTITY, "text": st.text(max_size=3), "addressee": _MAYBE, "about": _ENTITIES},
    Topic: {"topic": _MEMBER, "evidence": _EVIDENCE},
}  # fmt: skip


@settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(_facts())
def test_check_and_shacl_agree(fact: Fact) -> None:
    assert (check([fact]) == []) == _shacl_accepts(fact), check([fact])


def test_two_articles_may_contradict_each_other() -> None:
    other = replace(ARTICLE, text=TEXT + " Again.")
    store = _store(TRADE)
    store.extend(quads(Extraction(article=other, mentions=(), facts=(_with(TRADE, qualifier="exact", low=None),))))
    store.extend([Quad(*quad.triple) for quad in store if not isinstance(quad.graph_name, DefaultGraph)])
    assert validate(store) == []


def test_violation_names_graph_node_property_and_expectation() -> None:
    (found,) = validate(_store(_with(TENURE, office="king")))
    graph = f"https://w3id.org/elchi/id/{ARTICLE.id}"
    assert found == Violation(
        graph=graph,
        focus="https://w3id.org/elchi/id/tenure/kassym-jomart-tokayev.king.KZ",
        path=KG + "office",
        message="It has one office, a member of kg:offices.",
    )


def test_unknown_property_of_a_fact_is_a_violation() -> None:
    store = _store(RELATION)
    (quad,) = store.quads_for_pattern(None, NamedNode(KG + "kind"), None, None)
    store.add(Quad(quad.subject, NamedNode(KG + "amount"), Literal("1"), quad.graph_name))
    assert [found.path for found in validate(store)] == [KG + "amount"]


@pytest.mark.parametrize(
    ("property_", "value"),
    [
        ("published", Literal("22 August")),
        ("contentHash", Literal("abc")),
        ("headline", Literal("A second headline")),
        ("publisher", Literal("Kazinform")),
        ("language", Literal("Uz-Cyrl")),
        ("mentions", Literal("Kazakhstan")),
        ("reports", Literal("a fact")),
    ],
)
def test_broken_article_is_a_violation(property_: str, value: Literal) -> None:
    store = _store()
    node = NamedNode(f"https://w3id.org/elchi/id/{ARTICLE.id}")
    store.add(Quad(node, NamedNode(KG + property_), value, node))
    assert KG + property_ in {found.path for found in validate(store)}


def test_ill_typed_date_is_a_violation_and_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    store, day = _store(), NamedNode("http://www.w3.org/2001/XMLSchema#date")
    (quad,) = store.quads_for_pattern(None, NamedNode(KG + "published"), None, None)
    store.remove(quad)
    store.add(Quad(quad.subject, quad.predicate, Literal("2025-13-45", datatype=day), quad.graph_name))
    assert [found.path for found in validate(store)] == [KG + "published"]
    assert caplog.records == []


def test_article_that_mentions_and_states_nothing_else_is_valid() -> None:
    mention = Mention(start=45, end=55, kind="state", id=KZ, label="Kazakhstan")
    store = Store()
    store.extend(quads(Extraction(article=ARTICLE, mentions=(mention,), facts=())))
    assert validate(store) == []


def test_ontology_itself_keeps_the_shapes() -> None:
    store = Store()
    for name in ("kg.ttl", "align.ttl"):
        store.load(path=ONTOLOGY / name, format=RdfFormat.TURTLE)
    assert validate(store) == []


def test_default_graph_is_validated_where_there_is_no_other() -> None:
    store = Store()
    store.extend([Quad(*quad.triple) for quad in _store(_with(RELATION, party=(KZ,)))])
    assert [(found.graph, found.path) for found in validate(store)] == [("", KG + "party")]


def test_empty_store_is_valid() -> None:
    assert validate(Store()) == []
