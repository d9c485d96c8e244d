"""Under which keys a name is found: as it is written, without its marks, and by how it sounds in Latin letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from kg.lang import load, tags
from kg.normal import fold
from kg.text.names import in_latin, skeleton

_WORD = re.compile(r"[^\W_]+")
SHORTEST = 2
"""Consonants that a key must have: one is in every other name."""


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
    return skeleton(in_latin(word, dict(table)))
