"""Inflected words read back to the words that a pack or the reference data knows: known stem + known ending."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.lang import Pack, Paradigm
from kg.normal import fold
from kg.text.names import bare

Feats = frozenset[str]
NONE: Feats = frozenset()
TENSES: Feats = frozenset({"PAST", "PRES", "FUT"})
"""What a verb has that tells when something happens; a participle, an infinitive or a noun has none."""
_CACHE_SIZE = 100_000
_LEAST_STEM = 2


class Forms:
    """The known words of one language. A word is written as in a pack: README of kg/lang, "How a word is written"."""

    def __init__(self, pack: Pack) -> None:
        self._paradigms: dict[str, list[Paradigm]] = {}
        for paradigm in pack.paradigms:
            self._paradigms.setdefault(paradigm.pos, []).append(paradigm)
        self._alternations = pack.alternations
        self._spellings = pack.spellings
        self._exact: dict[str, list[tuple[str, Feats]]] = {}
        self._stems: dict[str, list[tuple[str, Mapping[str, Feats]]]] = {}
        self._known: dict[str, str] = {}
        self._cache: dict[str, tuple[tuple[str, Feats], ...]] = {}
        self._bare: dict[str, list[tuple[str, Feats]]] = {}
        self._longest = max((len(e) for p in pack.paradigms for e in p.endings), default=0)
        self.name_paradigms = self._paradigms.get("name") or [
            paradigm for paradigm in self._paradigms.get("noun", []) if not paradigm.lemma
        ]

    def add(self, written: str) -> str:
        """Make a word known; what comes back is the key that ``readings`` gives for all its forms."""
        if (key := self._known.get(written)) is not None:
            return key
        stem, mark, feats = written.partition("=")
        word = fold(stem)
        key = self._keep(word, mark, feats)
        for usual, other in self._spellings.items():
            if usual in word:
                self._keep(word.replace(usual, other), mark, feats, key)
        self._known[written] = key
        self._cache.clear()
        return key

    def _keep(self, word: str, mark: str, feats: str, known: str = "") -> str:
        """Keep all forms of a word under its key, or under that of the word of which it is another spelling."""
        if mark:
            key = known or f"={word}={feats}"  # what one phrase tells of a form is not what it means in another
            self._exact.setdefault(word, []).append((key, frozenset(feats.split())))
        elif word.endswith("~"):
            key = known or word
            self._inflect(word[:-1], key, self._paradigms.get("verb", []))
        else:
            key = known or word
            self._inflect(word, key, self._paradigms.get("noun", []))
        return key

    def _inflect(self, word: str, key: str, paradigms: Iterable[Paradigm]) -> None:
        """Every paradigm with the longest fitting dictionary ending applies; without one the word has one form."""
        size = next((len(p.lemma) for p in paradigms if word.endswith(p.lemma)), None)
        if size is None or len(word) < _LEAST_STEM or not word[-1:].isalpha():
            self._exact.setdefault(word, []).append((key, NONE))
            return
        for paradigm in paradigms:
            if len(paradigm.lemma) == size and word.endswith(paradigm.lemma):
                stem = word[: len(word) - size]
                if len(stem) < _LEAST_STEM:  # an irregular word, written out
                    for ending, feats in paradigm.endings.items():
                        self._exact.setdefault(stem + ending, []).append((key, feats))
                    continue
                self._stems.setdefault(stem, []).append((key, paradigm.endings))
                if size == 0 and stem[-1] in self._alternations:
                    self._stems.setdefault(stem[:-1] + self._alternations[stem[-1]], []).append(
                        (key, _after_vowel(paradigm.endings))
                    )

    def readings(self, word: str) -> tuple[tuple[str, Feats], ...]:
        """Each known word that a folded token can be a form of, with the features of its ending."""
        found = self._cache.get(word)
        if found is None:
            if len(self._cache) > _CACHE_SIZE:
                self._cache.clear()
            found = self._cache[word] = tuple(self._read(word))
        return found

    def bare(self, word: str) -> list[tuple[str, Feats]]:
        """A name as printed, then each dictionary form that it can have, as ``names.bare`` finds them; kept."""
        found = self._bare.get(word)
        if found is None:
            if len(self._bare) > _CACHE_SIZE:
                self._bare.clear()
            found = self._bare[word] = bare(word, self.name_paradigms)
        return found

    def _read(self, word: str) -> Iterable[tuple[str, Feats]]:
        yield from self._exact.get(word, ())
        for size in range(len(word), max(_LEAST_STEM, len(word) - self._longest) - 1, -1):
            for key, endings in self._stems.get(word[:size], ()):
                feats = endings.get(word[size:])
                if feats is not None:
                    yield key, feats


_VOWELS = frozenset("аеёиоуўэюяыіөүұәaeiou")
_vowel_endings: dict[int, dict[str, Feats]] = {}


def _after_vowel(endings: Mapping[str, Feats]) -> Mapping[str, Feats]:
    found = _vowel_endings.get(id(endings))
    if found is None:
        found = {ending: feats for ending, feats in endings.items() if ending and ending[0] in _VOWELS}
        _vowel_endings[id(endings)] = found
    return found
