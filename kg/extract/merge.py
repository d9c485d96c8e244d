"""Two mentions of one fact become one fact with two pieces of evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import TypeVar

from kg.facts import FACTS, Fact

AnyFact = TypeVar("AnyFact", bound=Fact)
_FIELDS = {
    kind: sorted((field.name for field in fields(kind)), key=lambda name: name != "qualifier") for kind in FACTS
}
"""The fields of each class of facts, the qualifier first."""


def merged(facts: Iterable[AnyFact]) -> list[AnyFact]:
    """Facts with equal keys become one: what one leaves open the other fills in; the evidence of all is kept.

    A qualifier other than "exact" wins, since a headline may round what the body qualifies.
    """
    found: dict[tuple[object, ...], AnyFact] = {}
    for fact in facts:
        key = tuple(getattr(fact, name) for name in fact.KEY)
        found[key] = _joined(found[key], fact) if key in found else fact
    return list(found.values())


def _joined(one: AnyFact, two: AnyFact) -> AnyFact:
    changes: dict[str, object] = {}
    for name in _FIELDS[type(one)]:
        mine, other = getattr(one, name), getattr(two, name)
        if name == "evidence":
            changes["evidence"] = tuple(dict.fromkeys(mine + other))
        elif name in ("low", "high"):
            if "qualifier" in changes:
                changes[name] = other  # the bounds are those of the qualifier
        elif mine in (None, (), "exact", "unspecified") and other not in (None, ()):
            changes[name] = other
    return replace(one, **changes)  # type: ignore[arg-type]  # the values are those of the same fields
