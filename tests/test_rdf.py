"""Facts as RDF: deterministic identifiers, typed literals, one node for one thing."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import fields, replace
from decimal import Decimal

import pyoxigraph as ox
import pytest
import sample

import kg
from kg import facts as kinds
from kg.article import Article, Extraction
from kg.facts import FACTS, Agreement, Evidence, Fact, Meeting, Tenure, Topic, TradeVolume, Visit, When
from kg.rdf import BASE, LISTS, ONTOLOGY, RULE_VERSION, fact_ids, iri, quads

XSD = "http://www.w3.org/2001/XMLSchema#"
ARTICLE = Article(source="a.txt", headline="H", text="H\nB", published=sample.seed_article().published)


def objects(found: list[ox.Quad], subject: str, name: str) -> list[ox.Term]:
    node, predicate = iri(subject), ox.NamedNode(ONTOLOGY + name)
    return [quad.object for quad in found if quad.subject == node and quad.predicate == predicate]


def one(fact: Fact, name: str) -> ox.Term:
    """The single value that a fact's graph gives it for a property."""
    extraction = Extraction(article=ARTICLE, mentions=(), facts=(fact,))
    (value,) = objects(quads(extraction), fact_ids(ARTICLE, [fact])[0], name)
    return value


@pytest.mark.parametrize(("fact", "id_"), [
    (Tenure(evidence=(), member=sample.JAPAROV, office="former"), "tenure/sadyr-japarov.former"),
    (Meeting(evidence=(), kind="summit", participant=(sample.KZ, sample.KG, sample.JAPAROV)),
     "meeting/2025-08-22.KG-KZ.summit"),
    (Meeting(evidence=(), kind="forum", participant=(sample.JAPAROV, sample.SCO), date=When("2024-05")),
     "meeting/2024-05.SCO.forum"),
    (Meeting(evidence=(), kind="other", participant=(sample.JAPAROV, sample.TOKAYEV), date=When("2024")),
     "meeting/2024.kassym-jomart-tokayev-sadyr-japarov.other"),
    (Meeting(evidence=(), kind="summit", participant=(sample.SCO,), date=When("2025-08-31", "2025-09-01")),
     "meeting/2025-08-31--2025-09-01.SCO.summit"),
    (Visit(evidence=(), delegation_of=sample.KZ, destination=sample.KG), "visit/2025-08-22.KZ.KG"),
    (Visit(evidence=(), visitor=sample.JAPAROV, delegation_of=sample.KG, destination=sample.KZ, date=When("2026")),
     "visit/2026.sadyr-japarov.KZ"),
    (TradeVolume(evidence=(), party=(sample.KZ, sample.KG), flow="turnover", amount=Decimal("2E+9"), currency="USD"),
     "trade/KG-KZ.turnover.2000000000USD"),
    (TradeVolume(evidence=(), party=(sample.KZ, sample.KG), from_=sample.KZ, to=sample.KG, flow="export",
                 amount=Decimal("1.50"), period=When("2024-01", "2024-06"), status="target"),
     "trade/KG-KZ.export.KZ~KG.1.5.2024-01--2024-06.target"),
    (Agreement(evidence=(), party=(sample.KZ, sample.KG), kind="treaty", date=When("2024")),
     "agreement/2024.KG-KZ.treaty"),
    (Agreement(evidence=(), party=(sample.KZ,), kind="plan", status="planned"), "agreement/2025-08-22.KZ.plan.planned"),
    (kinds.Relation(evidence=(), party=(sample.KZ, sample.KG), kind="alliance"), "relation/KG-KZ.alliance"),
    (Topic(evidence=(), topic="energy"), "topic/energy"),
])  # fmt: skip
def test_a_fact_has_a_readable_identifier(fact: Fact, id_: str) -> None:
    assert fact_ids(ARTICLE, [fact]) == [id_]
    assert iri(id_).value


def test_a_statement_is_identified_by_its_folded_words() -> None:
    said = kinds.Statement(evidence=(), speaker=sample.JAPAROV, text="We  agree")
    shouted = replace(said, text="WE AGREE")
    assert fact_ids(ARTICLE, [said]) == fact_ids(ARTICLE, [shouted])
    assert fact_ids(ARTICLE, [said]) != fact_ids(ARTICLE, [replace(said, text="We disagree")])


def test_facts_that_share_a_key_are_numbered_in_the_order_of_the_text() -> None:
    late = Agreement(evidence=(Evidence(start=9, end=10, rule="r"),), party=(sample.KZ,), kind="plan", title="B")
    early = replace(late, evidence=(Evidence(start=1, end=2, rule="r"),), title="A")
    same = replace(late, evidence=(Evidence(start=20, end=21, rule="r"),))
    key = "agreement/2025-08-22.KZ.plan"
    assert fact_ids(ARTICLE, [late, early, same]) == [f"{key}.2", key, f"{key}.2"]


@pytest.mark.parametrize(("when", "value", "type_"), [
    (When("2024"), "2024", "gYear"),
    (When("2024-05"), "2024-05", "gYearMonth"),
    (When("2024-05-06"), "2024-05-06", "date"),
    (When("2024-05-06", "2024-05-08"), "2024-05-06", "date"),
])  # fmt: skip
def test_a_date_keeps_the_precision_of_the_text(when: When, value: str, type_: str) -> None:
    visit = Visit(evidence=(), visitor=sample.JAPAROV, destination=sample.KZ, date=when)
    assert one(visit, "date") == ox.Literal(value, datatype=ox.NamedNode(XSD + type_))
    assert one(visit, "earliest") == ox.Literal(when.earliest.isoformat(), datatype=ox.NamedNode(XSD + "date"))
    assert one(visit, "latest") == ox.Literal(when.latest.isoformat(), datatype=ox.NamedNode(XSD + "date"))


def test_a_period_keeps_both_ends() -> None:
    volume = TradeVolume(evidence=(), party=(sample.KZ,), flow="export", amount=Decimal(1),
                         period=When("2024-01", "2024-06"))  # fmt: skip
    assert one(volume, "period") == ox.Literal("2024-01/2024-06")


def test_an_event_without_a_date_does_not_get_that_of_the_article() -> None:
    found = quads(Extraction(article=ARTICLE, mentions=(), facts=(
        Visit(evidence=(), visitor=sample.JAPAROV, destination=sample.KZ),)))  # fmt: skip
    assert not {quad.predicate.value for quad in found} & {ONTOLOGY + "date", ONTOLOGY + "earliest"}


def test_an_amount_is_a_decimal_without_exponent() -> None:
    volume = TradeVolume(evidence=(), party=(sample.KZ,), flow="export", amount=Decimal("2.50E+9"))
    assert one(volume, "amount") == ox.Literal("2500000000", datatype=ox.NamedNode(XSD + "decimal"))


def test_every_closed_list_is_mapped_and_every_member_is_a_concept() -> None:
    for (class_, field), list_ in LISTS.items():
        owner: type = Evidence if class_ == "Evidence" else getattr(kinds, class_)
        assert field in {each.name for each in fields(owner)}
        assert list_.isalnum()
    listed = {(owner, field) for owner, field in LISTS if owner != "Evidence"}
    words = {"kind", "status", "flow", "qualifier", "office", "topic"}
    assert listed == {(class_.__name__, each.name) for class_ in FACTS for each in fields(class_) if each.name in words}


def test_the_graph_of_an_article_says_all_that_the_article_says() -> None:
    extraction = sample.seed()
    found = quads(extraction)
    article = extraction.article.id
    assert {quad.graph_name for quad in found} == {iri(article)}
    assert objects(found, article, "sourceFile") == [ox.Literal("seeds/articles/kazinform-2025-08-22.txt")]
    assert objects(found, article, "publisher") == [iri(sample.KAZINFORM)]
    assert objects(found, article, "dateline") == [iri(sample.BISHKEK)]
    assert len(objects(found, article, "reports")) == len(extraction.facts)
    assert set(objects(found, article, "mentions")) == {
        iri(id_) for id_ in (sample.KZ, sample.KG, sample.TOKAYEV, sample.JAPAROV, sample.BISHKEK)
    }
    assert str(objects(found, "tenure/sadyr-japarov.head_of_state.KG", "observedOn")[0]).startswith('"2025-08-22"')


def test_evidence_quotes_the_article() -> None:
    extraction = sample.seed()
    text = extraction.article.text
    oa = "http://www.w3.org/ns/oa#"
    said: dict[str, dict[str, str]] = {}
    for quad in quads(extraction):
        if quad.predicate.value in {oa + "start", oa + "end", oa + "exact"}:
            target = quad.subject.value.rsplit(".", 1)[0]
            said.setdefault(target, {})[quad.predicate.value.removeprefix(oa)] = quad.object.value
    assert len(said) == len({(at.start, at.end) for fact in extraction.facts for at in fact.evidence})
    assert all(text[int(part["start"]):int(part["end"])] == part["exact"] for part in said.values())


def test_each_place_keeps_its_own_qualifier_and_speaker() -> None:
    found = quads(sample.seed())
    places = [quad.subject for quad in found if quad.object == iri("trade/KG-KZ.turnover.2000000000USD")
              and quad.predicate.value.endswith("hasBody")]  # fmt: skip
    told = {quad.object.value for quad in found if quad.subject in places
            and quad.predicate.value in {ONTOLOGY + "qualifier", ONTOLOGY + "speaker"}}  # fmt: skip
    assert len(places) == 2
    assert told == {ONTOLOGY + "qualifier-approx", BASE + sample.TOKAYEV}


def test_there_are_no_blank_nodes_and_the_order_is_fixed() -> None:
    extraction = sample.seed()
    found = quads(extraction)
    assert not any(isinstance(term, ox.BlankNode) for quad in found for term in (quad.subject, quad.object))
    assert found == quads(replace(extraction, facts=extraction.facts, mentions=extraction.mentions[::-1]))
    assert [str(quad) for quad in found] == sorted(str(quad) for quad in found)


def test_a_person_outside_the_seeds_keeps_the_printed_spelling() -> None:
    found = {str(quad) for quad in quads(sample.seed(), known={sample.TOKAYEV})}
    assert any('"Садир Жапаров"@uz-cyrl' in line for line in found)
    assert not any('"Қасим-Жомарт Тоқаев"@uz-cyrl' in line for line in found)


def test_an_entity_that_is_only_understood_has_its_class() -> None:
    meeting = Meeting(evidence=(), kind="summit", participant=(sample.SCO,), country=sample.KG)
    extraction = Extraction(article=ARTICLE, mentions=(), facts=(meeting,))
    lines = {str(quad.triple) for quad in quads(extraction)}
    assert any("organization/SCO" in line and line.endswith("ontology#Organization>") for line in lines)
    assert any("state/KG" in line and line.endswith("ontology#State>") for line in lines)


def test_the_base_can_be_configured() -> None:
    code = "from kg.rdf import iri; print(iri('state/KZ').value)"
    env = {**os.environ, "KG_BASE": "https://example.org/graph/"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "https://example.org/graph/state/KZ"


def test_the_rules_have_the_version_of_the_program() -> None:
    assert kg.__version__ == RULE_VERSION
