"""The organisations, bodies and publishers of the reference data: whole, unambiguous, and tied to states and places."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

import pyoxigraph as ox
import pytest

from kg import seeds
from kg.article import EntityId
from kg.facts import MEETING_KINDS
from kg.normal import squeeze
from kg.paths import SEEDS

LANGUAGES = {"en", "ru", "kk", "ky", "uz-cyrl", "uz-latn"}
FILES = {"organization": "organizations.ttl", "body": "bodies.ttl", "publisher": "publishers.ttl"}
LEAST = {"organization": 150, "body": 40, "publisher": 120}

# The same words mean the organ of the United Nations and its session; each has its own use, and both are kept.
SHARED = {"organization/UNGA", "body/un-general-assembly"}

# Abbreviations and titles that are also everyday words, or that two organisations share: they stand in no file alone.
NOT_ALONE = [
    ("ru", "САМ"), ("ru", "ВАС"), ("ru", "МАР"), ("ru", "ВАМ"), ("ru", "Тренд"), ("ru", "Настоящее время"),
    ("ru", "Новости Узбекистана"), ("ru", "МЕНА"), ("uz-cyrl", "ИҲТ"), ("uz-cyrl", "Дунё"), ("uz-cyrl", "ХМТ"),
    ("uz-latn", "Dunyo"), ("uz-latn", "Daryo"), ("uz-latn", "Trend"), ("en", "Report"), ("en", "Foreign Policy"),
    ("en", "Dawn"), ("en", "Current Time"), ("en", "Central Asian"),
]

PRINTED = [
    ("organization/UN", "ru", "ООН"), ("organization/UN", "kk", "БҰҰ"), ("organization/UN", "ky", "БУУ"),
    ("organization/UN", "uz-latn", "BMT"), ("organization/SCO", "uz-cyrl", "ШҲТ"),
    ("organization/SCO", "uz-latn", "SHHT"), ("organization/SCO", "kk", "ШЫҰ"), ("organization/SCO", "ky", "ШКУ"),
    ("organization/EAEU", "uz-latn", "YeOII"), ("organization/EAEU", "kk", "ЕАЭО"), ("organization/EAEU", "ky", "ЕАЭБ"),
    ("organization/CIS", "kk", "ТМД"), ("organization/CIS", "ky", "КМШ"), ("organization/CIS", "uz-cyrl", "МДҲ"),
    ("organization/OTS", "en", "Turkic Council"), ("organization/OTS", "uz-cyrl", "ТДТ"),
    ("organization/CSTO", "uz-latn", "KXSHT"), ("organization/CSTO", "kk", "ҰҚШҰ"), ("organization/CSTO", "ky", "ЖККУ"),
    ("organization/EU", "ru", "Евросоюз"), ("organization/C5", "ru", "С5+1"), ("organization/EBRD", "uz-latn", "YTTB"),
    ("organization/OSCE", "uz-latn", "Yevropada xavfsizlik va hamkorlik tashkiloti"),
    ("organization/G20", "ru", "Большая двадцатка"), ("organization/EUCO", "uz-cyrl", "Европа кенгаши"),
    ("body/supreme-interstate-council", "uz-cyrl", "Олий давлатлараро кенгаш"),
    ("body/supreme-interstate-council", "ru", "Высший Межгосударственный Совет"),
    ("body/intergovernmental-commission", "ky", "Өкмөттөр аралык комиссия"),
    ("body/consultative-meeting-of-central-asia", "uz-cyrl", "Маслаҳат учрашуви"),
    ("body/un-general-assembly", "kk", "Бас Ассамблея"), ("publisher/kazinform", "uz-cyrl", "Kazinform агентлиги"),
    ("publisher/kazinform", "kk", "ҚазАқпарат"), ("publisher/akorda", "uz-cyrl", "Ақорда"),
    ("publisher/uza", "uz-latn", "O'zA"), ("publisher/kabar", "ky", "Кабар"),
    ("publisher/dunyo", "uz-cyrl", "“Дунё” ахборот агентлиги"), ("publisher/tass", "uz-latn", "TASS"),
    ("publisher/reuters", "uz-latn", "Reuters"), ("publisher/xinhua", "ru", "Синьхуа"),
]

DOMAINS = [
    ("inform.kz", "kazinform", "KZ"), ("akorda.kz", "akorda", "KZ"), ("kabar.kg", "kabar", "KG"),
    ("uza.uz", "uza", "UZ"), ("president.uz", "president-uz", "UZ"), ("kremlin.ru", "kremlin", "RU"),
    ("aa.com.tr", "anadolu", "TR"),
]


@cache
def ours() -> seeds.Seeds:
    return seeds.read([SEEDS / name for name in FILES.values()])


@cache
def everything() -> seeds.Seeds:
    return seeds.read(seeds.files())


@cache
def owners() -> dict[tuple[str, str], set[EntityId]]:
    """Who bears a name, over all reference data."""
    found = defaultdict(set)
    for name in everything().names:
        if name.form == "name":
            found[name.language, squeeze(name.text)].add(name.id)
    return found


def values(kind: str, term: str) -> list[tuple[str, str]]:
    """Each entity of a file with each value of one property."""
    quads = ox.parse(path=SEEDS / FILES[kind], format=ox.RdfFormat.TURTLE)
    return [(quad.subject.value.removeprefix(seeds.BASE), quad.object.value.removeprefix(seeds.BASE)) for quad in quads
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal)
            and quad.predicate.value.endswith(term)]


@pytest.mark.parametrize("kind", FILES)
def test_there_are_enough_of_each(kind: str) -> None:
    assert len(seeds.read([SEEDS / FILES[kind]]).label) >= LEAST[kind]


@pytest.mark.parametrize("kind", FILES)
def test_a_file_has_one_kind_and_each_has_one_usual_name_in_every_language(kind: str) -> None:
    usual = defaultdict(list)
    for name in seeds.read([SEEDS / FILES[kind]]).names:
        assert name.kind == kind
        if name.preferred:
            usual[name.id].append(name.language)
    assert {entity: languages for entity, languages in usual.items() if sorted(languages) != sorted(LANGUAGES)} == {}


def test_no_name_means_two_things_but_where_the_world_does_so() -> None:
    mine = {name.id for name in ours().names}
    clashes = {key: ids for key, ids in owners().items() if len(ids) > 1 and ids & mine and ids != SHARED}
    assert clashes == {}


def test_the_code_of_an_organisation_is_the_end_of_its_iri() -> None:
    codes = values("organization", "#notation")
    assert [(entity, code) for entity, code in codes if entity != f"organization/{code}"] == []
    assert sorted(entity for entity, _ in codes) == sorted(entity for entity, _ in values("organization", "#type"))


def test_every_seat_is_a_place() -> None:
    places = {name.id for name in everything().names if name.kind == "place"}
    assert [seat for seat in values("organization", "#seat") if seat[1] not in places] == []


def test_every_body_meets_in_a_known_kind_of_meeting_and_is_of_a_known_organisation() -> None:
    bodies = {name.id for name in ours().names if name.kind == "body"}
    assert set(ours().meeting_kind) == bodies
    assert set(ours().meeting_kind.values()) <= set(MEETING_KINDS)
    assert set(ours().organization.values()) <= {name.id for name in ours().names if name.kind == "organization"}


def test_a_body_of_no_one_organisation_is_known_in_small_letters_too() -> None:
    texts = {(name.id, name.language, name.text) for name in ours().names}
    generic = [name for name in ours().names
               if name.kind == "body" and name.preferred and name.id not in ours().organization]
    assert [name.text for name in generic if (name.id, name.language, name.text.lower()) not in texts] == []


def test_every_publisher_with_a_country_is_of_a_known_state() -> None:
    assert set(ours().country.values()) <= {name.id for name in everything().names if name.kind == "state"}


def test_a_domain_belongs_to_one_publisher() -> None:
    domains = [domain for _, domain in values("publisher", "#domain")]
    assert len(domains) == len(set(domains))
    assert all(re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", domain) for domain in domains)


@pytest.mark.parametrize("kind", ["organization", "body"])
def test_english_and_latin_uzbek_names_have_no_cyrillic_letters(kind: str) -> None:
    names = [name for name in ours().names if name.kind == kind and name.language in {"en", "uz-latn"}]
    assert [name for name in names if re.search("[Ѐ-ӿ]", name.text)] == []


@pytest.mark.parametrize(("language", "text"), NOT_ALONE)
def test_an_everyday_word_is_no_name(language: str, text: str) -> None:
    bearers = owners().get((language, squeeze(text)), set())
    assert not {entity for entity in bearers if entity.partition("/")[0] in FILES}


@pytest.mark.parametrize(("entity", "language", "text"), PRINTED)
def test_a_name_as_the_press_prints_it_finds_its_bearer(entity: str, language: str, text: str) -> None:
    assert owners()[language, squeeze(text)] == {entity}


@pytest.mark.parametrize(("domain", "publisher", "state"), DOMAINS)
def test_a_domain_finds_its_publisher_and_state(domain: str, publisher: str, state: str) -> None:
    assert ours().domains[domain] == f"publisher/{publisher}"
    assert ours().country[ours().domains[domain]] == f"state/{state}"
