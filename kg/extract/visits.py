"""Journeys of persons, or of delegations, to states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.article import EntityId
from kg.extract.circumstances import is_of_saying
from kg.extract.destinations import abroad, beside, destination, home_of, visited, welcomed
from kg.extract.merge import merged
from kg.facts import Evidence, Visit
from kg.text.actors import Actor
from kg.text.dates import Date, nearest
from kg.text.doc import Doc, Sentence
from kg.text.forms import TENSES
from kg.text.status import status
from kg.text.tags import Tag
from kg.text.tokens import gap

_OCCASIONS = frozenset({"summit", "council_session", "forum"})
_NEAR = 8  # tokens from a verb of travelling to the word for the visit
_RECENT = timedelta(days=30)
_STAY = timedelta(days=4)
_OBJECT = 2  # tokens between "discussed" and "the visit"
_GATHERING = 3  # states whose leaders arrive together: they come to a summit
_OPENING = 2  # tokens before "visit" in a sentence that begins "during the visit to X"
_OWNER_REACH = 4  # tokens between "the president's" and "visit"


def visits(doc: Doc) -> list[Visit]:
    """One Visit for each visitor and destination that a word of visiting or travelling puts together."""
    found: list[Visit] = []
    for sentence in doc.sentences:
        travels = bool(doc.of_kind("visit_verb", sentence))
        if travels and (invited := _accepted(doc, sentence)):
            found.extend(invited)
            continue
        tags = doc.of_kind("visit", sentence)
        for tag in tags:
            if tag.i not in doc.tags.get("visit_verb", {}) or not _at_occasion(doc, sentence, tag):
                found.extend(_visit(doc, sentence, tag))
        if travels and not tags:
            found.extend(_journeys(doc, sentence))
    return merged(_consistent(found, doc.article.published))


def _at_occasion(doc: Doc, sentence: Sentence, verb: Tag) -> bool:
    """Whether a sentence tells of a summit, session or forum near a verb: to go there is no visit."""
    last = doc.pack is not None and doc.pack.head == "last"
    occasions = [tag for tag in doc.of_kind("meeting", sentence) if tag.value in _OCCASIONS]
    occasions += doc.of_kind("body", sentence)
    return any(0 <= (verb.i - tag.j if last else tag.i - verb.j) < _NEAR for tag in occasions)


def _journeys(doc: Doc, sentence: Sentence) -> Iterator[Visit]:
    """A leader who went or arrived somewhere abroad, told without a word for a visit; not to a summit or forum."""
    tense = doc.pack.tense if doc.pack else {}
    actors = [actor for actor in doc.actors_in(sentence) if not doc.in_quote(actor.i)]
    subjects = [actor for actor in actors if actor.person and actor.role == "NOM" and home_of(doc, actor)]
    if not subjects:
        return
    for tag in doc.of_kind("visit_verb", sentence):
        told = next((tense[feat] for feat in tense if feat in tag.feats), None)
        if not told and {"CONV", "INF"} & tag.feats:  # its clause takes the tense of the next verb: "will fly to"
            next_ = status(doc, sentence, tag, None)
            told = next_ if "CONV" in tag.feats or next_ == "planned" else None
        if told not in ("held", "planned") or tag.value not in ("travel", "return"):
            continue
        if doc.in_quote(tag.i) or doc.negated(tag) or _at_occasion(doc, sentence, tag):
            continue
        visitor = min(subjects, key=lambda actor: (actor.i > tag.i, abs(actor.i - tag.i)))
        if visitor.i > tag.i and doc.pack is not None and doc.pack.head == "last":
            continue  # what follows the verb is another clause
        travellers = _travelling_with(doc, actors, visitor)
        for state in abroad(doc, sentence, actors, tag):
            for traveller in travellers:
                if state != home_of(doc, traveller):
                    yield _told(doc, sentence, _Trip(tag, traveller, state, told, "journey"), kind="unspecified")


def _travelling_with(doc: Doc, actors: list[Actor], visitor: Actor) -> list[Actor]:
    """A traveller and those joined to him; nobody where leaders of many states arrive together, at a summit."""
    group = [actor for actor in actors if actor.group == visitor.group and actor.person and home_of(doc, actor)]
    return group if len({home_of(doc, actor) for actor in group}) < _GATHERING else []


@dataclass(frozen=True, slots=True)
class _Trip:
    """Who goes where, by which word, whether it happened, and the rule that read it."""

    word: Tag
    visitor: Actor
    destination: EntityId
    status: str
    rule: str


def _told(doc: Doc, sentence: Sentence, trip: _Trip, kind: str) -> Visit:
    start, end = doc.sentence_span(sentence)
    day = _date(doc, sentence, trip.word)
    return Visit(
        visitor=trip.visitor.person,
        delegation_of=None if trip.visitor.person else trip.visitor.states[0],
        destination=trip.destination,
        kind=kind,
        date=day.when_(trip.status) if day else None,
        status=trip.status,
        evidence=(Evidence(start=start, end=end, rule=f"visit: {trip.rule}"),),
    )


def _visit(doc: Doc, sentence: Sentence, tag: Tag) -> list[Visit]:
    told = status(doc, sentence, tag, _date(doc, sentence, tag))
    talk = [word for word in doc.of_kind("meeting_part", sentence) if word.value == "discuss"]
    if told == "hoped" or (told == "held" and any(0 <= tag.i - word.j <= _OBJECT for word in talk)):
        return []  # "they discussed the visit"
    actors = [actor for actor in doc.actors_in(sentence) if doc.in_quote(actor.i) == doc.in_quote(tag.i)]
    owners = [
        actor
        for actor in actors
        if 0 <= tag.i - actor.j <= {"GEN": _OWNER_REACH, "NOM": 1 if actor.person else -1}.get(actor.role, -1)
    ]
    if not any(actor.person for actor in owners) and (
        any(actor.kind == "title" for actor in owners)
        or (_is_aside(doc, sentence, tag) and not _is_of_subject(doc, sentence, actors, tag))
    ):
        return []
    guest = welcomed(doc, sentence, actors)
    if guest and not guest.person:
        return []
    for visitor in [guest] if guest else _visitors(actors, tag, doc.of_kind("visit_verb", sentence)):
        near = sorted(actors, key=lambda actor: gap(actor, tag))
        destinations, rule = visited(doc, sentence, actors, tag) or destination(doc, sentence, near, visitor, tag)
        destinations = [state for state in destinations if state != home_of(doc, visitor)]
        if destinations:
            together = [actor for actor in actors if actor.group == visitor.group and home_of(doc, actor)]
            travellers = [actor for actor in together if home_of(doc, actor) not in destinations] or [visitor]
            return [
                _told(doc, sentence, _Trip(tag, traveller, state, told, rule), tag.value)
                for traveller in (travellers if visitor.person else [visitor])
                if traveller.person or not visitor.person
                for state in destinations
            ]
    return []


def _accepted(doc: Doc, sentence: Sentence) -> list[Visit]:
    """X invited Y to his country, and the invitation was accepted: in the same sentence or the next."""
    words = [tag for tag in doc.of_kind("visit_verb", sentence) if not doc.in_quote(tag.i)]
    invitation = next((tag for tag in words if tag.value == "invite"), None)
    following = doc.sentences[sentence.number + 1 : sentence.number + 2]
    accepted = any(tag.value == "accept" for near in (sentence, *following) for tag in doc.of_kind("visit_verb", near))
    if invitation is None or not accepted:
        return []
    people = {actor.person: actor for actor in reversed(doc.actors_in(sentence)) if actor.person}
    by_place = doc.pack is not None and doc.pack.head == "any"  # what follows the verb is its object
    hosts = [a for a in people.values() if a.role == "NOM" and (a.i < invitation.i or not by_place)]
    guests = [actor for actor in people.values() if actor not in hosts]
    home = home_of(doc, hosts[0]) if len(hosts) == 1 and len(guests) == 1 else None
    if home is None or home_of(doc, guests[0]) in (None, home):
        return []
    kind = next((tag.value for tag in doc.of_kind("visit", sentence)), "unspecified")
    return [_told(doc, sentence, _Trip(invitation, guests[0], home, "planned", "invited and accepted"), kind)]


def _is_aside(doc: Doc, sentence: Sentence, tag: Tag) -> bool:
    """Whether a visit is only spoken of ("about the visit"), or the occasion of something else ("before the visit")."""
    if doc.pack is None or doc.pack.head != "last" or tag.j >= len(doc.words):
        return False
    settings = {item.i for item in doc.of_kind("meeting_part", sentence) if item.value == "setting"}
    return tag.j in settings or doc.pack.after.get(doc.words[tag.j].fold) == "ABOUT"


def _is_of_subject(doc: Doc, sentence: Sentence, actors: list[Actor], tag: Tag) -> bool:
    """Whether one who acts "within the visit to X" has gone there: one person, and the place beside it."""
    begins = tag.i - sentence.i <= _OPENING
    people = {actor.person for actor in actors if actor.person and actor.role == "NOM" and (begins or actor.i < tag.i)}
    settings = {item.i for item in doc.of_kind("meeting_part", sentence) if item.value == "setting"}
    return len(people) == 1 and tag.j in settings and bool(beside(doc, sentence, actors, tag))


def _date(doc: Doc, sentence: Sentence, tag: Tag) -> Date | None:
    dates = [
        item
        for item in doc.dates_in(sentence)
        if item.when
        and not is_of_saying(doc, sentence, item)
        and (item.role in ("", "dateline") or (item.role == "since" and item.when.to_day))
    ]  # "from 13 to 18 January", "is there since the 19th"
    found = nearest(dates, doc.words, tag, doc.pack)
    return None if found and _is_of_another(doc, sentence, tag, found) else found


def _is_of_another(doc: Doc, sentence: Sentence, tag: Tag, day: Date) -> bool:
    """Whether another visit stands between one and a date: "the visit is in return for that of X in May"."""
    i, j = (tag.j, day.i) if tag.i < day.i else (day.j, tag.i)
    between = [other for other in doc.of_kind("visit", sentence) if i <= other.i and other.j < j]
    return any(other.value == tag.value and not other.feats & TENSES for other in between)


def _visitors(actors: list[Actor], tag: Tag, arrivals: list[Tag]) -> Iterator[Actor]:
    """Who may travel, likeliest first: right before "arrived on a", in the genitive before the visit, the subject."""
    hosted = [actor for actor in actors if actor.person and 0 <= actor.i - tag.j <= 1 and "CONV" in tag.feats]
    if hosted:
        yield hosted[0]  # "the visiting prime minister N"
        return
    for travel in arrivals:
        arrived = [actor for actor in actors if actor.person and 0 < travel.i - actor.j <= 2]
        if arrived and 0 < tag.i - travel.j <= _NEAR:
            yield arrived[-1]
        coming = [actor for actor in actors if actor.person and 0 <= actor.i - travel.j <= 1 and "PART" in travel.feats]
        if coming and 0 <= travel.i - tag.j <= _NEAR:
            yield coming[0]  # "N, who came on a visit", where the head comes last
    nearest = sorted((actor for actor in actors if actor.person), key=lambda actor: abs(actor.i - tag.i))
    yield from (actor for actor in nearest if actor.role == "GEN" and 0 <= tag.i - actor.j <= _OWNER_REACH)
    for roles in (("NOM",), ("CHAIR",), ("GEN", "BY"), ("WITH", "BETWEEN")):
        yield from (actor for actor in nearest if actor.role in roles)


def _consistent(found: list[Visit], published: date | None) -> list[Visit]:
    """Give a visit that is told again without its date that which it was told with, unless that one is long past; two
    of a few days are one journey, told with the date and status of the first.
    """
    since = published - _RECENT if published else date.min
    dated = {
        (visit.visitor, visit.destination): visit
        for visit in reversed(found)
        if visit.date and visit.date.latest >= since
    }
    kept: list[Visit] = []
    for visit in found:
        known = None if visit.date else dated.get((visit.visitor, visit.destination))
        dated_now = visit
        if known is not None:
            coming = visit.status == "held" and known.status == "planned"
            dated_now = replace(visit, date=known.date, status="planned" if coming else visit.status)
        same = next((one for one in kept if _is_one_journey(one, dated_now)), None)
        kept.append(replace(dated_now, date=same.date, status=same.status) if same else dated_now)
    return kept


def _is_one_journey(one: Visit, two: Visit) -> bool:
    """Whether the same travel to the same place within a few days; what was called off is a thing of its own."""
    if (one.visitor, one.delegation_of, one.destination) != (two.visitor, two.delegation_of, two.destination):
        return False
    if one.date is None or two.date is None or "cancelled" in (one.status, two.status):
        return False
    return one.date.earliest - two.date.latest <= _STAY and two.date.earliest - one.date.latest <= _STAY
