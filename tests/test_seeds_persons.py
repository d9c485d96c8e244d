"""The reference data on persons: complete in every language, consistent, and true to its own conventions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Store

from kg.facts import OFFICES, When
from kg.paths import SEEDS

ID = "https://w3id.org/elchi/id/"
KG = "https://w3id.org/elchi/ontology#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
FAMILY_NAME = "https://schema.org/familyName"

LANGUAGES = ("en", "ru", "kk", "ky", "uz-cyrl", "uz-latn")
FILES = sorted(SEEDS.glob("persons-*.ttl"))

# What a name may be written with. Regnal numbers (Abdullah II) are Latin in every script.
_LATIN = r"[A-Za-zÀ-ɏḀ-ỹ .'’‘-]+"
_NUMBER = r"(?: [IVX]+)?"
_LETTERS = {
    "en": _LATIN,
    "uz-latn": _LATIN,
    "ru": r"[А-яЁё .-]+" + _NUMBER,
    "kk": r"[А-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі .-]+" + _NUMBER,
    "ky": r"[А-яЁёҢңӨөҮү .-]+" + _NUMBER,
    "uz-cyrl": r"(?!.*[ЩщЫы])[А-яЁёЎўҚқҒғҲҳ .-]+" + _NUMBER,
}

# The provisional government of 2010 stood against a president who resigned a week later.
_TOGETHER = {frozenset({"person/kurmanbek-bakiyev", "person/roza-otunbayeva"})}


@cache
def store() -> Store:
    """All files of persons in one store."""
    loaded = Store()
    for path in FILES:
        loaded.load(path=str(path), format=RdfFormat.TURTLE)
    return loaded


def values(subject: NamedNode, predicate: str) -> list[Literal | NamedNode]:
    """The objects of one predicate of a subject."""
    found = [quad.object for quad in store().quads_for_pattern(subject, NamedNode(predicate), None)]
    return [node for node in found if isinstance(node, (Literal, NamedNode))]


def subjects(class_name: str) -> list[NamedNode]:
    """All instances of a class of the ontology, sorted."""
    found = store().quads_for_pattern(None, NamedNode(TYPE), NamedNode(KG + class_name))
    return sorted((quad.subject for quad in found if isinstance(quad.subject, NamedNode)), key=lambda node: node.value)


def key(node: NamedNode | Literal) -> str:
    """An IRI without the base of the data."""
    return node.value.removeprefix(ID)


def one(subject: NamedNode, predicate: str) -> NamedNode | Literal:
    """The only object of a predicate."""
    found = values(subject, predicate)
    assert len(found) == 1, f"{key(subject)} has {len(found)} values of {predicate}"
    return found[0]


def labels(person: NamedNode, *names: str) -> Iterator[Literal]:
    """The labels of a person, of the kinds that are named (prefLabel, altLabel)."""
    for name in names:
        yield from (node for node in values(person, SKOS + name) if isinstance(node, Literal))


def day(tenure: NamedNode, name: str) -> When | None:
    """The start or end of a tenure, if it is told."""
    found = values(tenure, KG + name)
    assert len(found) <= 1, key(tenure)
    return When(found[0].value) if found else None


def keys_in(pattern: str, class_prefix: str) -> set[str]:
    """The entities that other seed files define, by a plain reading of their subjects."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in SEEDS.glob(pattern))
    return set(re.findall(rf"^<({class_prefix}/[^>]+)>\s+a kg:", text, re.MULTILINE))


def test_there_are_enough_persons() -> None:
    assert len(FILES) >= 4
    assert len(subjects("Person")) >= 350


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_turtle_and_defines_persons(path: object) -> None:
    alone = Store()
    alone.load(path=str(path), format=RdfFormat.TURTLE)
    assert any(alone.quads_for_pattern(None, NamedNode(TYPE), NamedNode(KG + "Person")))


def test_a_person_has_one_preferred_name_in_every_language() -> None:
    for person in subjects("Person"):
        assert sorted(str(label.language) for label in labels(person, "prefLabel")) == sorted(LANGUAGES), key(person)


def test_a_person_is_defined_in_one_file_only() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in FILES)
    found = re.findall(r"^<(person/[^>]+)> a kg:Person", text, re.MULTILINE)
    assert len(found) == len(set(found))


def test_the_key_of_a_person_holds_the_plain_letters_of_the_english_name() -> None:
    """Queries look for a part of a name among the keys first."""
    for person in subjects("Person"):
        (name,) = (label.value for label in labels(person, "prefLabel") if label.language == "en")
        assert all(run in person.value for run in re.findall("[a-z0-9]+", name.lower())), name


def test_the_key_of_a_person_is_a_slug() -> None:
    for person in subjects("Person"):
        assert re.fullmatch(r"person/[a-z]+(-[a-z]+)*", key(person)), key(person)


def test_a_name_is_written_in_the_script_of_its_language() -> None:
    for person in subjects("Person"):
        for label in labels(person, "prefLabel", "altLabel"):
            assert re.fullmatch(_LETTERS[str(label.language)], label.value), f"{key(person)}: {label}"
            assert label.value == " ".join(label.value.split()), label


def test_no_two_persons_share_a_name() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for person in subjects("Person"):
        for label in labels(person, "prefLabel", "altLabel"):
            owners[str(label.language), label.value.casefold()].add(key(person))
    assert {name: who for name, who in owners.items() if len(who) > 1} == {}


def test_no_name_is_given_twice() -> None:
    for person in subjects("Person"):
        preferred = {(label.language, label.value) for label in labels(person, "prefLabel")}
        other = [(label.language, label.value) for label in labels(person, "altLabel")]
        assert not preferred & set(other), key(person)


def test_a_family_name_is_part_of_the_name_and_given_only_where_it_is_not_the_last_word() -> None:
    for person in subjects("Person"):
        preferred = {label.language: label.value for label in labels(person, "prefLabel")}
        for family in values(person, FAMILY_NAME):
            assert isinstance(family, Literal)
            name = preferred[family.language]
            assert f" {family.value} " in f" {name} ", f"{key(person)}: {family}"
            assert family.value != name.split()[-1], f"{key(person)}: {family}"


def test_every_person_has_a_tenure_and_every_tenure_a_person() -> None:
    people = {key(person) for person in subjects("Person")}
    assert {key(one(tenure, KG + "member")) for tenure in subjects("Tenure")} == people


def test_a_tenure_is_keyed_by_member_office_state_and_year() -> None:
    for tenure in subjects("Tenure"):
        start = day(tenure, "start")
        parts = [
            key(one(tenure, KG + "member")).removeprefix("person/"),
            one(tenure, KG + "office").value.removeprefix(KG + "office-"),
            key(one(tenure, KG + "of")).split("/")[1],
            start.start[:4] if start else "undated",
        ]
        expected = "tenure/" + ".".join(parts)
        assert re.fullmatch(re.escape(expected) + r"(\.\d)?", key(tenure)), key(tenure)


def test_a_tenure_has_a_known_office() -> None:
    offices = {KG + "office-" + office for office in OFFICES}
    for tenure in subjects("Tenure"):
        assert one(tenure, KG + "office").value in offices, key(tenure)


def test_a_date_is_typed_by_its_precision() -> None:
    kinds = {4: "gYear", 7: "gYearMonth", 10: "date"}
    for tenure in subjects("Tenure"):
        for date in (*values(tenure, KG + "start"), *values(tenure, KG + "end")):
            assert isinstance(date, Literal)
            assert date.datatype.value.rpartition("#")[2] == kinds[len(date.value)], key(tenure)


def test_a_tenure_ends_after_it_starts() -> None:
    for tenure in subjects("Tenure"):
        start, end = day(tenure, "start"), day(tenure, "end")
        assert not (start and end) or start.earliest <= end.latest, key(tenure)


def test_one_person_at_a_time_is_head_of_a_state() -> None:
    terms = defaultdict(list)
    for tenure in subjects("Tenure"):
        start, end = day(tenure, "start"), day(tenure, "end")
        if one(tenure, KG + "office").value.endswith("office-head_of_state") and start:
            until = end.earliest.isoformat() if end else "9999"
            term = (start.latest.isoformat(), until, key(one(tenure, KG + "member")))
            terms[one(tenure, KG + "of").value].append(term)
    for state, held in terms.items():
        for (_, until, before), (since, _, after) in zip(sorted(held), sorted(held)[1:], strict=False):
            assert since >= until or frozenset({before, after}) in _TOGETHER, f"{state}: {before} and {after}"


@pytest.mark.parametrize(("pattern", "prefix"), [("states*.ttl", "state"), ("organizations*.ttl", "organization")])
def test_a_tenure_is_of_a_state_or_organisation_that_the_seeds_know(pattern: str, prefix: str) -> None:
    known = keys_in(pattern, prefix)
    if not known:
        pytest.skip(f"no seeds/{pattern}")
    used = {key(one(tenure, KG + "of")) for tenure in subjects("Tenure")}
    assert {entity for entity in used if entity.startswith(prefix + "/")} - known == set()


@pytest.mark.parametrize(
    ("name", "language", "person"),
    [
        ("Қасим-Жомарт Тоқаев", "uz-cyrl", "person/kassym-jomart-tokayev"),
        ("Қасим-Жомарт Кемелевич", "uz-cyrl", "person/kassym-jomart-tokayev"),
        ("Qosim-Jomart To‘qayev", "uz-latn", "person/kassym-jomart-tokayev"),
        ("Қасым-Жомарт Кемелұлы", "kk", "person/kassym-jomart-tokayev"),
        ("Садир Жапаров", "uz-cyrl", "person/sadyr-japarov"),
        ("Садыр Нургожоевич", "ky", "person/sadyr-japarov"),
        ("Шавкат Миромонович", "ru", "person/shavkat-mirziyoyev"),
        ("Си Цзиньпин", "ru", "person/xi-jinping"),
        ("Si Szinpin", "uz-latn", "person/xi-jinping"),
        ("Recep Tayyip Erdoğan", "en", "person/recep-tayyip-erdogan"),
        ("Гурбангули Бердимуҳамедов", "uz-cyrl", "person/gurbanguly-berdimuhamedow"),
    ],
)
def test_a_printed_name_leads_to_its_person(name: str, language: str, person: str) -> None:
    assert name in {label.value for label in labels(NamedNode(ID + person), "prefLabel", "altLabel")
                    if label.language == language}


@pytest.mark.parametrize(
    ("tenure", "since"),
    [
        ("tenure/kassym-jomart-tokayev.head_of_state.KZ.2019", "2019-03-20"),
        ("tenure/sadyr-japarov.head_of_state.KG.2021", "2021-01-28"),
        ("tenure/shavkat-mirziyoyev.head_of_state.UZ.2016", "2016-09-08"),
        ("tenure/serdar-berdimuhamedow.head_of_state.TM.2022", "2022-03-19"),
        ("tenure/olzhas-bektenov.head_of_government.KZ.2024", "2024-02-06"),
    ],
)
def test_those_who_are_in_office_are_in_office(tenure: str, since: str) -> None:
    node = NamedNode(ID + tenure)
    assert day(node, "start") == When(since)
    assert day(node, "end") is None
