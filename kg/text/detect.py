"""Which language a text is in: letters that only some alphabets have, and words that only some languages have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

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
    scores = {language.tag: _score(counts, language) for language in languages}
    best = max(sorted(scores), key=lambda tag: scores[tag])
    return best if scores[best] >= _LEAST * counts.total() else None


def _score(counts: Counter[str], language: Signs) -> float:
    score = 0.0
    for word, times in counts.items():
        if not language.alphabet.issuperset(word):
            score -= times
        elif word in language.words:
            score += times
        elif not language.letters.isdisjoint(word):
            score += times / 2
    return score
