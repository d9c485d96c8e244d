"""Facts with their fields, their evidence in the words of the articles, and what contradicts them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from sqlite3 import Row
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.errors import RequestError
from kg.rdf import BASE, ONTOLOGY, iri
from kg.serve.explore.filters import Filters, listed
from kg.serve.explore.graph import number
from kg.serve.explore.labels import Labels
from kg.serve.index.conflicts import SINGLE
from kg.serve.index.read import short
from kg.serve.params import Params
from kg.serve.snapshot import Snapshot

Json = dict[str, Any]

AROUND = 80
MOST = 200
LATEST_FIRST = "ORDER BY fact.earliest = '', fact.earliest DESC, fact.id"
OLDEST_FIRST = "ORDER BY fact.earliest = '', fact.earliest, fact.id"

_HIDDEN = {"earliest", "latest"}
_EVIDENCE = """
SELECT fact.id AS fact, article.id AS article, title, publisher, published, language, url, source,
  evidence."start", evidence."end", rule, qualifier, speaker
FROM evidence JOIN fact USING (fact) JOIN article USING (article)
WHERE fact.fact IN (SELECT value FROM json_each(?)) {which}
ORDER BY published, article.id, evidence."start", evidence."end"
"""


def facts(snapshot: Snapshot, params: Params) -> Json:
    """The facts of an edge, between two nodes, of a node, or one; a page of them. Raises RequestError."""
    tables, condition, values = _chosen(snapshot, params)
    return page(snapshot, params, (tables, condition, values), LATEST_FIRST, whole=True)


def page(
    snapshot: Snapshot, params: Params, chosen: tuple[str, str, list[object]], order: str, *, whole: bool = False
) -> Json:
    """A page of the facts that are chosen and pass; ``whole`` with evidence and contradictions."""
    tables, condition, values = chosen
    where, more = Filters.of(params).where()
    source = f"FROM fact {tables} WHERE {condition} AND {where}"
    offset, limit = params.number("offset", 0, 10**9), params.number("limit", 50, MOST)
    total = snapshot.index.execute(f"SELECT COUNT(DISTINCT fact.fact) {source}", [*values, *more]).fetchone()[0]
    rows = snapshot.index.execute(
        f"SELECT DISTINCT fact.* {source} {order} LIMIT ? OFFSET ?", [*values, *more, limit, offset]).fetchall()
    labels = Labels(snapshot, params.one("lang"))
    return {"total": total, "more": offset + len(rows) < total, "facts": told(snapshot, rows, labels, whole=whole)}


def told(snapshot: Snapshot, rows: Sequence[Row], labels: Labels, *, whole: bool) -> list[Json]:
    """Facts as they are told outside, in the order of their rows."""
    fields = {row["id"]: _values(snapshot, row["id"]) for row in rows}
    names = labels.of(id_ for each in fields.values() for terms in each.values()
                      for id_ in map(_id, terms) if id_ and not id_.startswith("topic/"))
    found = []
    for row in rows:
        values = fields[row["id"]]
        text = {name: _plain(terms[0]) for name, terms in values.items()}
        found.append({
            "id": row["id"], "iri": iri(row["id"]).value, "class": row["class"], "kind": row["kind"],
            "status": row["status"], "label": labels.fact(row, text), "date": row["date"], "earliest": row["earliest"],
            "latest": row["latest"], "support": row["support"], "articles": row["articles"],
            "conflict": bool(row["conflict"]),
            "differs": [name for name in SINGLE if len(values.get(name, ())) > 1],
            "fields": [{"property": name, "values": [_value(term, names, labels) for term in terms]}
                       for name, terms in values.items() if name not in _HIDDEN],
        })
    if whole:
        numbers = [row["fact"] for row in rows]
        places, against = evidence(snapshot, numbers, labels), _against(snapshot, numbers, labels)
        for each in found:
            each |= {"evidence": places.get(each["id"], []), "contradicts": against.get(each["id"], [])}
    return found


def evidence(snapshot: Snapshot, rows: Sequence[int], labels: Labels, article: str = "") -> dict[str, list[Json]]:
    """Where facts are stated, by the fact's id: the words with some text around them, the article, and the rule."""
    which, values = ("AND article.id = ?", [article]) if article else ("", [])
    found = [dict(row) for row in snapshot.index.execute(_EVIDENCE.format(which=which), [listed(rows), *values])]
    texts = {id_: text(snapshot, id_) for id_ in {each["article"] for each in found}}
    names = labels.of(each["publisher"] for each in found if each["publisher"])
    by_fact: defaultdict[str, list[Json]] = defaultdict(list)
    for each in found:
        words, start, end = texts[each["article"]], each["start"], each["end"]
        each |= {"exact": words[start:end], "before": words[max(0, start - AROUND):start],
                 "after": words[end:end + AROUND], "publisherLabel": names.get(each["publisher"], "")}
        by_fact[each.pop("fact")].append(each)
    return by_fact


def text(snapshot: Snapshot, article: str) -> str:
    """The text of an article."""
    return snapshot.texts(article).get("text", "")


def _against(snapshot: Snapshot, rows: Sequence[int], labels: Labels) -> dict[str, list[Json]]:
    """The facts that contradict these, by the id of the one that they contradict."""
    pairs = snapshot.index.execute(
        "SELECT mine.id AS mine, fact.* FROM contradiction JOIN fact AS mine ON mine.fact = contradiction.fact "
        "JOIN fact ON fact.fact = contradiction.other WHERE contradiction.fact IN (SELECT value FROM json_each(?)) "
        "ORDER BY fact.id LIMIT 1000", [listed(rows)]).fetchall()
    others = {each["id"]: each for each in told(snapshot, list({row["id"]: row for row in pairs}.values()), labels,
                                                whole=False)}
    found: defaultdict[str, list[Json]] = defaultdict(list)
    for row in pairs:
        found[row["mine"]].append({**others[row["id"]], "property": "amount"})
    return found


def _chosen(snapshot: Snapshot, params: Params) -> tuple[str, str, list[object]]:
    """Which facts are asked for, as tables, a condition and its values. Raises RequestError."""
    if edge := params.one("edge"):
        if not re.fullmatch(r"e[0-9]{1,12}", edge):
            raise RequestError(edge, "is not the id of an edge, such as e12")
        return "JOIN edge_fact USING (fact)", "edge_fact.edge = ?", [int(edge.removeprefix("e"))]
    if params.one("from_id") or params.one("to_id"):
        ends = [number(snapshot, params.one(name)) for name in ("from_id", "to_id")]
        return "JOIN edge_fact USING (fact) JOIN link USING (edge)", "link.node = ? AND link.other = ?", [*ends]
    if id_ := params.one("id"):
        return "JOIN part USING (fact)", "part.node = ?", [number(snapshot, id_)]
    if id_ := params.one("fact"):
        if snapshot.index.execute("SELECT 1 FROM fact WHERE id = ?", [id_]).fetchone() is None:
            raise RequestError(id_, "there is no such fact", 404)
        return "", "fact.id = ?", [id_]
    raise RequestError("request", "names no edge, from_id and to_id, id or fact")


def _values(snapshot: Snapshot, id_: str) -> dict[str, list[Any]]:
    """The values of a fact's properties, both sorted."""
    found: defaultdict[str, list[Any]] = defaultdict(list)
    for quad in snapshot.store.quads_for_pattern(iri(id_), None, None, DefaultGraph()):
        if quad.predicate.value.startswith(ONTOLOGY):
            found[quad.predicate.value.removeprefix(ONTOLOGY)].append(quad.object)
    return {name: sorted(found[name], key=str) for name in sorted(found)}


def _id(term: object) -> str:
    """The id of an entity; nothing for any other value."""
    return short(term.value) if isinstance(term, NamedNode) and term.value.startswith(BASE) else ""


def _plain(term: object) -> str:
    return term.value if isinstance(term, Literal) else ""


def _value(term: object, names: dict[str, str], labels: Labels) -> Json:
    """A value of a field: an entity with its label, a member of a list with its own, or text."""
    if id_ := _id(term):
        return {"id": id_, "label": names[id_]}
    if isinstance(term, NamedNode):
        return {"value": short(term.value), "label": labels.term(term.value.removeprefix(ONTOLOGY), short(term.value))}
    return {"value": _plain(term)}


def rows_of(snapshot: Snapshot, ids: Iterable[str]) -> list[Row]:
    """The rows of facts by id, in the order of the ids."""
    wanted = list(ids)
    rows = {row["id"]: row for row in snapshot.index.execute(
        "SELECT * FROM fact WHERE id IN (SELECT value FROM json_each(?))", [listed(wanted)])}
    return [rows[id_] for id_ in wanted if id_ in rows]
