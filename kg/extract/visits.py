"""Journeys of persons, or of delegations, to states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg import seeds
from kg.article import EntityId
from kg.extract.merge import merged
from kg.facts import Evidence, Visit
from kg.text.actors import Actor
from kg.text.dates import Date, nearest
from kg.text.doc import Doc, Sentence
from kg.text.status import status
from kg.text.tags import Tag

_BESIDE = 4  # tokens between a verb of travelling and where it leads
_FAR = 8  # the same, where the verb comes last: "went to X for the first time in 2015"
_RIGHT_BESIDE = 2  # the same, where the place is told as one of staying ("arrived in X")
_OCCASIONS = frozenset({"summit", "council_session", "forum"})
_TENSES = frozenset({"PAST", "PRES", "FUT"})
_NEAR = 8  # tokens from a verb of travelling to the word for the visit
_RECENT = timedelta(days=30)
_STAY = timedelta(days=4)
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
    return any(0 <= (verb.i - tag.j if last else tag.i - verb.j) < _NEAR for tag in occasions)


def _journeys(doc: Doc, sentence: Sentence) -> Iterator[Visit]:
    """A leader who went or arrived somewhere abroad, told without a word for a visit; not to a summit or forum."""
    tense = doc.pack.tense if doc.pack else {}
    actors = [actor for actor in doc.actors_in(sentence) if not doc.in_quote(actor.i)]
    subjects = [actor for actor in actors if actor.person and actor.role == "NOM" and _home(doc, actor)]
    if not subjects:
        return
    for tag in doc.of_kind("visit_verb", sentence):
        told = next((tense[feat] for feat in tense if feat in tag.feats), None)
        if "CONV" in tag.feats and not told:  # its clause takes the tense of the next verb
            told = status(doc, sentence, tag, None)
        travels = tag.value in ("travel", "return") and told in ("held", "planned")
        if not travels or doc.in_quote(tag.i) or doc.negated(tag) or _at_occasion(doc, sentence, tag):
            continue
        visitor = min(subjects, key=lambda actor: (actor.i > tag.i, abs(actor.i - tag.i)))
        if visitor.i > tag.i and doc.pack is not None and doc.pack.head == "last":
            continue  # what follows the verb is another clause
        travellers = [actor for actor in actors if actor.group == visitor.group and actor.person and _home(doc, actor)]
        for destination in _abroad(doc, sentence, actors, tag):
            for traveller in travellers:
                if destination != _home(doc, traveller):
                    yield _told(doc, sentence, _Trip(tag, traveller, destination, told, "journey"), kind="unspecified")


def _abroad(doc: Doc, sentence: Sentence, actors: list[Actor], verb: Tag) -> list[EntityId]:
    """The states, or else the states of the places, right beside a verb of travelling."""
    last = doc.pack is not None and doc.pack.head == "last"
    for actor in reversed(actors) if last else actors:
        if actor.kind == "state" and _leads_to(actor.role, actor.i, actor.j, verb, last=last):
            return [other.states[0] for other in actors if other.group == actor.group]
    country = seeds.load().country
    found: list[EntityId] = []
    end = -1
    for place in doc.of_kind("place", sentence):
        joined = bool(found) and place.i - end <= 1 and doc.place_role(place) in ("NOM", "TO", "IN")
        if joined or _leads_to(doc.place_role(place), place.i, place.j, verb, last=last):
            found.extend(state for state in (country.get(EntityId(place.value)),) if state)
            end = place.j
    return found


def _leads_to(role: str, i: int, j: int, verb: Tag, *, last: bool) -> bool:
    """Whether a place is where a verb of travelling leads: in the case of direction near it, of place right beside.

    ``last``: the verb stands at the end of its clause.
    """
    far = _FAR if last else _BESIDE
    reach = {"FROM": far} if verb.value == "return" else {"TO": far, "IN": _RIGHT_BESIDE}
    reach = reach.get(role, -1)
    return 0 <= verb.i - j <= reach or (not last and 0 <= i - verb.j <= reach)


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
    if told == "hoped":
        return []
    actors = [actor for actor in doc.actors_in(sentence) if doc.in_quote(actor.i) == doc.in_quote(tag.i)]
    owners = [
        actor
        for actor in actors
        if 0 <= tag.i - actor.j <= {"GEN": _OWNER_REACH, "NOM": 1 if actor.person else -1}.get(actor.role, -1)
    ]
    if not any(actor.person for actor in owners) and (
        any(actor.kind == "title" for actor in owners) or _is_aside(doc, sentence, tag)
    ):
        return []
    for visitor in _visitors(actors, tag, doc.of_kind("visit_verb", sentence)):
        near = sorted(actors, key=lambda actor: max(actor.i - tag.j, tag.i - actor.j))
        destinations, rule = _visited(doc, actors, tag) or _destination(doc, sentence, near, visitor)
        if destinations:
            return [_told(doc, sentence, _Trip(tag, visitor, state, told, rule), tag.value) for state in destinations]
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
    home = _home(doc, hosts[0]) if len(hosts) == 1 and len(guests) == 1 else None
    if home is None or _home(doc, guests[0]) in (None, home):
        return []
    kind = next((tag.value for tag in doc.of_kind("visit", sentence)), "unspecified")
    return [_told(doc, sentence, _Trip(invitation, guests[0], home, "planned", "invited and accepted"), kind)]


def _is_aside(doc: Doc, sentence: Sentence, tag: Tag) -> bool:
    """Whether a visit is only spoken of ("about the visit"), or the occasion of something else ("before the visit")."""
    if doc.pack is None or doc.pack.head != "last" or tag.j >= len(doc.words):
        return False
    settings = {item.i for item in doc.of_kind("meeting_part", sentence) if item.value == "setting"}
    return tag.j in settings or doc.pack.after.get(doc.words[tag.j].fold) == "ABOUT"


def _date(doc: Doc, sentence: Sentence, tag: Tag) -> Date | None:
    dates = [
        item
        for item in doc.dates_in(sentence)
        if item.when and (not item.role or (item.role == "since" and len(item.when.start) == len("2025-01-01")))
    ]  # "from 13 to 18 January", "is there since the 19th"
    return nearest(dates, doc.words, tag, doc.pack)


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


def _destination(doc: Doc, sentence: Sentence, actors: list[Actor], visitor: Actor) -> tuple[list[EntityId], str]:
    """Where to: the state, else the state of a place, in the case of direction or place; else the one other state.

    Where the only such state is the visitor's own, he is the host.
    """
    home = _home(doc, visitor)
    told = list(_destinations(doc, sentence, actors))
    if told:
        return next((([s for s in states if s != home], rule) for states, rule in told if {*states} - {home}), ([], ""))
    others = {state for actor in actors for state in actor.states if state.startswith("state/")} - {home}
    if not others and _is_coming(doc, sentence, visitor):
        hosts = {state for actor in actors if actor.person and (state := _home(doc, actor))} - {home}
        return (list(hosts), "state of the host") if len(hosts) == 1 else ([], "")
    here = seeds.load().country.get(doc.article.dateline) if doc.article.dateline else None
    if home is None or len(others) > 1:
        return [], ""
    if others <= {*doc.pair, here} and others:
        return list(others), "the one other state"
    if not others and here in doc.pair and here not in (home, None):
        return [here], "where the article is from"
    if not others and here is None and home in doc.pair and len(doc.pair) == 2:
        return [state for state in doc.pair if state != home and state.startswith("state/")], "the article's other state"
    return [], ""


def _visited(doc: Doc, actors: list[Actor], tag: Tag) -> tuple[list[EntityId], str] | None:
    """The states right after a verb of visiting, or its object elsewhere, where the head comes first."""
    if doc.pack is None or doc.pack.head != "first" or not _TENSES & tag.feats:
        return None
    states = [actor for actor in actors if actor.kind == "state" and (actor.role == "ACC" or actor.i == tag.j)]
    first = min(states, key=lambda actor: (actor.i != tag.j, abs(actor.i - tag.i)), default=None)
    if first is None:
        return None
    return [actor.states[0] for actor in actors if actor.group == first.group], "states visited"


def _is_coming(doc: Doc, sentence: Sentence, visitor: Actor) -> bool:
    """Whether "who came" stands right before the visitor, where the head comes last: he came to the others."""
    travel = [tag for tag in doc.of_kind("visit_verb", sentence) if tag.value == "travel" and "PART" in tag.feats]
    return any(0 <= visitor.i - tag.j <= 1 for tag in travel)


def _destinations(doc: Doc, sentence: Sentence, actors: list[Actor]) -> Iterator[tuple[list[EntityId], str]]:
    for role in ("TO", "IN"):
        groups = dict.fromkeys(actor.group for actor in actors if actor.kind == "state" and actor.role == role)
        for group in groups:
            yield [actor.states[0] for actor in actors if actor.group == group], f"states in role {role}"
    country = seeds.load().country
    for roles in (("TO", "IN"), ("ACC",)):
        for place in doc.of_kind("place", sentence):
            state = country.get(EntityId(place.value))
            if state is not None and doc.place_role(place) in roles:
                yield [state], "state of a place"


def _home(doc: Doc, actor: Actor) -> EntityId | None:
    return actor.states[0] if actor.states else doc.state_of(actor.person) if actor.person else None


def _consistent(found: list[Visit], published: date | None) -> list[Visit]:
    """Give a visit that is told again without its date that which it was told with, unless that one is long past; two
    of a few days are one journey, told with the date and status of the first.
    """
    since = published - _RECENT if published else date.min
    dated = {
        (visit.visitor, visit.destination): visit.date
        for visit in reversed(found)
        if visit.date and visit.date.latest >= since
    }
    kept: list[Visit] = []
    for visit in found:
        day = visit.date or dated.get((visit.visitor, visit.destination))
        dated_now = replace(visit, date=day)
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
