"""Dates put together with what stands around them: parts of a year, "last year", months joined by a dash, bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from kg.article import Article
from kg.facts import When
from kg.lang import Pack
from kg.text.dates import Date, dates
from kg.text.numbers import ByKind
from kg.text.source import dateline_end
from kg.text.tokens import Token

_COMPARED = 5  # tokens between a date and the word that compares with it: "compared with the same period of 2023"


def dates_of(article: Article, words: Sequence[Token], tags: ByKind, pack: Pack) -> list[Date]:
    """The dates of a text; that of its opening ("CITY, 5 March 2024 - ") is the day of writing, from which "yesterday"
    is counted if no other is told.
    """
    begin, end = len(article.headline), dateline_end(article, words, tags)

    def found(published: date | None) -> list[Date]:
        items = periods(words, tags, dates(words, tags, pack, published), head=pack.head)
        opening = [item.i < end and words[item.i].start > begin for item in items]
        return [replace(item, role="dateline") if at else item for item, at in zip(items, opening, strict=True)]

    told = with_told_years(found(article.published))
    written = next((item.when for item in told if item.role == "dateline" and item.when), None)
    if article.published or written is None or written.earliest != written.latest:
        return told
    return with_told_years(found(written.earliest))


def periods(words: Sequence[Token], tags: ByKind, dates: Sequence[Date], *, head: str) -> list[Date]:
    """The dates and periods of a text, in order; ``head`` is where the head of a phrase stands (a pack's key)."""
    bounds = _bounds(tags, head)
    bounded = [_bound(bounds, _period(words, tags, item)) for item in dates]
    return _joined(words, tags, _with_deictic_year(bounded))


def _period(words: Sequence[Token], tags: ByKind, item: Date) -> Date:
    """A year with a half, a quarter or its first months beside it; months from one to another."""
    if item.when is None or item.when.end or len(item.when.start) != 4:
        return item
    span = _part_of_year(words, tags, item)
    if span is None:
        return item
    first, last, i, j = span
    year = item.when.start
    end = f"{year}-{last:02}"
    return replace(
        item, i=min(item.i, i), j=max(item.j, j), when=When(f"{year}-{first:02}", end) if last > first else When(end)
    )


def _part_of_year(words: Sequence[Token], tags: ByKind, item: Date) -> tuple[int, int, int, int] | None:
    """First and last month of the part of a year that is told beside it, and its tokens."""
    periods, ordinals, numbers = tags.get("period", {}), tags.get("ordinal", {}), tags.get("number", {})
    window = range(max(0, item.i - 7), min(len(words), item.j + 7))
    for at in window:
        tag = periods.get(at)
        if tag is None or tag.value not in ("half", "quarter", "month"):
            continue
        before = range(max(0, at - 4), at)
        count = next((int(words[k].text) for k in before if words[k].text.isdigit() and len(words[k].text) < 3), None)
        count = count or next(
            (int(numbers[k].value) for k in before if k in numbers and "." not in numbers[k].value), None
        )
        order = next((int(ordinals[k].value) for k in before if k in ordinals), None)
        first_at = next((k for k in before if k in periods and periods[k].value == "first"), None)
        start = min(
            (k for k in before if k in ordinals or k in numbers or words[k].text.isdigit() or k in periods), default=at
        )
        if tag.value == "month" and count and 1 < count < 12:
            return 1, count, start, tag.j
        if tag.value == "half":
            half = 2 if order == 2 else 1
            return 6 * half - 5, 6 * half, start, tag.j
        if tag.value == "quarter":
            quarter = order or count or (1 if first_at is not None else 0)
            if 0 < quarter < 5:
                return 3 * quarter - 2, 3 * quarter, start, tag.j
    return None


def _bounds(tags: ByKind, head: str) -> dict[int, str]:
    """What bounds the date that ends, or begins, at a token: the word stands after it where the head comes last."""
    found = [tag for tag in tags.get("bound", {}).values() if tag.value != "through"]
    return {(tag.i if head == "last" else -tag.j): tag.value for tag in found}


def _bound(bounds: Mapping[int, str], item: Date) -> Date:
    """Whether the date is told as the beginning or the end of a time, or to compare with; words may stand between."""
    for at in (item.j, item.j + 1, -item.i, 1 - item.i):
        if at in bounds:
            return replace(item, role=bounds[at])
    for gap in range(2, _COMPARED):  # "since taking office in 2018"
        if bounds.get(item.j + gap) == "than" or bounds.get(gap - item.i) in ("than", "since"):
            return replace(item, role=bounds.get(gap - item.i, "than"))
    return item


def _with_deictic_year(found: list[Date]) -> list[Date]:
    """A day and month beside "last year" have that year."""
    kept: list[Date] = []
    for item in found:
        last = kept[-1] if kept else None
        if last and last.when and item.when and item.i - last.j <= 1:
            year, day = (last, item) if item.yearless else (item, last)
            if day.yearless and year.deictic and year.when and day.when and len(year.when.start) == 4:
                ends = [f"{year.when.start}{end[4:]}" for end in (day.when.start, day.when.end) if end]
                kept[-1] = replace(day, i=last.i, j=item.j, when=When(*ends), ahead=None, yearless=False)
                continue
        kept.append(item)
    return kept


def with_told_years(found: Sequence[Date]) -> list[Date]:
    """A day and month without a year have the one year with which the text tells the same day elsewhere."""
    years: dict[str, set[str]] = {}
    for item in found:
        if item.when and not item.yearless and not item.deictic and item.when.to_day:
            years.setdefault(item.when.start[4:], set()).add(item.when.start[:4])
    return [_with_year(item, years) for item in found]


def _with_year(item: Date, years: Mapping[str, set[str]]) -> Date:
    told = years.get(item.when.start[4:], set()) if item.when and item.yearless else set()
    if item.when is None or len(told) != 1:
        return item
    year = next(iter(told))
    ends = [f"{year}{end[4:]}" for end in (item.when.start, item.when.end) if end]
    return replace(item, when=When(*ends), ahead=None, yearless=False)


def _joined(words: Sequence[Token], tags: ByKind, found: list[Date]) -> list[Date]:
    """Months joined by a dash ("January-July 2025") become one period, and so do days joined by "to"."""
    joined: list[Date] = []
    for item in found:
        last = joined[-1] if joined else None
        if (
            last
            and last.when
            and item.when
            and item.i - last.j == 1
            and words[last.j].fold == "-"
            and len(last.when.start) == len(item.when.start) == 7
            and not last.when.end
        ):
            start = f"{item.when.start[:4]}{last.when.start[4:]}"
            joined[-1] = replace(item, i=last.i, when=When(start, item.when.start))
        elif last and last.when and item.when and _is_span(words, tags, last, item):
            role = last.role if item.when.to_day else ""
            joined[-1] = replace(last, j=item.j, when=When(last.when.start, item.when.start), role=role)
        else:
            joined.append(item)
    return joined


def _is_span(words: Sequence[Token], tags: ByKind, one: Date, two: Date) -> bool:
    """Whether two days, months or years are the first and the last of a time: "from 29 August to 1 September"."""
    if one.when is None or two.when is None or two.i - one.j != 1 or one.when.end or two.when.end:
        return False
    tag = tags.get("bound", {}).get(one.j)
    through = words[one.j].fold == "-" or (tag is not None and tag.value in ("through", "until"))
    return through and len(one.when.start) == len(two.when.start) and one.when.start < two.when.start
