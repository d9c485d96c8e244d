"""Two mentions of one fact become one fact with two pieces of evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import TypeVar

from kg.facts import Fact

AnyFact = TypeVar("AnyFact", bound=Fact)


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
    for field in sorted(fields(one), key=lambda field: field.name != "qualifier"):
        mine, other = getattr(one, field.name), getattr(two, field.name)
        if field.name == "evidence":
            changes["evidence"] = tuple(dict.fromkeys(mine + other))
        elif field.name in ("low", "high"):
            if "qualifier" in changes:
                changes[field.name] = other  # the bounds are those of the qualifier
        elif mine in (None, (), "exact", "unspecified") and other not in (None, ()):
            changes[field.name] = other
    return replace(one, **changes)  # type: ignore[arg-type]  # the values are those of the same fields
