"""Which language a text is in: letters that only some alphabets have, and words that only some languages have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kg.lang import Pack
from kg.text.tokens import Token

_SAMPLE = 600
_LEAST = 0.02  # share of telling tokens below which no language is recognised


def detect(words: Sequence[Token], packs: Sequence[Pack]) -> str | None:
    """The tag of the pack that fits best, or None where none fits.

    A function word counts 1 for each pack that has it; a token with a letter of a pack's own counts 0.5, one with a
    letter outside the pack's alphabet -1.

    >>> from kg.lang import load
    >>> from kg.text.tokens import tokens
    >>> detect(tokens("Қозоғистон ва Қирғизистон ўртасида"), [load("uz-cyrl")])
    'uz-cyrl'
    """
    sample = [token.fold for token in words[:_SAMPLE] if token.text[0].isalpha()]
    if not sample:
        return None
    scores = {pack.tag: _score(sample, pack) for pack in packs}
    best = max(sorted(scores), key=lambda tag: scores[tag])
    return best if scores[best] >= _LEAST * len(sample) else None


def _score(sample: Sequence[str], pack: Pack) -> float:
    words = frozenset(pack.words)
    letters, alphabet = frozenset(pack.letters), frozenset(pack.alphabet + "'")
    counts = Counter(sample)
    score = 0.0
    for word, times in counts.items():
        if not alphabet.issuperset(word):
            score -= times
        elif word in words:
            score += times
        elif not letters.isdisjoint(word):
            score += times / 2
    return score
