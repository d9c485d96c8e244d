"""What a gold says of an article and what was read from it, in one shape: the columns of the named queries by class."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kg import seeds
from kg.article import EntityId, Extraction
from kg.errors import SourceError
from kg.facts import Agreement, Fact, Meeting, Relation, Statement, Tenure, Topic, TradeVolume, Visit

Row = Mapping[str, Any]
CLASSES = (
    "states",
    "organizations",
    "persons",
    "offices",
    "meetings",
    "visits",
    "trade",
    "agreements",
    "relations",
    "speakers",
    "topics",
)


def gold(path: Path) -> dict[str, list[Row]]:
    """The rows of a gold file by class. Raises SourceError."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceError(path, f"is not a readable gold file ({error})") from error
    return true_rows(table)


def true_rows(table: Mapping[str, Any]) -> dict[str, list[Row]]:
    """The rows of a gold's keys by class; ``leaders`` gives persons and offices."""
    leaders = table.get("leaders", [])
    rows: dict[str, list[Row]] = {
        key: [row if isinstance(row, dict) else {"value": row} for row in table.get(key, [])]
        for key in CLASSES
        if key in table
    }
    if "leaders" in table:
        names = dict.fromkeys(row["name"] for row in leaders)
        rows["persons"] = [{"value": name} for name in names]
        rows["offices"] = [row for row in leaders if row.get("role")]
    return rows


def rows(extraction: Extraction) -> dict[str, list[Row]]:
    """What was read from an article, in the same shape."""
    labels = {**seeds.load().label, **{item.id: item.label or "" for item in extraction.mentions if item.id}}
    found: dict[str, list[Row]] = {key: [] for key in CLASSES}
    for kind, key in (("state", "states"), ("organization", "organizations")):
        found[key] = [
            {"value": _code(id_)} for id_ in sorted({m.id for m in extraction.mentions if m.kind == kind and m.id})
        ]
    found["persons"] = [
        {"value": labels[id_]} for id_ in sorted({m.id for m in extraction.mentions if m.kind == "person" and m.id})
    ]
    for fact in extraction.facts:
        for key, row in _row(fact, labels):
            if row not in found[key]:
                found[key].append(row)
    return found


def _code(id_: EntityId | None) -> str:
    return id_.partition("/")[2] if id_ else ""


def _row(fact: Fact, labels: Mapping[EntityId, str]) -> Iterator[tuple[str, Row]]:
    """The class of a fact and its row; ``labels`` are the names of persons and places."""
    if isinstance(fact, Tenure):
        yield "offices", {"name": labels.get(fact.member, ""), "role": fact.office, "of": _code(fact.of)}
    elif isinstance(fact, Meeting):
        yield "meetings", _meeting(fact, labels)
    elif isinstance(fact, Visit):
        visitor = labels.get(fact.visitor, "") if fact.visitor else ""
        yield "visits", {"visitor": visitor, "to": _code(fact.destination)} | _told(fact, "kind", "status", "date")
    elif isinstance(fact, TradeVolume):
        figure = {"parties": _codes(fact.party), "currency": fact.currency or "", "period": str(fact.period or "")}
        yield "trade", figure | _told(fact, "flow", "amount", "status", "qualifier")
    elif isinstance(fact, Agreement):
        yield "agreements", {"parties": _codes(fact.party)} | _told(fact, "kind", "date", "status")
    elif isinstance(fact, Relation):
        yield "relations", {"states": _codes(fact.party), "kind": fact.kind}
    elif isinstance(fact, Statement):
        yield "speakers", {"value": labels.get(fact.speaker, "")}
    elif isinstance(fact, Topic):
        yield "topics", {"value": fact.topic}


def _meeting(fact: Meeting, labels: Mapping[EntityId, str]) -> dict[str, Any]:
    return _told(fact, "kind", "status", "date", "ordinal") | {
        "states": _codes(fact.participant, "state/"),
        "organizations": _codes(fact.participant, "organization/"),
        "persons": [labels.get(item, "") for item in fact.participant if item.startswith("person/")],
        "city": labels.get(fact.place, "") if fact.place else "",
        "country": _code(fact.country),
    }


def _told(fact: Fact, *names: str) -> dict[str, Any]:
    return {name: getattr(fact, name) for name in names}


def _codes(ids: Sequence[EntityId], kind: str = "") -> list[str]:
    return sorted(_code(id_) for id_ in ids if id_.startswith(kind))
