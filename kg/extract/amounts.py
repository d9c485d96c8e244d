"""What is told around a sum: how exact it is, between which bounds, and of what time."""

from __future__ import annotations

from decimal import Decimal

from kg.facts import When
from kg.text.doc import Doc, Sentence
from kg.text.numbers import Money

_TENTH = Decimal("0.1")


def qualifier_of(doc: Doc, sentence: Sentence, sum_: Money) -> str:
    """How exact a sum is: approx, at_least, at_most or exact."""
    if sum_.high > sum_.amount:
        return "approx"  # a range
    bounds = {item.j for item in doc.dates_in(sentence)}
    for tag in doc.of_kind("qualifier", sentence):
        if tag.i in bounds and tag.i in doc.tags.get("bound", {}):
            continue  # "until 2030" bounds the date
        beside = 0 <= sum_.i - tag.j <= 2 and not any(doc.words[at].text == "," for at in range(tag.j, sum_.i))
        if beside or sum_.i < tag.i <= sum_.j + 1:
            return tag.value
    return "at_most" if sum_.role == "UNTIL" else "exact"


def bounds(sum_: Money, qualifier: str) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most that a sum can be; None where it is open."""
    if sum_.high > sum_.amount:
        return sum_.amount, sum_.high
    if qualifier == "approx":
        return sum_.amount * (1 - _TENTH), sum_.amount * (1 + _TENTH)
    low = None if qualifier == "at_most" else sum_.amount
    return low, None if qualifier == "at_least" else sum_.amount


def period(doc: Doc, sentence: Sentence, sum_: Money, *, target: bool) -> When | None:
    """The year or part of a year told before the sum, else after it in its clause; a target has none of the past, what
    is has none to come.
    """
    year = doc.article.published.year if doc.article.published else None
    dates = [
        item
        for item in doc.dates_in(sentence)
        if item.when
        and not item.when.to_day
        and item.role not in ("since", "than")
        and (year is None or (item.when.earliest.year >= year if target else item.when.earliest.year <= year))
    ]
    last = max((other.j for other in doc.sums if sentence.i <= other.i < sum_.i), default=sentence.i)
    between = [item for item in dates if last <= item.i < sum_.i]
    after = [item for item in dates if item.i >= sum_.j and not _pause(doc, sum_.j, item.i)]
    before = [item for item in dates if item.i < sum_.i]
    chosen = between[-1:] or after[:1] or before[-1:]
    return chosen[0].when if chosen else None


def _pause(doc: Doc, i: int, j: int) -> bool:
    return any(doc.words[at].text in ",;:" for at in range(i, j))
