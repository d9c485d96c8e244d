"""Writes states-cldr.ttl and currencies-cldr.ttl: names and codes from the Unicode CLDR, as shipped with babel.

    python seeds/generate.py [FOLDER]

The states are those that states.ttl lists; a skos:prefLabel that states.ttl gives in a language stands in for CLDR's.
Each locale is read in a process of its own: babel 2.18 shares data between locales once they are loaded.
The files are frozen in the repository; a test runs this script and compares.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox
from babel import Locale
from babel.core import get_cldr_version, get_global

HERE = Path(__file__).resolve().parent
ID = "https://w3id.org/elchi/id/"
KG = "https://w3id.org/elchi/ontology#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
COUNTRY = "http://publications.europa.eu/resource/authority/country/"
PREFIXES = {"kg": KG, "skos": SKOS, "country": COUNTRY}
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

LOCALES = {"en": "en", "ru": "ru", "kk": "kk", "ky": "ky", "uz-cyrl": "uz_Cyrl", "uz-latn": "uz"}
"""Language tag -> CLDR locale."""

ALPHA3 = {"CD": "COD", "DE": "DEU", "FR": "FRA", "MM": "MMR", "TL": "TLS", "YE": "YEM"}
"""ISO 3166-1 alpha-3 where CLDR also lists a former code."""

CORRECTIONS = {
    ("BOB", "uz-cyrl"): "Боливия боливианоси",
    ("BWP", "uz-cyrl"): "Ботсвана пуласи",
    ("KGS", "en"): "Kyrgyzstani Som",
    ("KYD", "uz-cyrl"): "Кайман ороллари доллари",
    ("MMK", "uz-cyrl"): "Мьянма кьяти",
    ("MUR", "ky"): "Маврикий рупиясы",  # CLDR names Mauritania here, and in the next
    ("MUR", "uz-latn"): "Mavrikiy rupiyasi",
}
"""Names in which CLDR 47 is mistaken, or which our Cyrillic spelling of a Latin name would miss."""

CYRILLIC = dict(zip("abdefghijklmnopqrstuvxyz", "абдефгҳижклмнопқрстувхйз", strict=True)) | {"'": "ъ", "’": "ъ"}
DIGRAPHS = {"o‘": "ў", "g‘": "ғ", "sh": "ш", "ch": "ч", "ya": "я", "yo": "ё", "yu": "ю", "ye": "е", "ts": "ц"}

Names = Mapping[str, Mapping[str, str]]
"""Language tag -> code -> name."""


def tidy(name: str, tag: str) -> str:
    """A CLDR name as it is printed: no brackets, "and" for &, the apostrophes of Uzbek as in o‘ g‘ and ’ elsewhere.

    >>> tidy("Myanmar (Burma)", "en"), tidy("Qirgʻiziston", "uz-latn"), tidy("канада доллары", "ky")
    ('Myanmar', 'Qirg‘iziston', 'Канада доллары')
    """
    name = re.sub(r"\s*\([^)]*\)", "", name).replace(" & ", " and ").strip()
    if tag == "uz-latn":
        name = re.sub("(?<=[OoGg])[ʻʼ’‘'`]", "‘", name)
        name = re.sub("(?<![OoGg])[ʻʼ’‘'`]", "’", name)
    return name if tag in {"en", "ru"} else name[:1].upper() + name[1:]


def cyrillic(name: str) -> str:
    """Uzbek from Latin into Cyrillic script, for the currencies that CLDR names in Latin script only.

    >>> cyrillic("Qirg‘iziston somi"), cyrillic("Eritreya nakfasi"), cyrillic("Kabo-Verde riyoli")
    ('Қирғизистон соми', 'Эритрея накфаси', 'Кабо-Верде риёли')
    """
    low, out, at = name.lower(), "", 0
    while at < len(low):
        pair = low[at : at + 2]
        sign = DIGRAPHS.get(pair) or CYRILLIC.get(low[at], low[at])
        if low[at] == "e" and not low[at - 1 : at].isalpha():
            sign = "э"
        out += sign.upper() if name[at].isupper() else sign
        at += len(pair) if pair in DIGRAPHS else 1
    return out


def in_cyrillic(currency: str, names: Names) -> str:
    """An Uzbek currency name in Cyrillic script; the state at its beginning as CLDR writes it in that script."""
    places = [code for code, place in names["uz-latn"].items() if currency.startswith(f"{place} ")]
    if not places:
        return cyrillic(currency)
    code = max(places, key=lambda code: len(names["uz-latn"][code]))
    return names["uz-cyrl"][code] + cyrillic(currency.removeprefix(names["uz-latn"][code]))


def cldr(locale: str) -> dict[str, dict[str, str]]:
    """The territories and currencies of one locale, read in a fresh process."""
    call = [sys.executable, __file__, "--locale", locale]
    found: dict[str, dict[str, str]] = json.loads(subprocess.run(call, check=True, capture_output=True).stdout)
    return found


def given(states: Path) -> dict[str, set[str]]:
    """The codes that a hand-written file lists, each with the languages in which the file gives the name itself."""
    triples = list(ox.parse(path=states, format=ox.RdfFormat.TURTLE))
    found: dict[str, set[str]] = {t.subject.value.removeprefix(f"{ID}state/"): set() for t in triples
                                  if t.predicate == TYPE and t.object == ox.NamedNode(f"{KG}State")}
    for t in triples:
        code = t.subject.value.removeprefix(f"{ID}state/")
        if code in found and t.predicate.value == f"{SKOS}prefLabel":
            found[code].add(t.object.language)
    return found


def alpha3(code: str) -> str | None:
    """ISO 3166-1 alpha-3, where it is certain. Kosovo has none of ISO's.

    >>> alpha3("KZ"), alpha3("DE"), alpha3("XK")
    ('KAZ', 'DEU', None)
    """
    if code.startswith("X"):
        return None
    aliases = get_global("territory_aliases").items()
    former = [old for old, new in aliases if new == [code] and re.fullmatch("[A-Z]{3}", old)]
    return ALPHA3.get(code) or (former[0] if len(former) == 1 else None)


def states(names: Names, listed: Mapping[str, set[str]]) -> Iterator[list[ox.Triple]]:
    """One block a state, by code."""
    for code in sorted(listed):
        labels = {tag: names[tag][code] for tag in LOCALES if tag not in listed[code]}
        block = list(entity("state", "State", code, labels))
        if three := alpha3(code):
            block.append(ox.Triple(node(f"{ID}state/{code}"), node(f"{SKOS}exactMatch"), node(COUNTRY + three)))
        yield block


def currencies(names: Names, places: Names, listed: Iterable[str]) -> Iterator[list[ox.Triple]]:
    """One block a currency in use, by code. The country is the one whose code begins ISO 4217's, if it pays in it."""
    users: dict[str, set[str]] = {}
    for territory, spans in get_global("territory_currencies").items():
        for code, _, end, tender in spans:
            if tender and end is None:
                users.setdefault(code, set()).add(territory)
    for code in sorted(users):
        labels = {tag: names[tag][code] for tag in LOCALES if code in names[tag]}
        labels |= {tag: name for (corrected, tag), name in CORRECTIONS.items() if corrected == code}
        if (latin := labels.get("uz-latn")) and "uz-cyrl" not in labels and not re.search("[A-Z]{2}|Fr", latin):
            labels["uz-cyrl"] = in_cyrillic(latin, places)
        block = list(entity("currency", "Currency", code, labels))
        if code[:2] in users[code] & set(listed):
            block.append(ox.Triple(node(f"{ID}currency/{code}"), node(f"{KG}country"), node(f"{ID}state/{code[:2]}")))
        yield block


def entity(kind: str, class_: str, code: str, labels: Mapping[str, str]) -> Iterator[ox.Triple]:
    """What every block begins with."""
    subject = node(f"{ID}{kind}/{code}")
    yield ox.Triple(subject, TYPE, node(KG + class_))
    yield ox.Triple(subject, node(f"{SKOS}notation"), ox.Literal(code))
    for tag in LOCALES:
        if tag in labels:
            yield ox.Triple(subject, node(f"{SKOS}prefLabel"), ox.Literal(labels[tag], language=tag))


def node(iri: str) -> ox.NamedNode:
    """An IRI."""
    return ox.NamedNode(iri)


def turtle(title: str, blocks: Iterable[list[ox.Triple]]) -> str:
    """The blocks as one Turtle document, a blank line between them, under a head with source and licence."""
    source = f"Unicode CLDR {get_cldr_version()}, © Unicode, Inc., Unicode License v3 (LICENSE.unicode)"
    head = [f"# {title}: names from the {source}.",
            "# Written by generate.py; do not edit: what is to differ goes into states.ttl.", "", f"@base <{ID}> ."]
    head += [f"@prefix {prefix}: <{iri}> ." for prefix, iri in PREFIXES.items()]
    bodies = []
    for block in blocks:
        text = ox.serialize(block, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES, base_iri=ID)
        lines = (text or b"").decode().replace("\t", "  ").splitlines()
        bodies.append("\n".join(line for line in lines if not line.startswith("@")))
    return "\n".join(head) + "\n\n" + "\n\n".join(bodies) + "\n"


def write(folder: Path) -> None:
    """Both files, into a folder."""
    raw = {tag: cldr(locale) for tag, locale in LOCALES.items()}
    listed = given(HERE / "states.ttl")
    places, moneys = ({tag: {code: tidy(name, tag) for code, name in raw[tag][key].items()} for tag in LOCALES}
                      for key in ("territories", "currencies"))
    for file, text in (("states-cldr.ttl", turtle("States", states(places, listed))),
                       ("currencies-cldr.ttl", turtle("Currencies", currencies(moneys, places, listed)))):
        (folder / file).write_text(text, encoding="utf-8", newline="\n")


def main(arguments: list[str]) -> None:
    """Print one locale as JSON (--locale TAG), or write the files."""
    if arguments[:1] == ["--locale"]:
        locale = Locale.parse(arguments[1])
        sys.stdout.write(json.dumps({"territories": dict(locale.territories), "currencies": dict(locale.currencies)}))
    else:
        write(Path(arguments[0]) if arguments else HERE)


if __name__ == "__main__":
    main(sys.argv[1:])
