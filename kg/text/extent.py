"""How far a name can reach: back to where it may begin, and on to what is not free for it."""

from __future__ import annotations

from collections.abc import Collection, Container, Sequence

from kg.text.tokens import Token

_LONGEST = 9  # tokens of a name before a title: Sabah Al Ahmad Al Jaber Al Sabah
_FURTHEST = 10  # tokens that are looked at after one


def opening(
    words: Sequence[Token], end: int, blocked: Container[int], starts: Container[int], stop: Container[str]
) -> int | None:
    """Where a name that ends before a token may begin: in its line, with capitals, hyphens and initials; or None.

    ``stop``: words, folded, that are part of no name.
    """
    start = end - 1
    while (
        start > 0
        and end - start < _LONGEST
        and start not in starts
        and (words[start - 1].capital or _is_inside(words, start - 1))
        and start - 1 not in blocked
        and words[start - 1].fold not in stop
    ):
        start -= 1
    return start if words[start].capital and start not in blocked else None


def _is_inside(words: Sequence[Token], at: int) -> bool:
    """Whether a hyphen, or the full stop after an initial, stands inside a name."""
    mark = words[at].text
    return mark == "-" or (mark == "." and at > 0 and len(words[at - 1].text) == 1)


def free_until(
    words: Sequence[Token], i: int, blocked: Container[int], taken: Container[int], particles: Collection[str]
) -> int:
    """The first token from ``i`` on that something else has; a state's name after a particle is free ("Al Saud")."""
    j = i
    while j < min(len(words), i + _FURTHEST) and j not in taken:
        if j in blocked and not (j > i and words[j].capital and words[j - 1].fold in particles):
            break
        j += 1
    return j
