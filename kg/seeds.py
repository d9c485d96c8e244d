"""The reference data: states, organisations, places, persons with their offices, publishers, and all their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.article import EntityId
from kg.cache import kept
from kg.errors import SeedError
from kg.facts import When
from kg.paths import SEEDS, own_files

BASE = "https://w3id.org/elchi/id/"
_KG = "https://w3id.org/elchi/ontology#"
Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_LABELS = {
    f"{_SKOS}prefLabel": "name",
    f"{_SKOS}altLabel": "name",
    f"{_KG}adjective": "adjective",
    f"{_KG}partyLabel": "party",
    "https://schema.org/familyName": "family",
}
_KINDS = ("state", "organization", "body", "place", "person", "publisher", "currency")


@dataclass(frozen=True, slots=True)
class Name:
    """One name of one entity. form is name, adjective, party (a region that counts only
    as a party beside states) or family (a family name that is not the last word).
    """

    id: EntityId
    text: str
    language: str
    form: str = "name"
    preferred: bool = False

    @property
    def kind(self) -> str:
        """The class of the entity, in lower case: state, person, place ..."""
        return self.id.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Term:
    """That a person held an office, from the reference data; ``end`` None: still, or not certain that it ended."""

    office: str
    of: EntityId | None
    start: When | None
    end: When | None


@dataclass(frozen=True)
class Seeds:
    """All reference data, by entity."""

    label: Mapping[EntityId, str] = field(repr=False)
    country: Mapping[EntityId, EntityId] = field(repr=False)
    capital: Mapping[EntityId, EntityId] = field(repr=False)
    terms: Mapping[EntityId, tuple[Term, ...]] = field(repr=False)
    domains: Mapping[str, EntityId] = field(repr=False)
    organization: Mapping[EntityId, EntityId] = field(repr=False)
    meeting_kind: Mapping[EntityId, str] = field(repr=False)
    city: Mapping[EntityId, EntityId] = field(repr=False)
    blocs: frozenset[EntityId] = field(repr=False)
    regions: frozenset[EntityId] = field(repr=False)
    speaks_for: Mapping[EntityId, EntityId] = field(repr=False)
    names: tuple[Name, ...] = field(repr=False)


def files() -> list[Path]:
    """The Turtle files of the reference data, in order, and those of the user's own languages."""
    return [*sorted(SEEDS.glob("*.ttl")), *own_files("*.ttl")]


@cache
def load() -> Seeds:
    """The reference data without its names, read once and kept. Raises SeedError that names the file."""
    return kept("seeds", [*files(), Path(__file__)], lambda: replace(read(files()), names=()))


@cache
def names() -> tuple[Name, ...]:
    """All names in all languages; an organ's are those of the organisation that it speaks for. Raises SeedError."""
    data = read(files())
    return tuple(replace(name, id=data.speaks_for.get(name.id, name.id)) for name in data.names)


def read(paths: list[Path]) -> Seeds:
    """The reference data of some Turtle files with its names. Raises SeedError that names the file."""
    by_predicate: dict[str, dict[EntityId, list[Node]]] = {}
    names: list[Name] = []
    for path in paths:
        for subject, predicate, value in _triples(path):
            if (form := _LABELS.get(predicate)) and isinstance(value, ox.Literal):
                if subject.partition("/")[0] in _KINDS:
                    names.append(
                        Name(
                            subject, value.value, (value.language or "").lower(), form, predicate.endswith("prefLabel")
                        )
                    )
            else:
                by_predicate.setdefault(predicate, {}).setdefault(subject, []).append(value)
    links = {key: _links(by_predicate.get(_KG + key, {})) for key in ("country", "capital", "of", "city", "speaksFor")}
    return Seeds(
        label={name.id: name.text for name in names if name.preferred and name.language == "en"},
        country=links["country"],
        capital=links["capital"],
        terms=_terms(by_predicate, links["speaksFor"]),
        domains={
            value.value: subject
            for subject, values in by_predicate.get(_KG + "domain", {}).items()
            for value in values
            if isinstance(value, ox.Literal)
        },
        organization=links["of"],
        meeting_kind={
            subject: _local(values[0]).partition("-")[2]
            for subject, values in by_predicate.get(_KG + "meetingKind", {}).items()
        },
        city=links["city"],
        speaks_for=links["speaksFor"],
        blocs=frozenset(by_predicate.get(_KG + "bloc", ())),
        regions=frozenset(links["speaksFor"].get(name.id, name.id) for name in names if name.form == "party"),
        names=tuple(names),
    )


def _triples(path: Path) -> Iterator[tuple[EntityId, str, Node]]:
    try:
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode):
                yield EntityId(quad.subject.value.removeprefix(BASE)), quad.predicate.value, quad.object
    except (OSError, SyntaxError, ValueError) as error:
        raise SeedError(path, f"is not readable as Turtle ({error})") from error


def _links(found: Mapping[EntityId, list[Node]]) -> dict[EntityId, EntityId]:
    return {
        subject: EntityId(values[0].value.removeprefix(BASE))
        for subject, values in found.items()
        if isinstance(values[0], ox.NamedNode)
    }


def _local(term: Node) -> str:
    return term.value.removeprefix(_KG) if isinstance(term, ox.NamedNode) else ""


def _terms(
    found: Mapping[str, dict[EntityId, list[Node]]], speaks_for: Mapping[EntityId, EntityId]
) -> dict[EntityId, tuple[Term, ...]]:
    """The offices of each person."""
    offices = found.get(_KG + "office", {})
    of = {tenure: speaks_for.get(owner, owner) for tenure, owner in _links(found.get(_KG + "of", {})).items()}
    starts, ends = _when(found.get(_KG + "start", {})), _when(found.get(_KG + "end", {}))
    terms: dict[EntityId, list[Term]] = {}
    for tenure, person in _links(found.get(_KG + "member", {})).items():
        office = _local(offices[tenure][0]).partition("-")[2] if tenure in offices else ""
        terms.setdefault(person, []).append(Term(office, of.get(tenure), starts.get(tenure), ends.get(tenure)))
    return {person: tuple(found) for person, found in terms.items()}


def _when(found: Mapping[EntityId, list[Node]]) -> dict[EntityId, When]:
    return {subject: When(values[0].value) for subject, values in found.items() if isinstance(values[0], ox.Literal)}
