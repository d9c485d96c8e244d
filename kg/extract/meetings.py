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
from kg.extract.circumstances import date_of, ordinal_of, place_of
from kg.extract.clauses import clauses
from kg.extract.participants import (
    enough,
    leaders_listed,
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

_RANK = ("phone_call", "summit", "forum", "council_session", "bilateral", "other")
_BESIDE = 4  # tokens between a body and a word for a meeting that can only be the body's
_NEAR = 8  # tokens between a word for a meeting and a date that is surely its own
_RECENT = timedelta(days=14)  # what is news is not older; what is told with an older date is background
_SEVERAL = 3
_SETTING = 8  # tokens between "on the sidelines of" and "summit"
_AT = 4  # tokens between "at" and "summit"


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
    for sentence in doc.sentences:
        if any(tag.value == "sport" for tag in doc.of_kind("block", sentence)):
            continue
        cues = _cues(doc, sentence)
        hosts, parts = _hosts(doc, sentence, cues), clauses(doc, sentence, cues)
        for cue, host, part in zip(cues, hosts, parts, strict=True):
            sighting = _sighting(doc, part, cue, host)
            if sighting is not None:
                yield from _one_by_one(doc, part, cue, sighting)
        attended = _attended(doc, sentence, *told) if told and not cues else None
        if attended is not None:
            yield attended
        told = (sentence, cues[0]) if cues else told if attended else None


def _attended(doc: Doc, sentence: Sentence, before: Sentence, cue: Tag) -> Sighting | None:
    """Those of whom a sentence tells only that they took part ("X and Y attended it") in what the one before told."""
    attends = any(tag.value == "attend" and not doc.in_quote(tag.i) for tag in doc.of_kind("meeting_part", sentence))
    if not attends or cue.value not in {*SINGLE, "bilateral"}:
        return None
    day = date_of(doc, before, cue)
    told = status(doc, before, cue, day)
    actors = [actor for actor in doc.actors_in(sentence) if not doc.in_quote(actor.i) and actor.role == "NOM"]
    participants = participants_of(doc, sentence, actors, cue.value)
    people = sum(item.startswith("person/") for item in participants)
    if told == "hoped" or max(states_among(participants), people) < _SEVERAL:
        return None
    start, end = doc.sentence_span(sentence)
    evidence = Evidence(start=start, end=end, rule=f"meeting: {cue.value}, attended")
    place, country = place_of(doc, before, cue, doc.actors_in(before))
    meeting = Meeting(
        kind=_kind(cue.value, participants, actors),
        participant=participants,
        place=place,
        country=country,
        date=day.when_(told) if day else None,
        ordinal=ordinal_of(doc, before, cue),
        status=told,
        evidence=(evidence,),
    )
    return Sighting(kind=cue.value, meeting=meeting, evidence=evidence, joins=True, back=True)


def _one_by_one(doc: Doc, sentence: Sentence, cue: Tag, sighting: Sighting) -> Iterator[Sighting]:
    """Talks of one side with several that are listed ("met with X and Y of Z") are as many meetings of two."""
    meeting = sighting.meeting
    pairs = pairs_of(doc, sentence, cue) if meeting is not None and sighting.kind == "bilateral" else []
    if meeting is None or len(pairs) < 2:
        yield sighting
    else:
        for pair in pairs:
            yield replace(sighting, meeting=replace(meeting, kind="bilateral", participant=pair))


def _cues(doc: Doc, sentence: Sentence) -> list[Tag]:
    """The words for a meeting in a sentence, one for each run of such words: the most telling kind of it."""
    if not doc.of_kind("meeting", sentence):
        return _encounters(doc, sentence, at_occasion=False)
    named = [tag for kind in ("organization", "office") for tag in doc.of_kind(kind, sentence)]
    welcomed = any(tag.value == "welcome" for tag in doc.of_kind("meeting_part", sentence))
    cues: list[Tag] = []
    words = [
        tag
        for tag in doc.of_kind("meeting", sentence)
        if tag.value != "none" and not doc.in_quote(tag.i) and not (welcomed and tag.value in GENERIC)
    ]
    occasions = [tag for tag in words if _is_occasion(doc, sentence, tag)]
    for tag in words:
        if any(other.i <= tag.i and tag.j <= other.j for other in named):
            continue
        if tag in occasions and len(occasions) < len(words):
            continue
        last = cues[-1] if cues else None
        if last is not None and tag.i - last.j <= 3:
            kind = min(last.value, tag.value, key=_RANK.index)
            cues[-1] = replace(tag, value=kind, i=last.i)
        else:
            cues.append(tag)
    if any(cue.value in SINGLE for cue in cues):
        cues = [cue for cue in cues if cue.value != "phone_call"]  # a session by video link is a session
    if all(cue.value in SINGLE for cue in cues):
        return _encounters(doc, sentence, at_occasion=bool(cues)) or cues
    return cues


def _encounters(doc: Doc, sentence: Sentence, *, at_occasion: bool) -> list[Tag]:
    """One who receives another of another state, or discusses something with him, be it at a summit, meets him: the
    verb is the word for the meeting.
    """
    for tag in doc.of_kind("meeting_part", sentence):
        if doc.in_quote(tag.i) or not (
            (tag.value == "receive" and not at_occasion) or (tag.value == "discuss" and _with_someone(doc, sentence))
        ):
            continue
        if pairs_of(doc, sentence, tag):
            return [replace(tag, kind="meeting", value="bilateral")]
    return []


def _with_someone(doc: Doc, sentence: Sentence) -> bool:
    """Whether a person stands "with" another, each beside his own state: "A discussed trade with his colleague B"."""
    people = [actor for actor in doc.actors_in(sentence) if actor.person and not doc.in_quote(actor.i)]
    return [actor.role for actor in people].count("WITH") == 1 == [actor.role for actor in people].count("NOM")


def _is_occasion(doc: Doc, sentence: Sentence, tag: Tag) -> bool:
    """Whether a meeting is only the occasion of another: "on the sidelines of the summit", "at the summit"."""
    last = doc.pack is not None and doc.pack.head == "last"
    headed = tag.j < len(doc.words) and doc.words[tag.j].text == ":"  # "The summit: A and B met"
    if tag.value in SINGLE and ((last and "LOC" in tag.feats) or headed) and _met_later(doc, sentence, tag):
        return True
    return (not last and tag.value in SINGLE and _is_at(doc, tag)) or any(
        0 <= (setting.i - tag.j if last else tag.i - setting.j) <= (1 if last else _SETTING)
        for setting in doc.of_kind("meeting_part", sentence)
        if setting.value == "setting"
    )


def _is_at(doc: Doc, tag: Tag) -> bool:
    """Whether the nearest preposition in the few words before says where something takes place."""
    before = doc.pack.before if doc.pack else {}
    words = reversed(doc.words[max(tag.i - _AT, 0) : tag.i])
    roles = next((before[word.fold] for word in words if word.fold in before), {})
    return "IN" in [role for case, role in roles.items() if not case or case in tag.feats]


def _met_later(doc: Doc, sentence: Sentence, tag: Tag) -> bool:
    """Whether one met with another at a summit: "at the summit he met with X"."""
    meets = [other for other in doc.of_kind("meeting", sentence) if other.i >= tag.j and other.value == "bilateral"]
    met = [actor for actor in doc.actors_in(sentence) if actor.person and actor.i >= tag.j]
    return bool(meets) and any(actor.role == "WITH" for actor in met)


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
    if told == "hoped":
        return None
    start, end = doc.sentence_span(whole)
    evidence = Evidence(start=start, end=end, rule=f"meeting: {cue.value}")
    actors = [host] if host else [actor for actor in doc.actors_in(sentence) if not doc.in_quote(actor.i)]
    bodies = [tag for tag in doc.of_kind("body", sentence) if cue.value in SINGLE or _is_beside(tag, cue)]
    body = EntityId(bodies[0].value) if bodies else None
    kind = seeds.load().meeting_kind.get(body, cue.value) if body else cue.value
    participants = participants_of(doc, sentence, actors, kind)
    participants = with_organization(doc, participants, body)
    if kind in GENERIC and not enough(participants, kind):
        participants = with_last_subject(doc, sentence, actors, participants)
        participants = with_two_before(doc, sentence, cue, participants)
    named = enough(participants, kind)
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
    attends = any(tag.value == "attend" for tag in doc.of_kind("meeting_part", sentence))
    case = "LOC" in cue.feats or (attends and "DAT" in cue.feats)  # at it, to it
    back = case and (cue.i == sentence.i or cue.value == "other")
    return Sighting(kind=kind, meeting=meeting, evidence=evidence, joins=attends and day is None, back=back)


def _is_beside(one: Tag, two: Tag) -> bool:
    return max(one.i - two.j, two.i - one.j) <= _BESIDE


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
