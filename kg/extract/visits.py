"""Journeys of persons, or of delegations, to states."""

from __future__ import annotations

from collections.abc import Iterator

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
_RIGHT_BESIDE = 2  # the same, where the place is told as one of staying ("arrived in X")
_OCCASIONS = frozenset({"summit", "council_session", "forum"})
_NEAR = 8  # tokens from a verb of travelling to the word for the visit
_OWNER_REACH = 4  # tokens between "the president's" and "visit"


def visits(doc: Doc) -> list[Visit]:
    """One Visit for each word of visiting whose visitor and destination are clear."""
    found: list[Visit] = []
    for sentence in doc.sentences:
        for tag in doc.of_kind("visit", sentence):
            visit = _visit(doc, sentence, tag)
            if visit is not None:
                found.append(visit)
        if not doc.of_kind("visit", sentence):
            found.extend(_journeys(doc, sentence))
    return merged(_consistent(found))


def _journeys(doc: Doc, sentence: Sentence) -> Iterator[Visit]:
    """A leader who went or arrived somewhere abroad, told without a word for a visit; not to a summit or forum."""
    tense = doc.pack.tense if doc.pack else {}
    last = doc.pack is not None and doc.pack.head == "last"
    actors = [actor for actor in doc.actors_in(sentence) if not doc.in_quote(actor.i)]
    subjects = [actor for actor in actors if actor.person and actor.role == "NOM" and _home(doc, actor)]
    if not subjects or any(tag.value in _OCCASIONS for tag in doc.of_kind("meeting", sentence)):
        return
    for tag in doc.of_kind("visit_verb", sentence):
        told = next((tense[feat] for feat in tense if feat in tag.feats), None)
        if tag.value != "travel" or told not in ("held", "planned") or doc.in_quote(tag.i) or doc.negated(tag):
            continue
        before = [actor for actor in subjects if actor.i < tag.i or not last]
        visitor = min(before, key=lambda actor: abs(actor.i - tag.i), default=None)
        if visitor is None:
            continue
        destination, rule = _abroad(doc, sentence, actors, tag)
        if destination is not None and destination != _home(doc, visitor):
            day = _date(doc, sentence, tag)
            start, end = doc.sentence_span(sentence)
            evidence = Evidence(start=start, end=end, rule=f"visit: journey, {rule}")
            yield Visit(
                visitor=visitor.person,
                destination=destination,
                date=day.when_(told) if day else None,
                status=told,
                evidence=(evidence,),
            )


def _abroad(doc: Doc, sentence: Sentence, actors: list[Actor], verb: Tag) -> tuple[EntityId | None, str]:
    """The state, or the state of the place, right beside a verb of travelling."""
    country = seeds.load().country
    for actor in actors:
        if actor.kind == "state" and _leads_to(actor.role, actor.i, actor.j, verb):
            return actor.states[0], "state beside the verb"
    for place in doc.of_kind("place", sentence):
        if _leads_to(doc.place_role(place), place.i, place.j, verb):
            return country.get(EntityId(place.value)), "state of a place"
    return None, ""


def _leads_to(role: str, i: int, j: int, verb: Tag) -> bool:
    """Whether a place is where a verb of travelling leads: in the case of direction near it, of place right beside."""
    reach = {"TO": _BESIDE, "IN": _RIGHT_BESIDE}.get(role, -1)
    return 0 <= i - verb.j <= reach or 0 <= verb.i - j <= reach


def _visit(doc: Doc, sentence: Sentence, tag: Tag) -> Visit | None:
    day = _date(doc, sentence, tag)
    told = status(doc, sentence, tag, day)
    if told == "hoped":
        return None
    actors = [actor for actor in doc.actors_in(sentence) if doc.in_quote(actor.i) == doc.in_quote(tag.i)]
    owners = [actor for actor in actors if actor.role == "GEN" and 0 <= tag.i - actor.j <= _OWNER_REACH]
    if not any(actor.person for actor in owners) and (
        any(actor.kind == "title" for actor in owners) or _is_aside(doc, sentence, tag)
    ):
        return None
    for visitor in _visitors(actors, tag, doc.of_kind("visit_verb", sentence)):
        destination, rule = _destination(doc, sentence, actors, visitor)
        if destination is not None:
            start, end = doc.sentence_span(sentence)
            return Visit(
                visitor=visitor.person,
                delegation_of=None if visitor.person else visitor.states[0],
                destination=destination,
                kind=tag.value,
                date=day.when_(told) if day else None,
                status=told,
                evidence=(Evidence(start=start, end=end, rule=f"visit: {rule}"),),
            )
    return None


def _is_aside(doc: Doc, sentence: Sentence, tag: Tag) -> bool:
    """Whether a visit is only spoken of ("about the visit"), or the occasion of something else ("before the visit")."""
    if doc.pack is None or doc.pack.head != "last" or tag.j >= len(doc.words):
        return False
    settings = {item.i for item in doc.of_kind("meeting_part", sentence) if item.value == "setting"}
    return tag.j in settings or doc.pack.after.get(doc.words[tag.j].fold) == "ABOUT"


def _date(doc: Doc, sentence: Sentence, tag: Tag) -> Date | None:
    dates = [item for item in doc.dates_in(sentence) if item.when and not item.role]
    return nearest(dates, doc.words, tag, doc.pack)


def _visitors(actors: list[Actor], tag: Tag, arrivals: list[Tag]) -> Iterator[Actor]:
    """Who may travel, likeliest first: right before "arrived on a", in the genitive before the visit, the subject."""
    for travel in arrivals:
        arrived = [actor for actor in actors if actor.person and 0 < travel.i - actor.j <= 2]
        if arrived and 0 < tag.i - travel.j <= _NEAR:
            yield arrived[-1]
        coming = [actor for actor in actors if actor.person and 0 <= actor.i - travel.j <= 1 and "PART" in travel.feats]
        if coming and 0 <= travel.i - tag.j <= _NEAR:
            yield coming[0]  # "N, who came on a visit", where the head comes last
    nearest = sorted((actor for actor in actors if actor.person), key=lambda actor: abs(actor.i - tag.i))
    yield from (actor for actor in nearest if actor.role == "GEN" and 0 <= tag.i - actor.j <= _OWNER_REACH)
    for roles in (("NOM",), ("GEN", "BY"), ("WITH",)):
        yield from (actor for actor in nearest if actor.role in roles)


def _destination(doc: Doc, sentence: Sentence, actors: list[Actor], visitor: Actor) -> tuple[EntityId | None, str]:
    """Where to: the state, else the state of a place, in the case of direction or place; else the one other state.

    Where the only such state is the visitor's own, he is the host.
    """
    home = _home(doc, visitor)
    told = list(_destinations(doc, sentence, actors))
    abroad = [(state, rule) for state, rule in told if state != home]
    if told:
        return abroad[0] if abroad else (None, "")
    others = {state for actor in actors for state in actor.states if state.startswith("state/")} - {home}
    here = seeds.load().country.get(doc.article.dateline) if doc.article.dateline else None
    if len(others) == 1 and home is not None and (only := next(iter(others))) in (*doc.pair, here):
        return only, "the one other state"
    return None, ""


def _destinations(doc: Doc, sentence: Sentence, actors: list[Actor]) -> Iterator[tuple[EntityId, str]]:
    for role in ("TO", "IN"):
        yield from ((actor.states[0], f"state in role {role}") for actor in actors
                    if actor.kind == "state" and actor.role == role)
    country = seeds.load().country
    for place in doc.of_kind("place", sentence):
        state = country.get(EntityId(place.value))
        if state is not None and doc.place_role(place) in ("TO", "IN"):
            yield state, "state of a place"


def _home(doc: Doc, actor: Actor) -> EntityId | None:
    return actor.states[0] if actor.states else doc.state_of(actor.person) if actor.person else None


def _consistent(found: list[Visit]) -> list[Visit]:
    """Give a visit that is told again without its date or kind those that it was told with."""
    dated = {(visit.visitor, visit.destination): visit.date for visit in reversed(found) if visit.date}
    kept = []
    for visit in found:
        date = visit.date or dated.get((visit.visitor, visit.destination))
        kept.append(
            Visit(
                visitor=visit.visitor,
                delegation_of=visit.delegation_of,
                destination=visit.destination,
                kind=visit.kind,
                date=date,
                status=visit.status,
                evidence=visit.evidence,
            )
        )
    return kept
