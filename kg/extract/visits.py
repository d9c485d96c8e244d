"""Journeys of persons, or of delegations, to states."""

from __future__ import annotations

from collections.abc import Iterator

from kg import seeds
from kg.article import EntityId
from kg.extract.merge import merged
from kg.facts import Evidence, Visit
from kg.text.actors import Actor
from kg.text.dates import Date
from kg.text.doc import Doc, Sentence
from kg.text.status import status
from kg.text.tags import Tag

_BESIDE = 4  # tokens between a verb of travelling and where it leads
_NEAR = 8  # tokens from a verb of travelling to the word for the visit


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
    """A leader who went or arrived somewhere abroad, told without a word for a visit."""
    tense = doc.pack.tense if doc.pack else {}
    actors = [actor for actor in doc.actors_in(sentence) if not doc.in_quote(actor.i)]
    subjects = [actor for actor in actors if actor.person and actor.role == "NOM"]
    for tag in doc.of_kind("visit_verb", sentence):
        told = next((tense[feat] for feat in tense if feat in tag.feats), None)
        if tag.value != "travel" or told not in ("held", "planned") or not subjects or doc.in_quote(tag.i):
            continue
        visitor = min(subjects, key=lambda actor: abs(actor.i - tag.i))
        destination, rule = _abroad(doc, sentence, actors, visitor, tag)
        if destination is not None and visitor.person in seeds.load().terms:
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


def _abroad(
    doc: Doc, sentence: Sentence, actors: list[Actor], visitor: Actor, verb: Tag
) -> tuple[EntityId | None, str]:
    """The foreign state, or the state of the foreign place, right beside a verb of travelling."""
    home = visitor.states[0] if visitor.states else doc.state_of(visitor.person) if visitor.person else None
    country = seeds.load().country
    for actor in actors:
        if actor.kind == "state" and actor.role == "TO" and _beside(actor.i, actor.j, verb) and home is not None:
            return (actor.states[0] if actor.states[0] != home else None), "state in role TO"
    for place in doc.of_kind("place", sentence):
        state = country.get(EntityId(place.value))
        if doc.place_role(place) == "TO" and _beside(place.i, place.j, verb) and home is not None and state != home:
            return state, "state of a place"
    return None, ""


def _beside(i: int, j: int, verb: Tag) -> bool:
    return -_BESIDE <= i - verb.j <= _BESIDE or 0 <= verb.i - j <= _BESIDE


def _visit(doc: Doc, sentence: Sentence, tag: Tag) -> Visit | None:
    day = _date(doc, sentence, tag)
    told = status(doc, sentence, tag, day)
    if told == "hoped":
        return None
    actors = [actor for actor in doc.actors_in(sentence) if doc.in_quote(actor.i) == doc.in_quote(tag.i)]
    visitor = _visitor(actors, tag, doc.of_kind("visit_verb", sentence))
    if visitor is None:
        return None
    destination, rule = _destination(doc, sentence, actors, visitor)
    if destination is None:
        return None
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


def _date(doc: Doc, sentence: Sentence, tag: Tag) -> Date | None:
    dates = [item for item in doc.dates_in(sentence) if item.when and not item.role]
    return min(dates, key=lambda item: min(abs(item.i - tag.j), abs(tag.i - item.j)), default=None)


def _visitor(actors: list[Actor], tag: Tag, arrivals: list[Tag]) -> Actor | None:
    """Who travels: the person right before "arrived on a", else in the genitive before the visit, else the subject."""
    for travel in arrivals:
        arrived = [actor for actor in actors if actor.person and 0 < travel.i - actor.j <= 2]
        if arrived and 0 < tag.i - travel.j <= _NEAR:
            return arrived[-1]
        coming = [actor for actor in actors if actor.person and 0 <= actor.i - travel.j <= 1 and "PART" in travel.feats]
        if coming and 0 <= travel.i - tag.j <= _NEAR:
            return coming[0]  # "N, who came on a visit", where the head comes last
    people = [actor for actor in actors if actor.person and actor.role in ("NOM", "GEN", "BY")]
    owners = [actor for actor in people if actor.role == "GEN" and 0 <= tag.i - actor.j <= 4]
    subjects = owners or [actor for actor in people if actor.role == "NOM"] or people
    return min(subjects, key=lambda actor: abs(actor.i - tag.i), default=None)


def _destination(doc: Doc, sentence: Sentence, actors: list[Actor], visitor: Actor) -> tuple[EntityId | None, str]:
    """Where to: the state in the case of direction, the state of a place in it, else the one other state."""
    home = visitor.states[0] if visitor.states else doc.state_of(visitor.person) if visitor.person else None
    for role in ("TO", "IN"):
        for actor in actors:
            if actor.kind == "state" and actor.role == role and actor.states[0] != home:
                return actor.states[0], f"state in role {role}"
    country = seeds.load().country
    for place in doc.of_kind("place", sentence):
        state = country.get(EntityId(place.value))
        if state is not None and state != home and doc.place_role(place) in ("TO", "IN"):
            return state, "state of a place"
    others = {state for actor in actors for state in actor.states if state.startswith("state/")} - {home}
    here = country.get(doc.article.dateline) if doc.article.dateline else None
    if len(others) == 1 and home is not None and (only := next(iter(others))) in (*doc.pair, here):
        return only, "the one other state"
    return None, ""


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
