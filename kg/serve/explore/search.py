"""Finding things by their names, in any script and spelling."""

from __future__ import annotations

import math
from sqlite3 import Row
from typing import Any

from rapidfuzz.fuzz import ratio

from kg.rdf import iri
from kg.serve.explore.filters import listed
from kg.serve.explore.graph import MOST
from kg.serve.explore.labels import Labels
from kg.serve.index.names import keys, words
from kg.serve.params import Params
from kg.serve.snapshot import Snapshot
from kg.text.names import in_latin

Json = dict[str, Any]

CANDIDATES = 400
"""Names that are compared letter by letter; the index orders them by how rare their words are."""
LONGEST, MOST_WORDS = 200, 12
PREFIX = 3
"""Consonants that a key must have before other consonants may follow it."""

_SELECT = """
SELECT label.node, label.text, label.language, node.id, node.class, node.country, node.facts
FROM name JOIN label ON label.label = name.rowid LEFT JOIN node ON node.node = label.node
WHERE name MATCH ? {which} ORDER BY label.node < 0, rank LIMIT ?
"""


def search(snapshot: Snapshot, params: Params) -> list[Json]:
    """Things whose names match, the best first, then articles with such headlines. Raises RequestError."""
    wanted = " ".join(params.one("q")[:LONGEST].split())
    asked = words(wanted)[:MOST_WORDS]
    if not asked:
        return []
    limit, classes = params.number("limit", 20, MOST), params.all("class")
    which = "AND COALESCE(node.class, 'Article') IN (SELECT value FROM json_each(?))" if classes else ""
    rows = _candidates(snapshot, wanted, asked, which, classes)
    latin = _latin(wanted, snapshot)
    best: dict[int, tuple[float, Row]] = {}
    for row in rows:
        score = _score(asked, latin, row, snapshot)
        if row["node"] not in best or score > best[row["node"]][0]:
            best[row["node"]] = (score, row)
    ranked = sorted(best.values(), key=lambda item: (item[1]["node"] < 0, -item[0], item[1]["id"] or ""))[:limit]
    names = Labels(snapshot, params.one("lang")).of(row["id"] for _, row in ranked if row["id"])
    titles = _titles(snapshot, [-row["node"] for _, row in ranked if row["node"] < 0])
    return [_found(row, names) if row["id"] else _article(row, titles[-row["node"]]) for _, row in ranked]


def _candidates(snapshot: Snapshot, wanted: str, asked: list[str], which: str, classes: list[str]) -> list[Row]:
    """Names that have every word that is asked for, as written, begun, or by its sound."""
    from_sound = keys(wanted, snapshot.alphabets)
    terms = []
    for place, word in enumerate(asked):
        ways = [f'words : "{word}" *']
        sounds = sorted(from_sound[place]) if place < len(from_sound) else []
        ways += [f'keys : "{sound}"' + (" *" if len(sound) >= PREFIX else "") for sound in sounds]
        terms.append(f"({' OR '.join(ways)})")
    values: list[object] = [" AND ".join(terms)]
    if classes:
        values.append(listed(classes))
    return snapshot.index.execute(_SELECT.format(which=which), [*values, CANDIDATES]).fetchall()


def _score(asked: list[str], latin: str, row: Row, snapshot: Snapshot) -> float:
    """How well a name answers: its words as written, the rest by letters, and how much is told of the thing."""
    own = words(row["text"])
    whole = sum(word in own for word in asked)
    begun = sum(any(each.startswith(word) for each in own) for word in asked)
    alike = max(ratio(latin, _latin(row["text"], snapshot)), 100.0 * (own == asked))
    known = math.log1p(row["facts"] or 0)
    return (60 * whole + 40 * begun) / len(asked) + alike / 2 + 8 * known


def _latin(text: str, snapshot: Snapshot) -> str:
    """A name in plain Latin letters, for comparing: letters of any language."""
    tables = reversed(snapshot.alphabets)
    letters = str.maketrans({key: value for table in tables for key, value in table.items() if not key.isascii()})
    return " ".join(in_latin(word, letters).lower() for word in words(text))


def _found(row: Row, names: dict[str, str]) -> Json:
    return {"id": row["id"], "iri": iri(row["id"]).value, "label": names[row["id"]], "class": row["class"],
            "matched": row["text"], "facts": row["facts"], "country": row["country"]}


def _article(row: Row, id_: str) -> Json:
    return {"id": id_, "iri": iri(id_).value, "label": row["text"], "class": "Article", "matched": row["text"],
            "facts": 0, "country": ""}


def _titles(snapshot: Snapshot, rows: list[int]) -> dict[int, str]:
    return dict(snapshot.index.execute(
        "SELECT article, id FROM article WHERE article IN (SELECT value FROM json_each(?))", [listed(rows)]).fetchall())


