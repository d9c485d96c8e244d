"""Everything that a worker answers, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kg.serve import describe, linked, named, sparql
from kg.serve.explore import editor, facts, graph, search, things, times, walk
from kg.serve.params import Params
from kg.serve.reply import Reply, as_json
from kg.serve.snapshot import Snapshot

EXPLORE: Mapping[str, Callable[[Snapshot, Params], Any]] = {
    "search": search.search,
    "overview": graph.overview,
    "neighbours": graph.neighbours,
    "between": graph.between,
    "path": walk.path,
    "timeline": times.timeline,
    "facets": times.facets,
    "facts": facts.facts,
    "entity": things.entity,
    "article": things.article,
    "pair": times.pair,
    "trade-series": times.trade_series,
    "labels": editor.labels,
    "names": editor.names,
    "queries": editor.menu,
    "complete": editor.complete,
}
"""What the explorer asks, by the last part of its address."""


def _explored(ask: Callable[[Snapshot, Params], Any]) -> Callable[[Snapshot, Mapping[str, Any]], Reply]:
    return lambda snapshot, args: as_json(ask(snapshot, Params(args["params"])))


ANSWERS: Mapping[str, Callable[[Snapshot, Mapping[str, Any]], Reply]] = {
    "sparql": sparql.sparql,
    "graph": sparql.graph,
    "lint": sparql.lint,
    "named": named.named,
    "thing": linked.thing,
    "description": describe.description,
    "void": describe.void,
    "examples": describe.examples,
    **{name: _explored(ask) for name, ask in EXPLORE.items()},
}
