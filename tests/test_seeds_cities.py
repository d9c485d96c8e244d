"""The places of the reference data: whole, unambiguous, in the right script, and tied to states and capitals."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

import pytest

from kg import seeds
from kg.normal import squeeze
from kg.paths import SEEDS

LANGUAGES = {"en", "ru", "kk", "ky", "uz-cyrl", "uz-latn"}
LATIN = {"en", "uz-latn"}
CITIES, RESIDENCES = SEEDS / "cities.ttl", SEEDS / "residences.ttl"

# Names that are also everyday words, names of persons or states: only a longer name of the place is safe there.
NOT_ALONE = [
    ("uz-cyrl", "Қарши"), ("uz-cyrl", "Самара"), ("uz-cyrl", "Сана"), ("uz-cyrl", "Навоий"), ("uz-cyrl", "Мадина"),
    ("uz-latn", "Qarshi"), ("uz-latn", "Samara"), ("uz-latn", "Sana"), ("kk", "Қазан"), ("kk", "Сана"), ("kk", "Тарту"),
    ("ky", "Балыкчы"), ("ky", "Кызыл"), ("ru", "Тунис"), ("ru", "Алжир"), ("ru", "Навои"), ("ru", "Туркменбаши"),
    ("ru", "Аркадаг"), ("en", "Mary"), ("en", "Oral"), ("en", "Male"), ("en", "Victoria"),
]

PRINTED = [
    ("bishkek", "KG", "Бішкек", "kk"), ("astana", "KZ", "Остона", "uz-cyrl"), ("astana", "KZ", "Нур-Султан", "ru"),
    ("tashkent", "UZ", "Ташкен", "ky"), ("beijing", "CN", "Бээжин", "ky"), ("moscow", "RU", "Мәскеу", "kk"),
    ("new-york", "US", "Nyu-York", "uz-latn"), ("jalal-abad", "KG", "Жалолобод", "uz-cyrl"),
    ("cholpon-ata", "KG", "Cho'lpon-Ota", "uz-latn"), ("kazan", "RU", "Қозон", "uz-cyrl"),
    ("xian", "CN", "Xi’an", "en"), ("kyiv", "UA", "Киев", "ru"), ("new-delhi", "IN", "Деҳли", "uz-cyrl"),
    ("geneva", "CH", "Jeneva", "uz-latn"), ("dolmabahce", "TR", "Долмабахче", "ru"),
    ("kuksaroy", "UZ", "Кўксарой", "uz-cyrl"),
]


@cache
def places() -> seeds.Seeds:
    return seeds.read([CITIES, RESIDENCES])


@cache
def cities() -> seeds.Seeds:
    return seeds.read([CITIES])


def test_there_are_cities_enough() -> None:
    assert len(cities().label) > 500


def test_every_city_has_one_usual_name_in_every_language() -> None:
    usual = defaultdict(list)
    for name in cities().names:
        if name.preferred:
            usual[name.id].append(name.language)
    assert {place: languages for place, languages in usual.items() if sorted(languages) != sorted(LANGUAGES)} == {}


def test_every_residence_has_its_names_in_known_languages() -> None:
    languages = defaultdict(set)
    for name in places().names:
        languages[name.id].add(name.language)
    assert all({"en", "ru"} <= found <= LANGUAGES for found in languages.values())


def test_every_place_lies_in_a_state_and_every_residence_in_a_known_city() -> None:
    assert set(places().country) == {name.id for name in places().names}
    assert all(re.fullmatch(r"state/[A-Z]{2}", state) for state in places().country.values())
    for residence, city in places().city.items():
        assert cities().country[city] == places().country[residence]


def test_no_name_means_two_places() -> None:
    owners = defaultdict(set)
    for name in places().names:
        owners[name.language, squeeze(name.text)].add(name.id)
    assert {key: ids for key, ids in owners.items() if len(ids) > 1} == {}


def test_no_name_of_a_place_is_the_name_of_something_else() -> None:
    ours = {(name.language, squeeze(name.text)): name.id for name in places().names}
    other = [name for name in seeds.load().names if name.kind != "place" and name.form == "name"]
    assert [(name.id, name.text) for name in other if (name.language, squeeze(name.text)) in ours] == []


def test_every_name_is_in_the_script_of_its_language() -> None:
    for name in places().names:
        wrong = "[Ѐ-ӿ]" if name.language in LATIN else "[A-Za-z]"
        assert not re.search(wrong, name.text), name


def test_every_capital_is_a_place_of_its_state() -> None:
    everything = seeds.load()
    assert len(everything.capital) > 180
    wrong = {state: city for state, city in everything.capital.items() if everything.country.get(city) != state}
    assert wrong == {}


@pytest.mark.parametrize(("language", "word"), NOT_ALONE)
def test_a_name_that_means_something_else_never_stands_alone(language: str, word: str) -> None:
    assert not [name for name in places().names if (name.language, squeeze(name.text)) == (language, squeeze(word))]


@pytest.mark.parametrize(("key", "state", "text", "language"), PRINTED)
def test_a_name_as_the_press_prints_it_finds_the_place(key: str, state: str, text: str, language: str) -> None:
    found = {name.id for name in places().names if (name.language, squeeze(name.text)) == (language, squeeze(text))}
    assert found == {f"place/{key}"}
    assert {places().country[place] for place in found} == {f"state/{state}"}
