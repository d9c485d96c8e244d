"""Which facts contradict each other, by the rule of the named query ``contradictions``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from itertools import combinations, islice

from kg.serve.index.read import Fact

SINGLE = (
    "office", "kind", "place", "country", "date", "ordinal", "body", "status", "destination", "from", "to", "low",
    "high", "qualifier", "title", "addressee",
)
"""Properties of which a fact has only one, unless two articles tell it differently."""

MOST = 2000
"""Pairs that are told of one question (the same parties, flow, period and currency); no real one had so many."""


def differing(fact: Fact) -> list[str]:
    """The properties of a fact that two articles tell differently."""
    return [name for name in SINGLE if len(set(fact.values.get(name, ()))) > 1]


def contradictions(facts: Iterable[Fact]) -> Iterator[tuple[str, str]]:
    """Pairs of figures that answer the same question with amounts whose bounds exclude each other."""
    asked: defaultdict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.class_ == "TradeVolume" and fact.one("currency") and fact.one("period") and fact.one("amount"):
            parties = tuple(sorted(set(fact.values.get("party", ()))))
            asked[(parties, *map(fact.one, ("flow", "from", "to", "status", "currency", "period")))].append(fact)
    for group in asked.values():
        apart = ((one.id, other.id) for one, other in combinations(sorted(group, key=lambda fact: fact.id), 2)
                 if _apart(_bounds(one), _bounds(other)))
        yield from islice(apart, MOST)


def _apart(one: tuple[Decimal, Decimal], other: tuple[Decimal, Decimal]) -> bool:
    return one[0] > other[1] or other[0] > one[1]


def _bounds(fact: Fact) -> tuple[Decimal, Decimal]:
    """The least and the most that a figure can mean."""
    amount = _number(fact.one("amount"), Decimal(0))
    least = Decimal(0) if fact.one("qualifier") == "at_most" else amount
    most = Decimal("Infinity") if fact.one("qualifier") == "at_least" else amount
    return _number(fact.one("low"), least), _number(fact.one("high"), most)


def _number(text: str, otherwise: Decimal) -> Decimal:
    try:
        return Decimal(text) if text else otherwise
    except InvalidOperation:
        return otherwise
