"""The states and currencies of the reference data: complete in six languages, unambiguous, and as CLDR says."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.normal import fold
from kg.paths import SEEDS

ID = "https://w3id.org/elchi/id/"
KG = "https://w3id.org/elchi/ontology#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
LANGUAGES = ("en", "ru", "kk", "ky", "uz-cyrl", "uz-latn")
FILES = ("states.ttl", "states-cldr.ttl", "currencies-cldr.ttl")
NOT_IN_UN = {"CK", "EH", "GL", "HK", "MO", "NU", "PR", "PS", "TW", "VA", "XK"}
WITHOUT_CAPITAL = {"CK", "EH", "GL", "HK", "LU", "MC", "MO", "NU", "PR", "SG", "SM", "VA"}
MOST_IN_NEWS = """
    KZ KG UZ TJ TM RU CN TR AZ IR AF PK IN MN AM GE BY UA MD LT LV EE PL HU CZ SK RO BG RS HR SI GR GB DE FR IT ES PT
    NL BE CH AT SE NO FI US CA MX BR AR SA QA KW OM BH IQ SY IL PS LB JO EG JP KR VN TH MY ID SG PH AU
    """
COMMON_WORDS = {
    "ru": "английский того мали чад",
    "kk": "тай дат қатар судан мали арман",
    "ky": "тай дат катар судан мали арман тар куба чад гана",
    "uz-cyrl": "уммон яман мажор инглиз панама швейцар тай қатар",
    "uz-latn": "ummon yaman major ingliz panama qatar",
}
PRINTED = """
    KZ en Kazakhstan|Republic of Kazakhstan|Kazakh|Kazakhstani
    KZ ru РК|Республика Казахстан|казахстанский|казахский
    KZ kk ҚР|Қазақстан Республикасы|қазақ|қазақстандық
    KZ ky Казакстан|казак|казакстандык
    KZ uz-cyrl Қозоғистон Республикаси|қозоқ|қозоғистонлик
    KZ uz-latn Qozog‘iston|qozoq|qozog‘istonlik
    KG en Kyrgyz Republic|Kyrgyz
    KG ru Киргизия|Кыргызская Республика|кыргызский|кыргызстанский|киргизский
    KG kk Қырғыз Республикасы|қырғыз
    KG ky Кыргыз Республикасы|кыргыз
    KG uz-cyrl Қирғиз Республикаси|қирғиз
    US en US|USA|U.S.|United States of America|American
    US ru США|Соединенные Штаты|Соединённые Штаты|американский
    US kk АҚШ|америкалық|американдық
    US ky АКШ|америкалык
    US uz-cyrl АҚШ|америка|америкалик
    US uz-latn AQSH|AQSh
    RU en Russian Federation|Russian
    RU ru РФ|российский|русский
    RU kk Ресей|РФ|ресейлік|орыс
    RU ky Орусия|орус|россиялык
    RU uz-cyrl РФ|Россия Федерацияси|рус|россиялик
    CN en PRC|Chinese
    CN ru КНР|китайский
    CN kk ҚХР|қытай
    CN ky КЭР|кытай
    CN uz-cyrl ХХР|хитой
    CN uz-latn XXR|xitoy
    AE en UAE|Emirati
    AE ru ОАЭ|эмиратский
    AE kk БАӘ
    AE ky БАЭ
    AE uz-cyrl БАА
    TR en Türkiye|Turkey|Turkish
    TR kk түрік
    TR ky түрк
    TR uz-cyrl турк
    GB en UK|Britain|British
    GB ru Британия|Великобритания|британский
    GB kk Ұлыбритания|британдық
    GB uz-cyrl Британия|Буюк Британия|британ
    KR en Korea|Republic of Korea|South Korean
    KR ru Южная Корея|Республика Корея|южнокорейский
    KR kk Корея Республикасы|Оңтүстік Корея
    KR uz-cyrl Корея Республикаси|Жанубий Корея
    AZ kk Әзербайжан|Әзірбайжан
    DE ru ФРГ|немецкий|германский
    """

Names = dict[str, dict[tuple[str, str], list[str]]]
Links = dict[tuple[str, str], str]


@pytest.fixture(scope="module")
def triples() -> list[ox.Quad]:
    return [quad for file in FILES for quad in ox.parse(path=SEEDS / file, format=ox.RdfFormat.TURTLE)]


@pytest.fixture(scope="module")
def names(triples: list[ox.Quad]) -> Names:
    """Entity -> (predicate, language) -> names."""
    found: Names = defaultdict(lambda: defaultdict(list))
    for quad in triples:
        if isinstance(quad.object, ox.Literal) and quad.object.language:
            predicate = quad.predicate.value.removeprefix(SKOS).removeprefix(KG)
            found[quad.subject.value.removeprefix(ID)][predicate, quad.object.language].append(quad.object.value)
    return found


@pytest.fixture(scope="module")
def links(triples: list[ox.Quad]) -> Links:
    return {(quad.subject.value.removeprefix(ID), quad.predicate.value.removeprefix(SKOS).removeprefix(KG)):
            quad.object.value.removeprefix(ID) for quad in triples if not getattr(quad.object, "language", None)}


def codes(names: Names) -> set[str]:
    return {entity.removeprefix("state/") for entity in names if entity.startswith("state/")}


def all_names(names: Names, entity: str, language: str) -> list[str]:
    return [name for (_, tag), found in names[entity].items() if tag == language for name in found]


def test_the_frozen_files_are_what_cldr_says(tmp_path: Path) -> None:
    core = pytest.importorskip("babel.core")
    if f"CLDR {core.get_cldr_version()}" not in (SEEDS / "states-cldr.ttl").read_text(encoding="utf-8"):
        pytest.skip("another CLDR than that of the frozen files")
    subprocess.run([sys.executable, SEEDS / "generate.py", tmp_path], check=True)
    for file in ("states-cldr.ttl", "currencies-cldr.ttl"):
        assert (tmp_path / file).read_text(encoding="utf-8") == (SEEDS / file).read_text(encoding="utf-8")


def test_there_are_the_members_of_the_united_nations_and_eleven_others(names: Names) -> None:
    assert len(codes(names) - NOT_IN_UN) == 193
    assert codes(names) >= NOT_IN_UN


def test_each_state_has_its_code_and_one_preferred_name_a_language(names: Names, links: Links) -> None:
    for code in codes(names):
        assert [len(names[f"state/{code}"]["prefLabel", tag]) for tag in LANGUAGES] == [1] * 6, code
        assert links[f"state/{code}", "notation"] == code


def test_no_name_is_of_two_entities(names: Names) -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entity, labels in names.items():
        for (_, language), found in labels.items():
            for name in found:
                owners[language, fold(name)].add(entity)
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_no_name_is_said_twice_of_one_entity(names: Names) -> None:
    for entity in names:
        for language in LANGUAGES:
            found = all_names(names, entity, language)
            assert len(found) == len(set(found)), (entity, language)


def test_names_are_tidy(names: Names) -> None:
    for entity, labels in names.items():
        for (_, language), found in labels.items():
            for name in found:
                assert name == " ".join(name.split()), entity
                assert entity.startswith("currency/") or not set(name) & set("()[]&'`ʻʼ"), name
                if language == "uz-latn":
                    assert not any(pair in name for pair in ("o’", "O’", "g’", "G’")), name


def test_the_scripts_are_not_mixed(names: Names) -> None:
    for entity, labels in names.items():
        for (_, language), found in labels.items():
            latin = language in {"en", "uz-latn"}
            if entity.startswith("state/"):
                for name in found:
                    assert any("Ѐ" <= char <= "ӿ" for char in name) != latin, name
                    assert not (latin and any("Ѐ" <= char <= "ӿ" for char in name)), name
                    assert latin or not any(char.isascii() and char.isalpha() for char in name), name


@pytest.mark.parametrize("code", MOST_IN_NEWS.split())
def test_states_most_in_the_news_have_adjectives_in_each_language(names: Names, code: str) -> None:
    assert [tag for tag in LANGUAGES if not names[f"state/{code}"]["adjective", tag]] == []


@pytest.mark.parametrize("line", PRINTED.strip().splitlines())
def test_the_printed_forms_are_known(names: Names, line: str) -> None:
    code, language, forms = line.split(maxsplit=2)
    assert set(forms.split("|")) - set(all_names(names, f"state/{code}", language)) == set()


def test_russian_adjectives_are_masculine_combining_or_peoples(names: Names) -> None:
    peoples = {"казах", "кыргыз", "киргиз", "узбек", "таджик", "туркмен"}
    for code in codes(names):
        for adjective in names[f"state/{code}"]["adjective", "ru"]:
            assert adjective.endswith(("ий", "ый", "ой", "о")) or adjective in peoples, adjective


def test_adjectives_are_in_lower_case_but_in_english(names: Names) -> None:
    for code in codes(names):
        for language in LANGUAGES:
            for adjective in names[f"state/{code}"]["adjective", language]:
                assert adjective[0].isupper() == (language == "en"), adjective


@pytest.mark.parametrize("language", COMMON_WORDS)
def test_common_words_are_no_adjectives(names: Names, language: str) -> None:
    adjectives = {name for code in codes(names) for name in names[f"state/{code}"]["adjective", language]}
    assert adjectives & set(COMMON_WORDS[language].split()) == set()


def test_capitals_are_places_of_their_state(names: Names, links: Links) -> None:
    cities = SEEDS / "cities.ttl"
    assert {code for code in codes(names) if (f"state/{code}", "capital") not in links} == WITHOUT_CAPITAL
    country = {quad.subject.value.removeprefix(ID): quad.object.value.removeprefix(ID)
               for quad in ox.parse(path=cities, format=ox.RdfFormat.TURTLE) if quad.predicate.value == f"{KG}country"}
    wrong = {code: capital for code in codes(names) - WITHOUT_CAPITAL
             if country.get(capital := links[f"state/{code}", "capital"]) != f"state/{code}"}
    assert wrong == {}


def test_states_match_the_authority_of_the_eu_where_the_code_is_certain(links: Links) -> None:
    authority = "http://publications.europa.eu/resource/authority/country/"
    assert links["state/KZ", "exactMatch"] == f"{authority}KAZ"
    assert links["state/MM", "exactMatch"] == f"{authority}MMR"
    assert ("state/XK", "exactMatch") not in links


def test_a_currency_belongs_to_the_state_that_issues_it(names: Names, links: Links) -> None:
    assert links["currency/USD", "country"] == "state/US"
    assert links["currency/KGS", "country"] == "state/KG"
    assert ("currency/EUR", "country") not in links
    assert ("currency/XAF", "country") not in links
    assert all(labels["prefLabel", "en"] for entity, labels in names.items() if entity.startswith("currency/"))
