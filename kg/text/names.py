"""Names of persons: how they look, how they are written in Latin letters, and which spellings are one name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from kg.lang import Pack, Paradigm
from kg.normal import fold
from kg.text.tokens import Token

_LONGEST = 4
_DIGRAPHS = (
    ("dzh", "j"),
    ("sch", "w"),
    ("shch", "w"),
    ("zh", "j"),
    ("dj", "j"),
    ("sh", "w"),
    ("ch", "4"),
    ("kh", "h"),
    ("gh", "g"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("ts", "z"),
    ("dz", "z"),
    ("w", "v"),
    ("x", "ks"),
)
_CLASSES = str.maketrans({"q": "k", "c": "k", "ç": "4", "ş": "w", "š": "w", "ž": "j", "č": "4", "ğ": "g"})
_QUOTES = re.compile("['’‘ʻʼ`´ʹ′]")
_VOWELS = frozenset("aeiouyıəäöüāēīōū")


def run(words: Sequence[Token], i: int, end: int, pack: Pack) -> int:
    """Where a name that begins at token ``i`` ends: capitalised words, hyphens, initials, particles; ``i`` if none.

    >>> from kg.lang import load
    >>> from kg.text.tokens import tokens
    >>> run(tokens("Қасим-Жомарт Тоқаев Бишкекда"), 0, 9, load("uz-cyrl"))
    4
    """
    particles = set(pack.lexicon["name_part"].get("particle", ()))
    j, count = i, 0
    while j < end and count < _LONGEST:
        token = words[j]
        if not token.text[0].isalpha() or token.fold in pack.names.stop:
            break
        if not token.capital:
            if count and token.fold + "=" in particles and j + 1 < end and words[j + 1].capital:
                j += 1
                continue
            if token.fold + "=" in particles and j + 2 < end and words[j + 1].text == "-" and words[j + 2].capital:
                j += 3  # al-Name
                count += 1
                continue
            break
        if count > 1 and _is_surname(words[j - 1], pack) and not _is_patronymic(token, pack):
            break
        j += 1
        count += 1
        if len(token.text) == 1 and j < end and words[j].text == ".":
            j += 1
            continue
        while (
            j + 1 < end
            and words[j].text == "-"
            and words[j].start == words[j - 1].end == words[j + 1].start - 1
            and (words[j + 1].text[0].isalpha())
        ):
            j += 2
    return j


def _is_surname(token: Token, pack: Pack) -> bool:
    return token.fold.endswith(pack.names.surname_endings)


def _is_patronymic(token: Token, pack: Pack) -> bool:
    return token.fold.endswith(pack.names.patronymic_endings)


def bare(word: str, paradigms: Sequence[Paradigm], least: int = 3) -> list[tuple[str, frozenset[str]]]:
    """A name as printed, then each dictionary form that it can have, with what the ending means, shortest ending first.

    >>> from kg.lang import load
    >>> [form for form, _ in bare("Тоқаевга", [p for p in load("uz-cyrl").paradigms if p.pos == "noun"])]
    ['Тоқаевга', 'Тоқаев']
    """
    folded = fold(word)
    found = [(word, frozenset[str]())]
    for size in range(len(word), least - 1, -1):
        for paradigm in paradigms:
            feats = paradigm.endings.get(folded[size:])
            if feats and (size < len(word) or paradigm.lemma):
                found.append((word[:size] + paradigm.lemma, feats))
    return found


def romanised(text: str, pack: Pack) -> str:
    """A name in Latin letters, by the pack's table, each word capitalised.

    >>> from kg.lang import load
    >>> romanised("Жээнбек Кулубаев", load("uz-cyrl"))
    'Jeenbek Kulubaev'
    """
    return in_latin(text, pack.romanise)


def in_latin(text: str, letters: Mapping[str, str]) -> str:
    """A name in Latin letters by a table of letters; see ``romanised``."""
    latin = "".join(letters.get(char, char) for char in text.lower())
    plain = "".join(char for char in unicodedata.normalize("NFD", latin) if not unicodedata.combining(char))
    return re.sub(r"(^|[\s-])(\w)", lambda match: match[1] + match[2].upper(), _QUOTES.sub("", plain))


def slug(name: str) -> str:
    """A name as part of an IRI.

    >>> slug("Kassym-Jomart Tokayev")
    'kassym-jomart-tokayev'
    """
    plain = "".join(char for char in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "").replace("ı", "i")).strip("-")


def skeleton(name: str) -> str:
    """The consonants of a romanised word by class: a key under which spellings of one name meet, not a proof.

    >>> skeleton("Tokayev") == skeleton("Toqaev"), skeleton("Zhaparov") == skeleton("Japarov"), skeleton("Erdogan")
    (True, True, 'ardgn')
    """
    word = name.lower()
    for digraph, sign in _DIGRAPHS:
        word = word.replace(digraph, sign)
    out: list[str] = []
    for char in word.translate(_CLASSES):
        if char in _VOWELS:
            if not out:
                out.append("a")
        elif char.isalnum() and (not out or out[-1] != char):
            out.append(char)
    return "".join(out)
