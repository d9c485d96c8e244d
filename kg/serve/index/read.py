"""What the index is made from: the things, articles and facts of a store, as plain values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.facts import FACTS
from kg.rdf import BASE, LISTS, ONTOLOGY

SKOS = "http://www.w3.org/2004/02/skos/core#"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
BODY = NamedNode("http://www.w3.org/ns/oa#hasBody")

THINGS = ("State", "Organization", "Body", "Person", "Place", "Publisher")
EVENTS = tuple(fact.__name__ for fact in FACTS)
KINDS = {class_: name for class_, name in LISTS if name in {"kind", "flow", "office"}}
"""The property of a fact that tells its kind."""

PROPERTIES = (
    "member", "office", "of", "kind", "participant", "chair", "place", "country", "date", "ordinal", "body", "status",
    "visitor", "delegationOf", "destination", "party", "from", "to", "flow", "amount", "low", "high", "currency",
    "period", "qualifier", "title", "speaker", "text", "addressee", "about", "earliest", "latest", "start", "end",
    "observedOn",
)
_EVIDENCE = re.compile(r"(article/[0-9a-f]+)#e(\d+)-(\d+)\.\d+")


@dataclass
class Fact:
    """A fact with all that is said of it, in every article; values are ids, members of lists, or text."""

    id: str
    class_: str
    values: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def one(self, property_: str) -> str:
        """The first value of a property in the order of text, or nothing."""
        return min(self.values.get(property_, ()), default="")

    def all(self, property_: str) -> list[str]:
        """Every value of a property."""
        return self.values.get(property_, [])

    @property
    def kind(self) -> str:
        """What kind of its class it is."""
        if self.class_ == "Statement":
            return "addressee" if self.values.get("addressee") else "about"
        return self.one(KINDS.get(self.class_, "kind"))

    @property
    def date(self) -> str:
        """When, as told."""
        return self.one("date") or self.one("period")


@dataclass(frozen=True)
class Evidence:
    """One place where an article states a fact."""

    fact: str
    article: str
    start: int
    end: int
    rule: str
    qualifier: str
    speaker: str


@dataclass(frozen=True)
class Name:
    """A name of a thing; ``kind`` is preferred, other or adjective."""

    id: str
    language: str
    text: str
    kind: str


def short(iri: str) -> str:
    """An IRI as it is told outside: without the base; a member of a closed list as its bare name.

    >>> short(BASE + "state/KZ"), short(ONTOLOGY + "meeting-phone_call"), short("https://example.org/")
    ('state/KZ', 'phone_call', 'https://example.org/')
    """
    if iri.startswith(BASE):
        return iri.removeprefix(BASE)
    if iri.startswith(ONTOLOGY + "topic-"):
        return "topic/" + iri.removeprefix(ONTOLOGY + "topic-")
    return iri.removeprefix(ONTOLOGY).partition("-")[2] or iri if iri.startswith(ONTOLOGY) else iri


class Reader:
    """The default graph of a store, in which everything is once."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        self.store = store

    def pairs(self, property_: str) -> Iterator[tuple[str, str]]:
        """The ids of subjects with the values of a property, by its name in the ontology or its IRI."""
        name = property_ if ":" in property_ else ONTOLOGY + property_
        for quad in self.store.quads_for_pattern(None, NamedNode(name), None, DefaultGraph()):
            if isinstance(quad.subject, NamedNode):
                term = quad.object
                yield short(quad.subject.value), short(term.value) if isinstance(term, NamedNode) else _text(term)

    def classes(self, names: tuple[str, ...]) -> dict[str, str]:
        """The class of each thing that is of one of these classes."""
        found: dict[str, str] = {}
        for name in names:
            for quad in self.store.quads_for_pattern(None, TYPE, NamedNode(ONTOLOGY + name), DefaultGraph()):
                if isinstance(quad.subject, NamedNode):
                    found.setdefault(short(quad.subject.value), name)
        return found

    def names(self, known: dict[str, str]) -> Iterator[Name]:
        """All names of the things that are known."""
        properties = {"preferred": SKOS + "prefLabel", "other": SKOS + "altLabel", "adjective": ONTOLOGY + "adjective"}
        for kind, property_ in properties.items():
            for quad in self.store.quads_for_pattern(None, NamedNode(property_), None, DefaultGraph()):
                if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                    id_ = short(quad.subject.value)
                    if id_ in known:
                        yield Name(id_, (quad.object.language or "").lower(), quad.object.value, kind)

    def facts(self) -> dict[str, Fact]:
        """All facts, of articles and of the seeds, by id."""
        facts = {id_: Fact(id_, class_) for id_, class_ in self.classes(EVENTS).items()}
        for property_ in PROPERTIES:
            for id_, value in self.pairs(property_):
                if id_ in facts:
                    facts[id_].values[property_].append(value)
        return facts

    def evidence(self) -> Iterator[Evidence]:
        """Every place where a fact is stated: its article and position are in the IRI (DECISIONS.md, Identifiers)."""
        rules, qualifiers, speakers = (dict(self.pairs(name)) for name in ("rule", "qualifier", "speaker"))
        for quad in self.store.quads_for_pattern(None, BODY, None, DefaultGraph()):
            if not (isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)):
                continue
            place = short(quad.subject.value)
            if found := _EVIDENCE.fullmatch(place):
                yield Evidence(
                    short(quad.object.value), found[1], int(found[2]), int(found[3]),
                    rules.get(place, ""), qualifiers.get(place, ""), speakers.get(place, ""),
                )


def _text(term: object) -> str:
    return term.value if isinstance(term, Literal) else str(term)
