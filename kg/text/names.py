"""Names of persons: how they look, how they are written in Latin letters, and which spellings are one name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from kg.lang import Pack, Paradigm
from kg.normal import fold
from kg.text.tokens import Token

_LONGEST = 4
_OWNED = frozenset({"P1", "P2"})  # "our" and "your" in an ending: no name has them
_LONG_ENDING, _LONG_STEM = 3, 5  # letters: "Мартин" and "Фридмен" keep theirs, "Болуартемен" does not
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
_INITIALS = re.compile(r"(^|[\s-])(\w)")
_VOWELS = frozenset("aeiouyıəäöüāēīōū")


def run(words: Sequence[Token], i: int, end: int, pack: Pack) -> int:
    """Where a name that begins at token ``i`` ends: capitalised words, hyphens, initials, particles; ``i`` if none.

    >>> from kg.lang import load
    >>> from kg.text.tokens import tokens
    >>> run(tokens("Қасим-Жомарт Тоқаев Бишкекда"), 0, 9, load("uz-cyrl"))
    4
    """
    j, count = i, 0
    while j < end and count < _LONGEST:
        token = words[j]
        if not token.text[0].isalpha() or token.fold in pack.names.stop:
            break
        if not token.capital:
            if count and token.fold in pack.particles and j + 1 < end and words[j + 1].capital:
                j += 1
                continue
            if token.fold in pack.particles and j + 2 < end and words[j + 1].text == "-" and words[j + 2].capital:
                j += 3  # al-Name
                count += 1
                continue
            break
        if count > 1 and _is_surname(words[j - 1], pack) and not _goes_on(token, pack):
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


def has_more(words: Sequence[Token], i: int, pack: Pack) -> bool:
    """Whether a name that begins at token ``i`` can have more than this one word: a quick look at the next token."""
    following = words[i + 1] if i + 1 < len(words) else None
    return following is not None and (
        following.capital or following.text in "-." or following.fold in pack.particles
    )


def _is_surname(token: Token, pack: Pack) -> bool:
    return token.fold.endswith(pack.names.surname_endings)


def _goes_on(token: Token, pack: Pack) -> bool:
    """Whether a name goes on after what looks like a family name: a patronymic; where the head comes last, whatever
    is not in the case of place.
    """
    if pack.head != "last" or token.fold.endswith(pack.names.patronymic_endings):
        return token.fold.endswith(pack.names.patronymic_endings)
    nouns = [paradigm for paradigm in pack.paradigms if paradigm.pos == "noun"]
    return not any("LOC" in feats for _, feats in bare(token.text, nouns))


def may_begin(words: Sequence[Token], i: int) -> bool:
    """Whether a capitalised word is followed by another at once.

    >>> from kg.text.tokens import tokens
    >>> may_begin(tokens("Santiago Peña"), 0), may_begin(tokens("Santiago, Chile"), 0)
    (True, False)
    """
    return i + 1 < len(words) and words[i].capital and words[i + 1].capital


def past_abbreviations(words: Sequence[Token], i: int, j: int) -> int:
    """Where a name begins after the abbreviation of an office's ministry or body: "the head of the NBK Adil Nuri"."""
    while j - i > 1 and len(words[i].text) > 1 and words[i].text.isupper() and not words[i + 1].text.isupper():
        i += 1
    return i


def likeliest(options: Sequence[tuple[str, frozenset[str]]], pack: Pack) -> tuple[str, frozenset[str]]:
    """Of the forms that ``bare`` gives, the likeliest family name: without a long ending of the genitive or the
    instrumental, else as family names end, else as printed.
    """
    word = options[0][0]
    for form, feats in options[1:]:
        ending = word[len(form) :]
        doubled = form[-1:] == ending[:1]
        if len(ending) >= _LONG_ENDING and len(form) >= _LONG_STEM and not doubled and feats & {"GEN", "INS"}:
            return form, feats
    for form, feats in options:
        if fold(form).endswith(pack.names.surname_endings):
            return form, feats
    return options[0]


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
            if feats and not feats & _OWNED and (size < len(word) or paradigm.lemma):
                found.append((word[:size] + paradigm.lemma, feats))
    return found


def dictionary_form(
    words: Sequence[Token], surname: str, feats: frozenset[str], declined: Sequence[Paradigm]
) -> str:
    """A name as printed, with another form of its family name; where given names are declined, they agree with it."""
    parts = [words[0].text]
    for one, two in pairwise(words):
        parts.append((" " if two.start > one.end else "") + two.text)
    given = "".join(parts)[: -len(words[-1].text)]
    if feats and declined and given.strip():
        given = " ".join(_agreeing(word, feats, declined) for word in given.split()) + " "
    return given + surname


def _agreeing(word: str, feats: frozenset[str], declined: Sequence[Paradigm]) -> str:
    return next((form for form, own in reversed(bare(word, declined)[1:]) if own & feats), word)  # the longest ending


def romanised(text: str, pack: Pack) -> str:
    """A name in Latin letters, by the pack's table, each word capitalised.

    >>> from kg.lang import load
    >>> romanised("Жээнбек Кулубаев", load("uz-cyrl"))
    'Jeenbek Kulubaev'
    """
    return in_latin(text, pack.latin)


def in_latin(text: str, letters: Mapping[int, str]) -> str:
    """A name in Latin letters by a table of letters, as ``str.translate`` takes it; see ``romanised``."""
    latin = text.lower().translate(letters)
    return _INITIALS.sub(lambda match: match[1] + match[2].upper(), _QUOTES.sub("", _without_accents(latin)))


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


@lru_cache(maxsize=10_000)
def slug(name: str) -> str:
    """A name as part of an IRI.

    >>> slug("Kassym-Jomart Tokayev")
    'kassym-jomart-tokayev'
    """
    plain = _without_accents(name.lower())
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "").replace("ı", "i")).strip("-")


@lru_cache(maxsize=10_000)
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


def is_namesake(words: Sequence[Token], i: int, pack: Pack, name: str) -> bool:
    """Whether a family name follows a given name that is not this person's: "By Kamila Aliyeva" is no Ilham Aliyev.

    A word that begins a sentence, or is in capitals, is no given name for sure.
    """
    if i < 2 or not words[i - 1].capital or len(words[i - 1].text) < 3 or words[i - 1].fold in pack.names.stop:
        return False
    if not words[i - 2].text[0].isalnum() or words[i - 1].text.isupper() or words[i - 1].end + 1 != words[i].start:
        return False
    given = skeleton(romanised(words[i - 1].text, pack))
    return bool(given) and all(skeleton(part)[:1] != given[:1] for part in name.lower().replace("-", " ").split()[:-1])
