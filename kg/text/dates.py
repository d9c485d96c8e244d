"""Dates and periods, with the precision that the text has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from kg.facts import When
from kg.lang import Pack
from kg.text.numbers import ByKind
from kg.text.tags import Tag
from kg.text.tokens import Token

_YEARS = range(1900, 2101)
_REACH = 3  # tokens between the parts of one date
_CLAUSE = 20  # tokens that a comma is worth when the nearest date is sought


_Span = TypeVar("_Span", "Date", Tag)


@dataclass(frozen=True, slots=True)
class Date:
    """Tokens ``i`` to ``j`` that are a date or period. ``when`` is None where the text leaves it open ("this week").

    ``ahead`` is what a weekday, or a day without a year, means when the event is still to come.
    role: since, until, by, between, than, dateline or "".
    """

    i: int
    j: int
    when: When | None
    ahead: When | None = None
    role: str = ""
    deictic: bool = False
    yearless: bool = False

    def when_(self, status: str) -> When | None:
        """What it means for an event that was held, or is planned; the day of writing is no day to come."""
        if self.role == "dateline" and status == "planned":
            return None
        return self.ahead if status == "planned" and self.ahead else self.when


def dates(words: Sequence[Token], tags: ByKind, pack: Pack, published: date | None) -> list[Date]:
    """The dates of a text one by one; those without a year get the year that the publication date makes clear."""
    inside = {word: "IN" in roles.values() for word, roles in pack.before.items() if {"IN", "GEN"} & {*roles.values()}}
    found: list[Date] = []
    reached = 0
    for i in _openings(words, tags):
        if i < reached or (pack.head == "last" and i in tags.get("weekday", {}) and _is_name(words, i)):
            continue
        item = (
            _numeric(words, i)
            or _named(words, tags, i, published)
            or _deictic(tags, i, published)
            or _year(words, tags, i, inside)
        )
        if item is not None:
            found.append(item)
            reached = item.j
    return found


def nearest(items: Iterable[_Span], words: Sequence[Token], tag: Tag, pack: Pack | None) -> _Span | None:
    """Which date or place belongs to a word: the nearest; where commas set none off, one with no comma between."""
    apart = _CLAUSE if pack is not None and pack.head == "last" else 0

    def gap(item: _Span) -> int:
        between = range(min(item.j, tag.j), max(item.i, tag.i))
        return len(between) + apart * any(words[at].text in ",;" for at in between)

    return min(items, key=gap, default=None)


def _is_name(words: Sequence[Token], i: int) -> bool:
    """Whether a weekday is a name after another: "Muhammad Juma"."""
    return i > 0 and words[i].capital and words[i - 1].capital and words[i - 1].text.isalpha()


def _openings(words: Sequence[Token], tags: ByKind) -> list[int]:
    """The tokens that a date can begin with: digits, months, weekdays, "today"."""
    opened = {at for kind in ("month", "weekday", "deixis") for at in tags.get(kind, ())}
    return [i for i, token in enumerate(words) if i in opened or token.text[0].isdigit()]


def _numeric(words: Sequence[Token], i: int) -> Date | None:
    """22.08.2025 and 2025-08-22."""
    text = words[i].text
    parts = text.split(".")
    if len(parts) == 3 and all(part.isdigit() for part in parts):
        return _valid(i, i + 1, int(parts[2]), int(parts[1]), int(parts[0]))
    if len(text) == 4 and text.isdigit() and i + 4 < len(words) and words[i + 1].text == words[i + 3].text == "-":
        month, day = words[i + 2].text, words[i + 4].text
        if month.isdigit() and day.isdigit() and words[i + 4].end - words[i].start == 10:
            return _valid(i, i + 5, int(text), int(month), int(day))
    return None


def _valid(i: int, j: int, year: int, month: int, day: int) -> Date | None:
    try:
        return Date(i, j, When(date(year, month, day).isoformat())) if year in _YEARS else None
    except ValueError:
        return None


def _named(words: Sequence[Token], tags: ByKind, i: int, published: date | None) -> Date | None:
    """A month with a day and a year around it, in any order."""
    months = tags.get("month", {})
    tag = next((months[at] for at in range(i, min(i + 7, len(words))) if at in months), None)
    if tag is None:
        return None
    day_at, day, last_day = _day(words, tags, tag.i, tag.j)
    year_at, year = _year_beside(words, tags, min(tag.i, day_at or tag.i), max(tag.j, (day_at or 0) + 1))
    spots = [tag.i, *(at for at in (day_at, year_at) if at is not None)]
    if min(spots) != i:
        return None
    j = _past_year_word(words, tags, max(max(spots) + 1, tag.j))
    month = int(tag.value)
    if year is None and day is None and j + 1 < len(words) and words[j].fold == "-" and j + 1 in months:
        _, year = _year_beside(words, tags, j + 1, months[j + 1].j)  # January-May 2017
    if year is not None or published is None:
        return _dated(i, j, (year, month, day, last_day))
    year = _nearest_year(month, day, published)
    item = _dated(i, j, (year, month, day, last_day))
    if item is None or year is None or item.when is None or item.when.latest >= published:
        return replace(item, yearless=True) if item else None
    coming = _dated(i, j, (year + 1, month, day, last_day))
    return replace(item, ahead=coming.when, yearless=True) if coming else item


def _dated(i: int, j: int, parts: tuple[int | None, int, int | None, int | None]) -> Date | None:
    year, month, day, last_day = parts
    if year is None:
        return Date(i, j, None)
    if day is None:
        return Date(i, j, When(f"{year}-{month:02}"))
    first = _valid(i, j, year, month, day)
    if first is None or first.when is None or last_day is None:
        return first
    last = _valid(i, j, year, month, last_day)
    return replace(first, when=When(first.when.start, last.when.start)) if last and last.when else first


def _day(words: Sequence[Token], tags: ByKind, i: int, j: int) -> tuple[int | None, int | None, int | None]:
    """The token of the day beside a month, the day, and the last day of a range such as 21-22 August."""
    at = i - 1
    suffixes = tags.get("ordinal_suffix", {})
    while at >= 0 and (words[at].fold in ("-", "of", "the") or at in suffixes):
        at -= 1
    if at >= 0 and i - at <= _REACH + 1 and _is_day(words[at].text):
        day = int(words[at].text)
        first = _beyond(words, tags, at, -1)
        if first is not None and int(words[first].text) < day:
            return first, int(words[first].text), day
        return at, day, None
    if j < len(words) and _is_day(words[j].text) and not _glued(words, tags, j):
        last = _beyond(words, tags, j, 1)
        if last is not None and not _glued(words, tags, last) and int(words[j].text) < int(words[last].text):
            return j, int(words[j].text), int(words[last].text)
        return j, int(words[j].text), None
    return None, None, None


def _beyond(words: Sequence[Token], tags: ByKind, at: int, step: int) -> int | None:
    """The token of the other day that a dash, "to" or "and" joins to a day, before it or after it by ``step``."""
    small = tags.get("ordinal_suffix", {})
    joined = at + step
    while 0 <= joined < len(words) and (joined in small or words[joined].fold == "the"):
        joined += step
    if not 0 <= joined < len(words) or not (words[joined].fold == "-" or joins_days(tags, joined)):
        return None
    joined += step
    while 0 <= joined < len(words) and (joined in small or words[joined].fold == "the"):
        joined += step
    return joined if 0 <= joined < len(words) and _is_day(words[joined].text) else None


def joins_days(tags: ByKind, at: int) -> bool:
    """Whether a word between two days makes them the first and the last of a time, or two that follow each other."""
    tag = tags.get("bound", {}).get(at)
    return at in tags.get("and", {}) or (tag is not None and tag.value in ("through", "until"))


def _glued(words: Sequence[Token], tags: ByKind, j: int) -> bool:
    """Whether a number after a month counts something else ("August 5 billion")."""
    return j + 1 < len(words) and (j + 1 in tags.get("magnitude", {}) or j + 1 in tags.get("currency", {}))


def _is_day(text: str) -> bool:
    return text.isdigit() and len(text) < 3 and 0 < int(text) < 32


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and int(text) in _YEARS


def _year_beside(words: Sequence[Token], tags: ByKind, i: int, j: int) -> tuple[int | None, int | None]:
    years = tags.get("period", {})
    for step in range(1, _REACH + 2):
        at = i - step
        if at >= 0 and _is_year(words[at].text):
            return at, int(words[at].text)
        if at < 0 or not (words[at].fold in "-," or at in years):
            break
    for at in range(j, min(j + _REACH, len(words))):
        if _is_year(words[at].text):
            return at, int(words[at].text)
        if words[at].fold not in (",", "-", "of") and at not in tags.get("ordinal_suffix", {}):
            break
    return None, None


def _past_year_word(words: Sequence[Token], tags: ByKind, j: int) -> int:
    years = tags.get("period", {})
    at = j + 1 if j < len(words) and words[j].fold == "-" else j
    tag = years.get(at)
    return tag.j if tag and tag.value == "year" else j


def _nearest_year(month: int, day: int | None, published: date | None) -> int | None:
    """The year that puts a day and month from ten months before to two months after publication."""
    if published is None:
        return None
    distance = (month - published.month) + (0 if day is None else (day - published.day) / 31)
    if distance > 2.5:
        return published.year - 1
    return published.year + 1 if distance < -9.5 else published.year


def _deictic(tags: ByKind, i: int, published: date | None) -> Date | None:
    """today, last year, on Friday: counted from the publication date."""
    if (tag := tags.get("deixis", {}).get(i)) is not None:
        unit, sign, steps = tag.value.partition("-" if "-" in tag.value else "+")
        shift = int(steps or 0) * (-1 if sign == "-" else 1)
        return Date(i, tag.j, _shifted(unit, shift, published), deictic=True)
    if (tag := tags.get("weekday", {}).get(i)) is not None and published is not None:
        back = (published.isoweekday() - int(tag.value)) % 7
        past = published - timedelta(days=back)
        ahead = past if back == 0 else past + timedelta(days=7)
        return Date(i, tag.j, When(past.isoformat()), When(ahead.isoformat()), deictic=True)
    return None


def _shifted(unit: str, shift: int, published: date | None) -> When | None:
    if published is None:
        return None
    if unit == "day":
        return When((published + timedelta(days=shift)).isoformat())
    if unit == "month":
        months = published.year * 12 + published.month - 1 + shift
        return When(f"{months // 12}-{months % 12 + 1:02}")
    return When(str(published.year + shift)) if unit == "year" else None


def _year(words: Sequence[Token], tags: ByKind, i: int, inside: Mapping[str, bool]) -> Date | None:
    """A year: four digits with a word for year beside them, or in a language that writes years bare; ``inside``: the
    words before it that show one, and whether they do so everywhere ("in") or after a part of a year only ("of").
    """
    if not _is_year(words[i].text):
        return None
    j = _past_year_word(words, tags, i + 1)
    if j + 1 < len(words) and words[i + 1].fold == "-" and _is_year(words[i + 2].text):
        end = _past_year_word(words, tags, i + 3)
        return Date(i, end, When(words[i].text, words[i + 2].text))
    if j + 1 < len(words) and words[j].text in "-–/" and _is_next_year(words, i, j + 1):
        return Date(i, j + 2, When(words[i].text, str(int(words[i].text) + 1)))
    following = words[j] if j < len(words) else None
    counts = following is not None and (
        j in tags.get("magnitude", {})
        or j in tags.get("currency", {})
        or j in tags.get("block", {})
        or following.text[0].isdigit()
    )
    bare = j == i + 1
    if bare and (counts or not _introduced(words, tags, i, inside)):
        return None
    return Date(i, j, When(words[i].text))


def _is_next_year(words: Sequence[Token], i: int, j: int) -> bool:
    """2020-21: the last two digits of the next year."""
    return words[j].text.isdigit() and len(words[j].text) == 2 and int(words[i].text[2:]) + 1 == int(words[j].text)


def _introduced(words: Sequence[Token], tags: ByKind, i: int, inside: Mapping[str, bool]) -> bool:
    """Whether a bare four-digit number stands where a year does: after "in" or "by", a month or an opening bracket."""
    before = words[i - 1] if i else None
    return before is not None and (
        inside.get(before.fold)
        or (before.fold in inside and i - 2 in tags.get("period", {}))
        or any(tag.j == i for tag in tags.get("bound", {}).values())
        or i - 1 in tags.get("month", {})
        or before.text in "(,"
        or i - 1 in tags.get("period", {})
    )
