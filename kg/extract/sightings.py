"""Which sightings of meetings in one article are one meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.article import EntityId
from kg.facts import Evidence, Meeting

GENERIC = frozenset({"bilateral", "other"})
"""Kinds whose words ("meeting", "talks") can also mean a meeting of another kind."""
SINGLE = frozenset({"summit", "council_session", "forum"})
"""Kinds that can be told by their organisation or host alone."""


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """What one sentence tells of a meeting.

    ``meeting`` is None where it tells neither participants nor a date of its own; it has no participants where it tells
    only a date. ``joins``: it tells who took part, and no date, so it is about the meeting told before. ``back``: its
    sentence begins "at the event", so it is about that meeting whoever took part.
    """

    kind: str
    meeting: Meeting | None
    evidence: Evidence
    joins: bool = False
    back: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Where in the text the headline ends, the day before which an event is no news but background, and the two states
    that the article is about.
    """

    body: int
    news_since: date | None
    pair: tuple[EntityId, ...] = ()


def add(found: list[Meeting], first: list[Meeting], sighting: Sighting, frame: Frame) -> None:
    """Put a sighting to the meeting that it tells of, or begin a new one; ``first``: each as it was told first."""
    two = sighting.meeting
    for number in range(len(found) - 1, -1, -1):
        one = found[number]
        if two is None:
            if _kinds_agree(one.kind, sighting.kind):
                found[number] = replace(one, evidence=(*one.evidence, sighting.evidence))
                return
        elif (
            (_same(one, two, frame) and not _follows(one, two, frame.body))
            or _joins(one, sighting)
            or _is_same_session(one, two)
        ):
            found[number] = _joined(one, two)
            return
    alone = two is not None and two.kind == "bilateral" and two.status == "planned" and not found
    pair = frame.pair if two is not None and (two.kind in ("council_session", "forum") or alone) else ()
    if two is None or not (sides := two.participant or _sides(first, two) or pair):
        return
    found.append(replace(two, participant=sides))
    first.append(found[-1])


def _is_background(meeting: Meeting, frame: Frame) -> bool:
    return bool(meeting.date and frame.news_since and meeting.date.latest < frame.news_since)


def _sides(first: Sequence[Meeting], two: Meeting) -> tuple[EntityId, ...]:
    """Of another meeting of the same sides ("the last session was in 2016"): the states and organisations of it."""
    alike = [one for one in first if one.kind == two.kind or two.kind in GENERIC]
    return tuple(item for item in alike[0].participant if not item.startswith("person/")) if alike else ()


def _joins(one: Meeting, sighting: Sighting) -> bool:
    """Whether those of whom a sentence tells that they took part belong to a meeting told before."""
    two = sighting.meeting
    if two is None or not sighting.joins or one.status != two.status or two.ordinal is not None:
        return False
    if sighting.back and _kinds_agree(one.kind, two.kind):
        return True
    return one.kind == two.kind or (two.kind in GENERIC and _fits(one, two, "state/"))


def _kinds_agree(one: str, two: str) -> bool:
    return one == two or two in GENERIC or one in GENERIC


def _same(one: Meeting, two: Meeting, frame: Frame) -> bool:
    """Whether two sightings can be of one meeting: nothing contradicts, and one's participants include the other's."""
    if one.status != two.status or not _kinds_agree(one.kind, two.kind) or _contradicts(one, two):
        return False
    old, undated = _is_background(one, frame), two.date is None and bool(two.participant)
    if (old and undated) or (one.date is None and _is_background(two, frame)):
        return False
    if not two.participant:
        return True
    several = _number(one, "state/") > 2 or (one.kind == "summit" and _number(one, "organization/"))
    if _is_of_two(two) and (several or (one.kind in SINGLE and _people(two) - _people(one) and _people(one))):
        return False  # two of several, by name, met apart
    shared = bool(set(one.participant) & set(two.participant))
    return shared and _fits(one, two, "state/") and _fits(one, two, "person/")


def _contradicts(one: Meeting, two: Meeting) -> bool:
    """Whether number, country or date of two meetings differ."""
    if one.date and two.date and (one.date.latest < two.date.earliest or two.date.latest < one.date.earliest):
        return True
    told_of_both = ((one.ordinal, two.ordinal), (one.country, two.country))
    return any(mine and other and mine != other for mine, other in told_of_both)


def _is_same_session(one: Meeting, two: Meeting) -> bool:
    """Whether two are one session of a body, by number or day: it opens here and "will be held" there."""
    if one.body is None or one.body != two.body or _contradicts(one, two):
        return False
    return bool(one.ordinal and two.ordinal) or bool(one.date and two.date)


def _follows(one: Meeting, two: Meeting, body: int) -> bool:
    """Whether a session or forum comes after talks; if only the headline told of talks, they are the session."""
    return one.kind in GENERIC and two.kind in SINGLE and any(place.start >= body for place in one.evidence)


def _is_of_two(meeting: Meeting) -> bool:
    sides = _number(meeting, "state/") + _number(meeting, "organization/")
    return meeting.kind == "bilateral" and sides == _number(meeting, "person/") == 2


def _people(meeting: Meeting) -> set[EntityId]:
    return {item for item in meeting.participant if item.startswith("person/")}


def _number(meeting: Meeting, kind: str) -> int:
    return sum(item.startswith(kind) for item in meeting.participant)


def _fits(one: Meeting, two: Meeting, kind: str) -> bool:
    mine = {item for item in one.participant if item.startswith(kind)}
    other = {item for item in two.participant if item.startswith(kind)}
    return mine <= other or other <= mine


def _joined(one: Meeting, two: Meeting) -> Meeting:
    participant = tuple(sorted({*one.participant, *two.participant}))
    return replace(
        one,
        kind=_kind(one.kind, two.kind, participant),
        participant=participant,
        chair=tuple(sorted({*one.chair, *two.chair})),
        place=one.place or two.place,
        country=one.country or two.country,
        date=one.date or two.date,
        ordinal=one.ordinal or two.ordinal,
        body=one.body or two.body,
        evidence=tuple(dict.fromkeys(one.evidence + two.evidence)),
    )


def _kind(one: str, two: str, participants: Sequence[EntityId]) -> str:
    """The more telling of two kinds; talks of more than two states are no longer bilateral."""
    if one not in GENERIC or two not in GENERIC:
        return two if one in GENERIC else one
    return "other" if sum(item.startswith("state/") for item in participants) > 2 else one
