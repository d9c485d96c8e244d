"""The graph of the explorer: a first view, the neighbours of a node, what ties some nodes together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from sqlite3 import Row
from typing import Any

from kg.errors import RequestError
from kg.rdf import iri
from kg.serve.explore.filters import Filters, listed
from kg.serve.explore.labels import Labels
from kg.serve.params import Params
from kg.serve.snapshot import Snapshot

MOST = 300
"""Nodes of one answer: more are not asked for by accident, nor seen at once."""

Json = dict[str, Any]


def number(snapshot: Snapshot, id_: str) -> int:
    """The row of a node. Raises RequestError (404) if there is none."""
    found = snapshot.index.execute("SELECT node FROM node WHERE id = ?", [id_]).fetchone()
    if found is None:
        raise RequestError(id_ or "id", "there is no such thing in the graph", 404)
    return int(found[0])


def nodes(snapshot: Snapshot, rows: Iterable[int], labels: Labels) -> list[Json]:
    """Nodes in the order of their rows' numbers as given."""
    order = list(rows)
    found = {row["node"]: row for row in snapshot.index.execute(
        "SELECT * FROM node WHERE node IN (SELECT value FROM json_each(?))", [listed(order)])}
    names = labels.of(row["id"] for row in found.values())
    return [
        {"id": row["id"], "iri": iri(row["id"]).value, "class": row["class"], "label": names[row["id"]],
         "country": row["country"], "facts": row["facts"], "degree": row["degree"], "date": row["date"]}
        for row in (found[node] for node in order if node in found)
    ]


def edges(snapshot: Snapshot, rows: Sequence[int], filters: Filters) -> list[Json]:
    """Edges, each with what its facts that pass amount to; one without such facts is left out."""
    where, values = filters.where()
    passing = f"edge_fact JOIN fact USING (fact) WHERE edge IN (SELECT value FROM json_each(?)) AND {where}"
    told = {row["edge"]: row for row in snapshot.index.execute(
        "SELECT edge, COUNT(*) AS facts, MIN(fact.id) AS fact, MIN(NULLIF(earliest, '')) AS earliest, "
        f"MAX(latest) AS latest, MAX(conflict) AS conflict FROM {passing} GROUP BY edge", [listed(rows), *values])}
    stated = {row["edge"]: row for row in snapshot.index.execute(
        "SELECT edge, COUNT(DISTINCT article) AS articles, COUNT(DISTINCT origin) AS support, "
        "GROUP_CONCAT(DISTINCT publisher) AS publishers, GROUP_CONCAT(DISTINCT language) AS languages "
        f"FROM (SELECT edge, fact FROM {passing}) JOIN report USING (fact) JOIN article USING (article) GROUP BY edge",
        [listed(rows), *values])}
    found = snapshot.index.execute(
        'SELECT edge.*, a.id AS "from", b.id AS "to" FROM edge JOIN node AS a ON a.node = source '
        "JOIN node AS b ON b.node = target WHERE edge IN (SELECT value FROM json_each(?)) ORDER BY edge",
        [listed(list(told))])
    return [
        {
            "id": f"e{row['edge']}", "from": row["from"], "to": row["to"], "class": row["class"], "kind": row["kind"],
            "status": row["status"], "directed": bool(row["directed"]), "facts": told[row["edge"]]["facts"],
            "fact": told[row["edge"]]["fact"] if told[row["edge"]]["facts"] == 1 else "",
            "earliest": told[row["edge"]]["earliest"] or "", "latest": told[row["edge"]]["latest"] or "",
            "support": stated[row["edge"]]["support"], "articles": stated[row["edge"]]["articles"],
            "publishers": _split(stated[row["edge"]]["publishers"]),
            "languages": _split(stated[row["edge"]]["languages"]), "conflict": bool(told[row["edge"]]["conflict"]),
            **_figure(snapshot, row["class"], told[row["edge"]]),
        }
        for row in found if row["edge"] in stated
    ]


def _figure(snapshot: Snapshot, class_: str, told: Row) -> Json:
    """The sum of an edge that is one figure of trade, so that a line can say it."""
    if class_ != "TradeVolume" or told["facts"] != 1:
        return {}
    texts = snapshot.texts(told["fact"])
    return {name: texts[name] for name in ("amount", "currency") if name in texts}


def among(snapshot: Snapshot, rows: Sequence[int], filters: Filters) -> list[Json]:
    """All edges between some nodes."""
    chosen = "(SELECT value FROM json_each(?))"
    found = snapshot.index.execute(
        f"SELECT edge FROM edge WHERE source IN {chosen} AND target IN {chosen}",
        [listed(rows), listed(rows)])
    return edges(snapshot, [row["edge"] for row in found], filters)


def overview(snapshot: Snapshot, params: Params) -> Json:
    """The things with most facts that pass, and the edges between them."""
    where, values = Filters.of(params).where()
    limit = params.number("limit", 60, MOST)
    counted = f"""
        FROM part JOIN fact USING (fact) JOIN node USING (node)
        WHERE {where} AND node.degree > 0 AND node.class NOT IN ('Place', 'Publisher')"""
    found = snapshot.index.execute(
        f"SELECT node, COUNT(*) AS facts {counted} GROUP BY node ORDER BY facts DESC, node.id LIMIT ?",
        [*values, limit])
    rows = [row["node"] for row in found]
    total = snapshot.index.execute(f"SELECT COUNT(DISTINCT node) {counted}", values).fetchone()[0]
    labels = Labels(snapshot, params.one("lang"))
    return {"nodes": nodes(snapshot, rows, labels), "edges": among(snapshot, rows, Filters.of(params)), "total": total}


def neighbours(snapshot: Snapshot, params: Params) -> Json:
    """What a node is tied to: counts of all, and a page of nodes with the edges to them. Raises RequestError."""
    node = number(snapshot, params.one("id"))
    filters, labels = Filters.of(params), Labels(snapshot, params.one("lang"))
    where, values = filters.where()
    linked = f"""
        FROM link JOIN edge_fact USING (edge) JOIN fact USING (fact) JOIN node AS other ON other.node = link.other
        WHERE link.node = ? AND {where}"""
    counts = snapshot.index.execute(
        "SELECT fact.class, other.class AS neighbour, COUNT(DISTINCT link.other) AS nodes, "
        f"COUNT(DISTINCT fact) AS facts {linked} GROUP BY fact.class, other.class ORDER BY facts DESC, fact.class",
        [node, *values]).fetchall()
    classes = params.all("neighbour")
    if classes:
        linked += " AND other.class IN (SELECT value FROM json_each(?))"
        values = [*values, listed(classes)]
    offset, limit = params.number("offset", 0, 10**9), params.number("limit", 50, MOST)
    total = snapshot.index.execute(f"SELECT COUNT(DISTINCT link.other) {linked}", [node, *values]).fetchone()[0]
    page = [row["other"] for row in snapshot.index.execute(
        f"SELECT link.other, COUNT(DISTINCT fact) AS facts {linked} GROUP BY link.other "
        "ORDER BY facts DESC, other.id LIMIT ? OFFSET ?", [node, *values, limit, offset])]
    ties = snapshot.index.execute(
        "SELECT edge FROM link WHERE node = ? AND other IN (SELECT value FROM json_each(?))", [node, listed(page)])
    return {
        "node": nodes(snapshot, [node], labels)[0], "counts": [dict(row) for row in counts], "total": total,
        "more": offset + len(page) < total, "nodes": nodes(snapshot, page, labels),
        "edges": edges(snapshot, [row["edge"] for row in ties], filters),
    }


def between(snapshot: Snapshot, params: Params) -> Json:
    """All edges among some nodes, and the nodes where they are asked for; ids that are not there are left out."""
    rows = known(snapshot, params.all("ids"))
    answer: Json = {"edges": among(snapshot, rows, Filters.of(params))}
    if params.one("nodes") == "1":
        answer["nodes"] = nodes(snapshot, rows, Labels(snapshot, params.one("lang")))
    return answer


def known(snapshot: Snapshot, ids: Sequence[str]) -> list[int]:
    """The rows of the nodes of some ids that are there. Raises RequestError for too many."""
    if len(ids) > MOST:
        raise RequestError("ids", f"are more than {MOST}")
    rows = dict(snapshot.index.execute(
        "SELECT id, node FROM node WHERE id IN (SELECT value FROM json_each(?))", [listed(ids)]).fetchall())
    return [rows[id_] for id_ in dict.fromkeys(ids) if id_ in rows]


def _split(joined: str | None) -> list[str]:
    return sorted(part for part in (joined or "").split(",") if part)
