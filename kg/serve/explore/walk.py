"""The shortest way from one node to another."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from kg.serve.explore.filters import Filters, listed
from kg.serve.explore.graph import edges, nodes, number
from kg.serve.explore.labels import Labels
from kg.serve.params import Params
from kg.serve.snapshot import Snapshot

FARTHEST = 6


def path(snapshot: Snapshot, params: Params) -> dict[str, Any]:
    """One shortest path by edges that have facts that pass, of at most six steps. Raises RequestError."""
    start, goal = number(snapshot, params.one("from_id")), number(snapshot, params.one("to_id"))
    filters, labels = Filters.of(params), Labels(snapshot, params.one("lang"))
    steps = _steps(snapshot, (start, goal), filters)
    if steps is None:
        return {"length": None, "nodes": [], "edges": []}
    ties: list[int] = []
    for one, other in pairwise(steps):
        found = snapshot.index.execute("SELECT edge FROM link WHERE node = ? AND other = ?", [one, other])
        ties += [row["edge"] for row in found]
    return {"length": len(steps) - 1, "nodes": nodes(snapshot, steps, labels), "edges": edges(snapshot, ties, filters)}


def _steps(snapshot: Snapshot, ends: tuple[int, int], filters: Filters) -> list[int] | None:
    """The nodes of a shortest path, found from both ends at once; None if there is none."""
    before: tuple[dict[int, int], dict[int, int]] = ({ends[0]: 0}, {ends[1]: 0})
    edge = [set(before[0]), set(before[1])]
    if ends[0] == ends[1]:
        return [ends[0]]
    for _ in range(FARTHEST):
        side = 0 if len(edge[0]) <= len(edge[1]) else 1
        edge[side] = _grown(snapshot, edge[side], before[side], filters)
        met = edge[side] & before[1 - side].keys()
        if met:
            middle = min(met)
            return [*reversed(_back(middle, before[0])), *_back(middle, before[1])[1:]]
        if not edge[side]:
            return None
    return None


def _grown(snapshot: Snapshot, edge: set[int], before: dict[int, int], filters: Filters) -> set[int]:
    """The nodes one step further, each noted with the one before it."""
    where, values = filters.where()
    passing = "" if where == "1" else (
        f"AND EXISTS (SELECT 1 FROM edge_fact JOIN fact USING (fact) WHERE edge_fact.edge = link.edge AND {where})")
    rows = snapshot.index.execute(
        "SELECT link.other, MIN(link.node) AS node FROM link WHERE link.node IN (SELECT value FROM json_each(?)) "
        f"{passing} GROUP BY link.other", [listed(sorted(edge)), *values]).fetchall()
    found = {row["other"]: row["node"] for row in rows if row["other"] not in before}
    before |= found
    return set(found)


def _back(node: int, before: dict[int, int]) -> list[int]:
    """The nodes from one to where its side began."""
    steps = [node]
    while before[steps[-1]]:
        steps.append(before[steps[-1]])
    return steps
