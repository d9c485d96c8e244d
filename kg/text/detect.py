"""Which language a text is in: letters that only some alphabets have, and words that only some languages have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from kg.lang import Signs
from kg.text.tokens import Token

_SAMPLE = 250
_LEAST = 0.02  # share of telling tokens below which no language is recognised


def detect(words: Sequence[Token], languages: Sequence[Signs]) -> str | None:
    """The tag of the language that fits best, or None where none fits.

    A function word counts 1 for each language that has it; a token with a letter of a language's own counts 0.5, one
    with a letter outside its alphabet -1.

    >>> from kg.lang import signs
    >>> from kg.text.tokens import tokens
    >>> detect(tokens("Қозоғистон ва Қирғизистон ўртасида"), signs())
    'uz-cyrl'
    """
    counts = Counter(token.fold for token in words[:_SAMPLE] if token.text[0].isalpha())
    if not counts:
        return None
    alike: Counter[tuple[float, ...]] = Counter()  # many words speak for the same languages
    for word, times in counts.items():
        alike[_points(word, tuple(languages))] += times
    scores = [sum(points[k] * times for points, times in alike.items()) for k in range(len(languages))]
    best = min(range(len(languages)), key=lambda k: (-scores[k], languages[k].tag))
    return languages[best].tag if scores[best] >= _LEAST * counts.total() else None


@lru_cache(maxsize=100_000)
def _points(word: str, languages: tuple[Signs, ...]) -> tuple[float, ...]:
    """What a word says for or against each language."""
    return tuple(_point(word, language) for language in languages)


def _point(word: str, language: Signs) -> float:
    if not language.alphabet.issuperset(word):
        return -1
    if word in language.words:
        return 1
    return 0 if language.letters.isdisjoint(word) else 0.5
