"""Syndicated copies: articles with nearly the same text, so that support can count independent sources.

Two articles are copies if three of four of their runs of three words are the same (Jaccard). They are found by bands
of MinHash, of which each article keeps ten in its graph: texts that share none are never compared.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kg.article import Article
from kg.normal import fold

LIKENESS = 0.75
_LEAST = 20  # runs; shorter texts are alike by chance
_BANDS, _ROWS = 10, 5  # meets 0.93 of the pairs alike to 0.75, 0.9998 at 0.9, but 0.02 at 0.3
_PRIME = (1 << 31) - 1
_WORD = re.compile(r"\w+")


def runs(text: str) -> frozenset[str]:
    """The runs of three words in a text, folded: a text in which every tenth word is another has other runs.

    >>> sorted(runs("Talks were held. Talks, again"))
    ['held talks again', 'talks were held', 'were held talks']
    """
    words = _WORD.findall(fold(text))
    return frozenset(map(" ".join, zip(words, words[1:], words[2:], strict=False)))


def likeness(a: frozenset[str], b: frozenset[str]) -> float:
    """The share of runs that two texts have in common, from 0 to 1."""
    return len(a & b) / max(1, len(a | b))


def fingerprints(article: Article) -> tuple[str, ...]:
    """The bands of the text's MinHash; none for a text that is too short to be told from others."""
    found = runs(article.text)
    if len(found) < _LEAST:
        return ()
    hashes = np.fromiter((_number(run) for run in found), dtype=np.int64, count=len(found))
    factors, shifts = _permutations()
    # Products stay below 2**62; a permutation modulo a prime below 2**31, as MinHash is usually made.
    least = ((hashes[:, None] * factors + shifts) % _PRIME).min(axis=0).reshape(_BANDS, _ROWS)
    digests = (hashlib.sha256(row.astype("<i8").tobytes()).hexdigest() for row in least)
    return tuple(f"{band}-{digest[:12]}" for band, digest in enumerate(digests))


def _number(run: str) -> int:
    return zlib.crc32(run.encode()) % _PRIME


@cache
def _permutations() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Factors and shifts, from a hash and not a generator of random numbers, whose stream a library may change."""
    numbers = [_number(f"permutation {n}") for n in range(2 * _BANDS * _ROWS)]
    return np.array(numbers[::2]) | 1, np.array(numbers[1::2])
