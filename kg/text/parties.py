"""Who an article is about: its two parties, the states of a gathering of leaders, and the regions that it names."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from kg import seeds
from kg.article import EntityId
from kg.text.actors import Actor
from kg.text.linking import LEADERS, in_office
from kg.text.titles import LEADS_STATE

_OFTEN = 3  # times that an article names an organisation that it is about
_SEVERAL = 3  # leaders named in one sentence
_Homes = dict[EntityId | None, tuple[EntityId, ...]]


def is_party(entity: EntityId) -> bool:
    """Whether something can be a party to trade or an agreement: a state, or a bloc that acts as one."""
    return entity.startswith("state/") or entity in seeds.load().blocs


def regions_of(actors: Sequence[Actor]) -> list[Actor]:
    """The regions by name, and "the region" if the article names one only."""
    regional = seeds.load().regions
    named = {state for actor in actors for state in actor.states if state in regional}
    found = [actor for actor in actors if actor.kind == "region"]
    if len(named) == 1:
        found += [replace(actor, states=tuple(named)) for actor in actors if actor.rule == "region"]
    return sorted(found, key=lambda actor: actor.i)


def pair_of(
    actors: Sequence[Actor], ranges: Sequence[tuple[int, int]], day: date | None
) -> tuple[EntityId, ...]:
    """The two parties that the article is about: clearly named most, first in its beginning, else in all of it.

    A leader counts for the state that the article gives him anywhere; if that tells no two, for the one that he is
    known to lead on that day, if the article names that or else in any case.
    """
    told: _Homes = {actor.person: actor.states for actor in actors if actor.person and actor.states}
    named = {state for actor in actors for state in actor.states}
    led = _known_homes(actors, day)
    known = {person: states for person, states in led.items() if {*states} & named}
    found = _top_two(actors, ranges, told)
    for homes in (known, led):
        leaders = {state for states in homes.values() for state in states}
        found = found or (_top_two(actors, ranges, {**homes, **told}) if len(leaders) < _SEVERAL else ())
    return found


def pairs_in(
    actors: Sequence[Actor],
    ranges: Sequence[tuple[int, int]],
    starts: Sequence[int],
    pair: tuple[EntityId, ...],
    day: date | None,
) -> list[tuple[EntityId, ...]]:
    """For each sentence the two parties that its paragraph is about, if it names just two, else the article's.

    ``starts``: the tokens with which paragraphs begin.
    """
    told: _Homes = {actor.person: actor.states for actor in actors if actor.person and actor.states}
    homes = {**_known_homes(actors, day), **told}
    named: list[set[EntityId]] = [set() for _ in range(len(starts) + 1)]
    for actor in actors:
        states = actor.states or (homes.get(actor.person, ()) if actor.person else ())
        named[bisect_right(starts, actor.i)].update(state for state in states if is_party(state))
    own = [tuple(sorted(parties)) if len(parties) == 2 else pair for parties in named]
    return [own[bisect_right(starts, i)] for i, _ in ranges]


def _top_two(actors: Sequence[Actor], ranges: Sequence[tuple[int, int]], home: _Homes) -> tuple[EntityId, ...]:
    beginning = ranges[min(2, len(ranges) - 1)][1] if ranges else 0
    for end in (beginning, 10**9):
        named = [
            actor.states or (home.get(actor.person, ()) if actor.person else ()) for actor in actors if actor.i < end
        ]
        top = Counter(state for states in named for state in states if is_party(state)).most_common(3)
        if len(top) == 2 or (len(top) == 3 and top[1][1] > top[2][1]):
            return tuple(sorted(state for state, _ in top[:2]))
    return ()


def _known_homes(actors: Sequence[Actor], day: date | None) -> _Homes:
    """The state that each leader is known to lead."""
    homes: _Homes = {}
    for person in {actor.person for actor in actors if actor.person}:
        terms = seeds.load().terms.get(person, ())
        states = {term.of for term in terms if term.office in LEADS_STATE and in_office(term, day)}
        if len(states) == 1 and (state := states.pop()) is not None:
            homes[person] = (state,)
    return homes


def gathering_of(
    actors: Sequence[Actor], ranges: Sequence[tuple[int, int]], pair: Sequence[EntityId]
) -> tuple[EntityId, ...]:
    """The states of the leaders whom one sentence lists, three or more, and of those named again and again; the
    organisation alone whose leaders they are, if the article names it often.

    Nothing where two organisations meet, since these act for their members; a state that meets with one is among them.
    """
    leaders = [actor for actor in actors if actor.office in LEADERS]
    found: set[EntityId] = set()
    for i, j in ranges:
        listed = {state for actor in leaders if i <= actor.i < j for state in actor.states if is_party(state)}
        if len(listed) >= _SEVERAL:
            found |= listed
    parties = {party for party in pair if party.startswith("state/")}
    if not found or (pair and not parties):
        return ()
    named = Counter(item for actor in actors for item in actor.states if item.startswith("organization/"))
    if named and (first := named.most_common(1)[0])[1] >= _OFTEN and not is_party(first[0]):
        return (first[0],)
    counts = Counter(state for actor in leaders for state in actor.states)
    found |= {state for state, count in counts.items() if count > 1}
    if len(parties) < len(pair):
        found |= parties
    return tuple(sorted(item for item in found if item.startswith("state/")))


def only_with(actors: Iterable[Actor]) -> bool:
    """Whether the parties are named as those with whom another deals ("agreed with X and Y"), all in one breath."""
    parties = [actor for actor in actors if any(is_party(state) for state in actor.states)]
    return len(parties) > 1 and {(actor.role, actor.group) for actor in parties} == {("WITH", parties[0].group)}
