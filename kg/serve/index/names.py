"""Under which keys a name is found: as it is written, without its marks, and by how it sounds in Latin letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from kg import seeds
from kg.cache import kept
from kg.lang import files, load, tags
from kg.normal import fold
from kg.text import names as names_module
from kg.text.names import in_latin, skeleton

_WORD = re.compile(r"[^\W_]+")
SHORTEST = 2
"""Consonants that a key must have: one is in every other name."""

Keys = tuple[str, str]
"""The words of a name, and the consonants of each, both joined by spaces."""


def named(names: Iterable[tuple[str, str]]) -> Iterator[Keys]:
    """The keys of names with their languages, in their order; those of the reference data are kept."""
    tables = alphabets()
    every, letters = list(tables.values()), {tag: [table] for tag, table in tables.items()}

    def make(text: str, language: str) -> Keys:
        return " ".join(words(text)), " ".join(sorted(set().union(*keys(text, letters.get(language, every)))))

    def make_all() -> dict[tuple[str, str], Keys]:
        return {(name.text, name.language): make(name.text, name.language) for name in seeds.names()}

    sources = [*seeds.files(), *files().values(), Path(__file__), Path(names_module.__file__)]
    ready = kept("search", sources, make_all)
    for text, language in names:
        yield ready.get((text, language)) or make(text, language)


def words(text: str) -> list[str]:
    """The words of a name in lower case, without apostrophes and marks on letters.

    >>> words("Qasim-Jomart To‘qayev"), words("ШОҲРУХ Ёқубов")
    (['qasim', 'jomart', 'toqayev'], ['шоҳрух', 'еқубов'])
    """
    folded = fold(unicodedata.normalize("NFC", text)).replace("'", "")
    plain = "".join(char for char in unicodedata.normalize("NFD", folded) if not unicodedata.combining(char))
    return _WORD.findall(unicodedata.normalize("NFC", plain))


def keys(text: str, alphabets: Iterable[Mapping[str, str]]) -> list[set[str]]:
    """The consonants of each word in Latin letters, by each of some alphabets.

    >>> every = alphabets().values()
    >>> keys("Тоқаев", every)[0] & keys("Tokayev", every)[0] & keys("To‘qayev", every)[0]
    {'tkv'}
    """
    folded = fold(unicodedata.normalize("NFC", text)).replace("'", "")
    tables = [tuple(table.items()) for table in alphabets]
    found = [{_key(word, table) for table in tables if word.isalpha()} for word in _WORD.findall(folded)]
    return [{key for key in each if len(key) >= SHORTEST and key.isascii()} for each in found]


def alphabets() -> dict[str, dict[str, str]]:
    """The Latin letters for those of each language."""
    return {tag: dict(load(tag).romanise) for tag in tags()}


@lru_cache(maxsize=100_000)
def _key(word: str, table: tuple[tuple[str, str], ...]) -> str:
    return skeleton(in_latin(word, _translation(table)))


@cache
def _translation(table: tuple[tuple[str, str], ...]) -> dict[int, str]:
    return str.maketrans(dict(table))
