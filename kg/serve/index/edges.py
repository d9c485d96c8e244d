"""Facts as the edges of the explorer: what of two sides is an edge, what of more is a node that all are tied to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from kg.serve.index.read import Fact


class Edge(NamedTuple):
    """A line between two nodes, for one fact; ``directed`` if the direction means something."""

    source: str
    target: str
    directed: bool = False


def edges(fact: Fact) -> set[Edge]:
    """The edges that a fact gives; undirected ones in the order of their ids. An edge never joins a thing to itself.

    >>> meeting = Fact("meeting/1", "Meeting")
    >>> meeting.values["participant"] += ["state/KZ", "state/KG"]
    >>> edges(meeting)
    {Edge(source='state/KG', target='state/KZ', directed=False)}
    """
    found = _MAKERS.get(fact.class_, _none)(fact)
    return {edge if edge.directed or edge.source < edge.target else Edge(edge.target, edge.source)
            for edge in found if edge.source and edge.target and edge.source != edge.target}


def parts(fact: Fact) -> set[str]:
    """Everything that takes part in a fact in any role."""
    return {value for role in ROLES for value in fact.all(role) if "/" in value}


ROLES = (
    "member", "of", "participant", "chair", "place", "country", "body", "visitor", "delegationOf", "destination",
    "party", "from", "to", "speaker", "addressee", "about",
)


def _meeting(fact: Fact) -> Iterator[Edge]:
    who = sorted({*fact.all("participant"), *fact.all("chair")})
    people = [one for one in who if one.startswith("person/")]
    sides = [one for one in who if not one.startswith("person/")]
    if len(who) == 2:
        yield Edge(who[0], who[1])
        return
    for group in (people, sides):
        if len(group) == 2:
            yield Edge(group[0], group[1])
    if any(len(group) not in (0, 2) for group in (people, sides)):
        everyone = {*who, *fact.all("body")}
        yield from (Edge(one, fact.id) for one in everyone)


def _visit(fact: Fact) -> Iterator[Edge]:
    for visitor in {*fact.all("visitor"), *fact.all("delegationOf")}:
        yield Edge(visitor, fact.one("destination"), directed=True)


def _tenure(fact: Fact) -> Iterator[Edge]:
    yield Edge(fact.one("member"), fact.one("of"), directed=True)


def _statement(fact: Fact) -> Iterator[Edge]:
    for thing in fact.all("addressee") or fact.all("about"):
        yield Edge(fact.one("speaker"), thing, directed=True)


def _between(fact: Fact) -> Iterator[Edge]:
    """Of two parties, with the direction of the goods or the money if it is told; else a node."""
    parties = sorted(set(fact.all("party")))
    if len(parties) != 2:
        yield from (Edge(party, fact.id) for party in parties)
        return
    source, target = fact.one("from"), fact.one("to")
    if source in parties or target in parties:
        source = source if source in parties else next(one for one in parties if one != target)
        yield Edge(source, next(one for one in parties if one != source), directed=True)
    else:
        yield Edge(parties[0], parties[1])


def _relation(fact: Fact) -> Iterator[Edge]:
    yield from (Edge(one, other) for one, other in combinations(sorted(set(fact.all("party"))), 2))


def _none(_: Fact) -> Iterator[Edge]:
    return iter(())


_MAKERS: Mapping[str, Callable[[Fact], Iterator[Edge]]] = {
    "Meeting": _meeting,
    "Visit": _visit,
    "Tenure": _tenure,
    "Statement": _statement,
    "TradeVolume": _between,
    "Agreement": _between,
    "Relation": _relation,
}
