"""Encounters, summits, sessions, forums and calls: who took part, where, when, and what body met.

A sentence with a word for a meeting gives a sighting; sightings of one article that do not contradict each other are
one meeting. A sighting without participants ("at the meeting they discussed ...") only adds evidence to the last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from kg import seeds
from kg.article import EntityId
from kg.extract.background import taking_part
from kg.extract.circumstances import date_of, ordinal_of, place_of
from kg.extract.clauses import clauses
from kg.extract.cues import cues_of
from kg.extract.leaders import leaders_listed
from kg.extract.participants import (
    enough,
    pairs_of,
    participants_of,
    states_among,
    with_last_subject,
    with_organization,
    with_two_before,
)
from kg.extract.sightings import GENERIC, SINGLE, Frame, Sighting, add
from kg.facts import Evidence, Meeting
from kg.text.actors import Actor
from kg.text.dates import Date
from kg.text.doc import Doc, Sentence
from kg.text.status import status
from kg.text.tags import Tag
from kg.text.titles import LEADS_STATE
from kg.text.tokens import gap

_BESIDE = 4  # tokens between a body and a word for a meeting that can only be the body's
_NEAR = 8  # tokens between a word for a meeting and a date that is surely its own
_RECENT = timedelta(days=14)  # what is news is not older; what is told with an older date is background
_SEVERAL = 3
_ATTRIBUTES = 1  # tokens between "of the leaders" and "meeting"
_SINCE = 2  # sentences after which "they attended" still is about what was told


def meetings(doc: Doc) -> list[Meeting]:
    """The meetings of an article, in the order in which they are first told."""
    found: list[Meeting] = []
    first: list[Meeting] = []
    published = doc.article.published
    pair = doc.pair if all(item.startswith("state/") for item in doc.pair) else ()
    frame = Frame(len(doc.article.headline) + 1, published - _RECENT if published else None, pair)
    for sighting in _sightings(doc):
        add(found, first, sighting, frame)
    found = _with_leaders(doc, found)
    return [_of_two(_placed(doc, meeting, first=number == 0)) for number, meeting in enumerate(found)]


def _with_leaders(doc: Doc, found: list[Meeting]) -> list[Meeting]:
    """The leaders whom a sentence lists take part in the one held summit or session of an organisation."""
    whose = [
        number
        for number, meeting in enumerate(found)
        if meeting.kind in SINGLE and meeting.status == "held" and states_among(meeting.participant) < _SEVERAL
        and any(item.startswith("organization/") for item in meeting.participant)
    ]
    listed = leaders_listed(doc)
    if len(whose) != 1 or any(len({*meeting.participant} & listed) > _SEVERAL for meeting in found):
        return found
    [number] = whose
    participants = tuple(sorted({*found[number].participant, *listed}))
    return [*found[:number], replace(found[number], participant=participants), *found[number + 1 :]]


def _of_two(meeting: Meeting) -> Meeting:
    """What is called a summit of two states alone is talks of two sides."""
    states = states_among(meeting.participant)
    several = meeting.body or any(item.startswith("organization/") for item in meeting.participant)
    return replace(meeting, kind="bilateral") if meeting.kind == "summit" and states == 2 and not several else meeting


def _sightings(doc: Doc) -> Iterator[Sighting]:
    told: tuple[Sentence, Tag] | None = None
    bare = False  # whether what was told had nobody in it
    for sentence in doc.sentences:
        if any(tag.value == "sport" for tag in doc.of_kind("block", sentence)):
            continue
        cues = cues_of(doc, sentence)
        hosts, parts = _hosts(doc, sentence, cues), clauses(doc, sentence, cues)
        for cue, host, part in zip(cues, hosts, parts, strict=True):
            sighting = _sighting(doc, part, cue, host)
            goes_on = bare and told is not None and told[0].number + 1 == sentence.number
            if goes_on and told and sighting and sighting.meeting and sighting.back:
                sighting = replace(sighting, meeting=_filled(doc, sighting.meeting, told))
            bare = sighting is not None and not (sighting.meeting and sighting.meeting.participant)
            if sighting is not None:
                yield from _one_by_one(doc, part, cue, sighting)
        attended = _attended(doc, sentence, told, bare=bare) if told and not cues else None
        if attended is not None:
            yield attended
        if cues:
            told = (sentence, cues[0])
        elif told and not attended and sentence.number - told[0].number >= _SINCE:
            told = None


def _attended(doc: Doc, sentence: Sentence, told: tuple[Sentence, Tag], *, bare: bool) -> Sighting | None:
    """Those of whom a sentence tells only that they took part ("X and Y attended it") in what the one before told, or
    whom it lists right after a ``bare`` word for a summit.
    """
    before, cue = told
    attends = any(tag.value == "attend" and not doc.in_quote(tag.i) for tag in doc.of_kind("meeting_part", sentence))
    listed = bare and cue.value == "summit" and sentence.number == before.number + 1
    if not (attends or listed) or cue.value not in {*SINGLE, "bilateral"}:
        return None
    day = date_of(doc, before, cue)
    happened = status(doc, before, cue, day)
    actors = [actor for actor in doc.actors_in(sentence) if not doc.in_quote(actor.i) and actor.role == "NOM"]
    participants = participants_of(doc, sentence, actors, cue.value)
    people = sum(item.startswith("person/") for item in participants)
    if happened == "hoped" or max(states_among(participants), people) < _SEVERAL:
        return None
    start, end = doc.sentence_span(sentence)
    evidence = Evidence(start=start, end=end, rule=f"meeting: {cue.value}, attended")
    place, country = place_of(doc, before, cue, doc.actors_in(before))
    meeting = Meeting(
        kind=_kind(cue.value, participants, actors),
        participant=participants,
        place=place,
        country=country,
        date=day.when_(happened) if day else None,
        ordinal=ordinal_of(doc, before, cue),
        status=happened,
        evidence=(evidence,),
    )
    return Sighting(kind=cue.value, meeting=meeting, evidence=evidence, joins=True, back=True)


def _filled(doc: Doc, meeting: Meeting, told: tuple[Sentence, Tag]) -> Meeting:
    """A meeting told by "at it were X and Y", with when, where and which it is by the sentence before."""
    before, cue = told
    actors = doc.actors_in(before)
    place, country = place_of(doc, before, cue, actors)
    day = date_of(doc, before, cue)
    chairs = participants_of(doc, before, [actor for actor in actors if actor.role == "CHAIR"], cue.value)
    return replace(
        meeting,
        participant=tuple(sorted({*meeting.participant, *chairs})),
        chair=meeting.chair or _chairs(actors),
        kind=cue.value if cue.value in SINGLE and meeting.kind in GENERIC else meeting.kind,
        place=meeting.place or place,
        country=meeting.country or (None if meeting.place else country),
        date=meeting.date or (day.when_(meeting.status) if day else None),
        ordinal=meeting.ordinal or ordinal_of(doc, before, cue),
    )


def _one_by_one(doc: Doc, sentence: Sentence, cue: Tag, sighting: Sighting) -> Iterator[Sighting]:
    """Talks of one side with several that are listed ("met with X and Y of Z") are as many meetings of two."""
    meeting = sighting.meeting
    pairs = pairs_of(doc, sentence, cue) if meeting is not None and sighting.kind == "bilateral" else []
    if meeting is None or len(pairs) < 2:
        yield sighting
    else:
        for pair in pairs:
            yield replace(sighting, meeting=replace(meeting, kind="bilateral", participant=pair))


def _hosts(doc: Doc, sentence: Sentence, cues: Sequence[Tag]) -> list[Actor | None]:
    """For each word for a meeting the organisation right before it, where a sentence tells of meetings of several."""
    organizations = [actor for actor in doc.actors_in(sentence) if actor.kind == "organization"]
    hosts = [next((actor for actor in organizations if 0 <= cue.i - actor.j <= 1), None) for cue in cues]
    several = len({actor.states for actor in hosts if actor}) > 1
    return hosts if several else [None] * len(cues)


def _sighting(doc: Doc, sentence: Sentence, cue: Tag, host: Actor | None) -> Sighting | None:
    """What a sentence, or the clause of one that is about this meeting, tells of it."""
    whole = doc.sentences[sentence.number]
    day = date_of(doc, sentence, cue)
    told = status(doc, whole, cue, day)
    if told == "hoped" or (day is None and _is_topic(doc, cue)):
        return None
    attending = [tag for tag in doc.of_kind("meeting_part", sentence) if tag.value == "attend"]
    if any(doc.negated(tag) for tag in attending):
        return None  # those who stayed away
    received = any(tag.value == "receive" for tag in doc.of_kind("meeting_part", sentence))
    attends = bool(attending) and not received
    start, end = doc.sentence_span(whole)
    evidence = Evidence(start=start, end=end, rule=f"meeting: {cue.value}")
    actors = [actor for actor in doc.actors_in(sentence) if not doc.in_quote(actor.i)]
    actors = [host] if host else taking_part(doc, sentence, cue, actors)
    bodies = [tag for tag in doc.of_kind("body", sentence) if cue.value in SINGLE or _is_beside(doc, tag, cue)]
    body = EntityId(bodies[0].value) if bodies else None
    kind = "summit" if _of_members(actors, cue) else cue.value
    kind = seeds.load().meeting_kind.get(body, kind) if body else kind
    participants = participants_of(doc, sentence, actors, kind)
    participants = with_organization(doc, participants, body)
    if kind in (*GENERIC, "phone_call") and not enough(participants, kind):
        participants = with_last_subject(doc, sentence, actors, participants)
        participants = with_two_before(doc, sentence, cue, participants)
    named = enough(participants, kind) and not (kind == "bilateral" and _is_one_side(actors, participants))
    if not named and not _is_apart(doc, sentence, cue, day):
        return Sighting(kind=kind, meeting=None, evidence=evidence)
    place, country = place_of(doc, sentence, cue, actors)
    meeting = Meeting(
        kind=_kind(kind, participants, actors),
        participant=participants if named else (),
        chair=_chairs(actors),
        place=place,
        country=country,
        date=day.when_(told) if day else None,
        ordinal=ordinal_of(doc, sentence, cue),
        body=body,
        status=told,
        evidence=(evidence,),
    )
    case = "LOC" in cue.feats or (attends and "DAT" in cue.feats)  # at it, to it
    back = case and (cue.i == sentence.i or cue.value == "other")
    return Sighting(kind=kind, meeting=meeting, evidence=evidence, joins=attends and day is None, back=back)


def _is_topic(doc: Doc, cue: Tag) -> bool:
    """Whether a summit or session is only spoken of: "about the summit", where the head comes last."""
    if doc.pack is None or doc.pack.head != "last" or cue.j >= len(doc.words):
        return False
    return cue.value in SINGLE and doc.pack.after.get(doc.words[cue.j].fold) == "ABOUT"


def _is_one_side(actors: Sequence[Actor], participants: Sequence[EntityId]) -> bool:
    """Whether all who are named are those with whom someone meets: "he met the ambassadors of X and Y"."""
    sides = [actor for actor in actors if actor.entities]
    told = {item for actor in sides for item in actor.entities}
    return {actor.role for actor in sides} == {"WITH"} and told >= {*participants} and states_among(participants) > 1


def _of_members(actors: Sequence[Actor], cue: Tag) -> bool:
    """Whether a word for a meeting says that the leaders of an organisation's members meet."""
    leaders = any(
        actor.kind == "title" and actor.office in LEADS_STATE and {"PL", "GEN"} <= actor.feats
        and gap(cue, actor) <= _ATTRIBUTES
        for actor in actors
    )
    return cue.value == "bilateral" and leaders and any(actor.kind == "organization" for actor in actors)


def _is_beside(doc: Doc, body: Tag, cue: Tag) -> bool:
    """Whether a body stands beside a word for a meeting, in the same clause."""
    between = range(min(body.j, cue.j), max(body.i, cue.i))
    return len(between) <= _BESIDE and not any(doc.words[at].text == "," for at in between)


def _is_apart(doc: Doc, sentence: Sentence, cue: Tag, day: Date | None) -> bool:
    """Whether a meeting without named participants has a date beside it that tells it from others ("last in 2016")."""
    if day is None or day.when is None or doc.in_quote(cue.i):
        return False
    near = min(abs(day.i - cue.j), abs(cue.i - day.j)) <= _NEAR
    return near and not any(sentence.i <= sum_.i < sentence.j for sum_ in doc.money)


def _kind(kind: str, participants: Sequence[EntityId], actors: Sequence[Actor]) -> str:
    """Talks of more than two states are a summit if leaders hold them, else just a meeting."""
    states = states_among(participants)
    if kind != "bilateral" or states < 3:
        return kind
    leaders = sum(max(len(actor.states), 1) for actor in actors if actor.office in LEADS_STATE)
    return "summit" if leaders >= states - 1 else "other"


def _chairs(actors: Sequence[Actor]) -> tuple[EntityId, ...]:
    return tuple(sorted({actor.person for actor in actors if actor.role == "CHAIR" and actor.person}))


def _placed(doc: Doc, meeting: Meeting, *, first: bool) -> Meeting:
    """The first meeting, if held, takes the dateline's place in a participant's state; a call has no place."""
    if meeting.kind == "phone_call":
        return replace(meeting, place=None, country=None)
    place = doc.article.dateline
    if meeting.place or meeting.country or not first or place is None:
        return meeting
    country = seeds.load().country.get(place)
    if meeting.status != "held" or country not in meeting.participant:
        return meeting
    return replace(meeting, place=place, country=country)
