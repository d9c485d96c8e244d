"""Tokens, sentences and quotations, with their offsets."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Protocol

from kg.normal import fold, unmix

_APOSTROPHE = "'’‘ʻʼ`´ʹ′"
_LETTERS = r"[^\W\d_][A-Za-zÀ-ÖØ-öø-ʯЀ-ҁҊ-ԯ]*+[^\W\d_]*+"  # any letters; those of our scripts are passed over faster
_TOKEN = re.compile(
    rf"({_LETTERS}(?:[{_APOSTROPHE}]{_LETTERS})*+(?:(?<=[oOgG])[{_APOSTROPHE}](?!\w))?"  # a word, with o‘ and g‘
    r"|\d+(?:[.,]\d+)*"  # a number
    r"|[^\w\s]|_)"
)
_TERMINAL = frozenset(".!?…")
_CLOSING = frozenset('»”")’]')
_FINAL = _TERMINAL | _CLOSING
_SPOKEN_REACH = 4  # tokens between the closing dash and the word of saying
_WRAP_WIDTHS = (50, 110)


@dataclass(slots=True)
class Token:
    """A word, number or mark; ``fold`` is how it is compared, ``capital`` whether it begins with a capital letter."""

    text: str
    fold: str
    capital: bool
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The tokens of a text, in order.

    >>> [token.text for token in tokens("To‘qayevning 2,5 mlrd. (AQSH)")]
    ['To‘qayevning', '2,5', 'mlrd', '.', '(', 'AQSH', ')']
    """
    pieces = _TOKEN.split(text)  # what stands between tokens, a token, and so on by turns
    words = pieces[1::2]
    ends = list(accumulate(map(len, pieces)))
    return list(map(Token, words, map(folded, words), map(_is_capital, words), ends[::2], ends[1::2]))


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """A word as it is compared: one script, folded."""
    return fold(unmix(word))


@lru_cache(maxsize=100_000)
def _is_capital(word: str) -> bool:
    return word[0].isupper()


def sentences(text: str, words: Sequence[Token], abbreviations: frozenset[str]) -> list[tuple[int, int]]:
    """Sentences as ranges of tokens. A line break ends one, unless the text is broken into lines of equal width."""
    wrapped = _is_wrapped(text)
    ranges: list[tuple[int, int]] = []
    first = 0
    for index, (before, token) in enumerate(pairwise(words), 1):
        gap = text[before.end : token.start]
        marked = before.text in _FINAL
        if not gap or (gap == " " and not marked):
            continue
        if "\n" in gap:
            ends = not wrapped or gap.count("\n") > 1 or marked
            ends = ends or first == 0 == len(ranges)  # the headline
        else:
            ends = marked and _ends(words, index, abbreviations)
        if ends:
            ranges.append((first, index))
            first = index
    if words:
        ranges.append((first, len(words)))
    return ranges


def _is_wrapped(text: str) -> bool:
    lines = [len(line) for line in text.split("\n")[1:] if line.strip()]
    low, high = _WRAP_WIDTHS
    return len(lines) > 3 and sum(low <= size <= high for size in lines) > 0.7 * len(lines)


def _ends(words: Sequence[Token], index: int, abbreviations: frozenset[str]) -> bool:
    """Whether a sentence ends between two tokens that white space parts."""
    mark = index - 1
    while mark > 0 and words[mark].text in _CLOSING and words[mark].start == words[mark - 1].end:
        mark -= 1
    if words[mark].text not in _TERMINAL:
        return False
    following = words[index].text
    if not (following[0].isupper() or following[0].isdigit() or not following[0].isalnum()):
        return False
    if words[mark].text == "." and mark > 0:
        last = words[mark - 1]
        if last.fold in abbreviations or (len(last.text) == 1 and last.capital):
            return False
        if last.text.isdigit() and len(last.text) < 3 and not following[0].isupper():
            return False
    return following not in "-–—"


def quotations(words: Sequence[Token], marks: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """What stands between quotation marks, as ranges of tokens without the marks; the outermost pair counts.

    Straight marks open and close by turns within a paragraph. A mark that is never closed opens nothing.

    >>> quotations(tokens('«a «b» c», – d.'), [("«", "»")])
    [(1, 6)]
    >>> quotations(tokens('"a "b c", – d.'), [('"', '"')])
    [(1, 5)]
    """
    closers: dict[str, set[str]] = {}
    for opening, closing in marks:
        closers.setdefault(opening, set()).add(closing)
    found = []
    index = 0
    while index < len(words):
        if words[index].text in closers and (end := _closing(words, index, closers)) is not None:
            found.append((index + 1, end))
            index = end
        index += 1
    return found


def _closing(words: Sequence[Token], start: int, closers: dict[str, set[str]]) -> int | None:
    opening = words[start].text
    depth = 1
    for index in range(start + 1, min(len(words), start + 600)):
        text = words[index].text
        if text in closers[opening] and not (text == opening and _opens(words, index)):
            depth -= 1
            if depth == 0 or _goes_on(words, index):
                return index
        elif text == opening:
            depth += 1
    return None


def _opens(words: Sequence[Token], at: int) -> bool:
    """Whether a straight mark stands as an opening one does: after a space, right before a word."""
    return (
        at + 1 < len(words)
        and words[at - 1].end < words[at].start
        and words[at].end == words[at + 1].start
        and words[at + 1].text[0].isalnum()
    )


def _goes_on(words: Sequence[Token], at: int) -> bool:
    """Whether the sentence goes on outside all quotations after a mark that closes two of them: "a "b", - he said."""
    return at + 2 < len(words) and words[at + 1].text == "," and words[at + 2].text in "-–—"


def spoken_lines(text: str, words: Sequence[Token], speech: Container[int]) -> list[tuple[int, int]]:
    r"""Lines that open with a dash and close with another before a word of saying: – …, – said N.

    >>> spoken_lines("x\n– a b, – said N.", tokens("x\n– a b, – said N."), {6})
    [(2, 4)]
    """
    found = []
    for i in range(1, len(words) - 1):
        opens = words[i].fold == "-" and "\n" in text[words[i - 1].end : words[i].start]
        if opens and (end := _spoken_end(text, words, i + 1, speech)) is not None:
            found.append((i + 1, end))
    return found


def _spoken_end(text: str, words: Sequence[Token], start: int, speech: Container[int]) -> int | None:
    for j in range(start + 1, len(words) - 1):
        if "\n" in text[words[j - 1].end : words[j].start]:
            return None
        said = any(k in speech for k in range(j + 2, min(j + 2 + _SPOKEN_REACH, len(words))))
        if words[j].text in ",.!?…" and words[j + 1].fold == "-" and said:
            return j
    return None


class Stretch(Protocol):
    """Some tokens one after another: from ``i`` up to, without it, ``j``."""

    @property
    def i(self) -> int: ...
    @property
    def j(self) -> int: ...


def gap(one: Stretch, two: Stretch) -> int:
    """How many tokens stand between two stretches, whichever comes first; below zero where they share some."""
    return max(one.i - two.j, two.i - one.j)


def line_starts(text: str, words: Sequence[Token]) -> list[int]:
    """The tokens with which the lines of a text begin."""
    breaks = (found.start() for found in re.finditer("\n", text))
    starts = {bisect_left(words, at, key=lambda token: token.start) for at in breaks}
    return sorted({0, *starts} - {len(words)}) if words else []
