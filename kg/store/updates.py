"""Changes as texts of SPARQL Update, which pyoxigraph's terms read back unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import DefaultGraph

from kg.store.backend import AnyQuad

_TRIPLES = 1_000
"""So many triples stand in one operation: Virtuoso 7.2.5 runs out of memory at 4,990, whatever they are."""

_BYTES = 4_000_000
"""So much stands in one request: Virtuoso takes no more than 10 MB."""


def operations(verb: str, quads: Iterable[AnyQuad]) -> Iterator[str]:
    """Operations that INSERT or DELETE quads, those of a graph together, the graphs in the order in which they come.

    >>> from pyoxigraph import NamedNode, Quad
    >>> a, b = NamedNode("http://a"), NamedNode("http://b")
    >>> [" ".join(each.split()) for each in operations("INSERT", [Quad(a, a, a), Quad(a, a, a, b)])]
    ['INSERT DATA { <http://a> <http://a> <http://a> . }', \
'INSERT DATA { GRAPH <http://b> { <http://a> <http://a> <http://a> . } }']
    """
    graphs: dict[Any, list[str]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name, []).append(f"{quad.triple} .\n")
    for graph, lines in graphs.items():
        for at in range(0, len(lines), _TRIPLES):
            inside = "".join(lines[at:at + _TRIPLES])
            yield f"{verb} DATA {{ {inside if graph == DefaultGraph() else f'GRAPH {graph} {{ {inside} }}'} }}"


def requests(parts: Iterable[str]) -> Iterator[str]:
    """Operations joined to updates: one, unless it would be too much for a request."""
    waiting: list[str] = []
    size = 0
    for part in parts:
        if size and size + len(part) > _BYTES:
            yield ";\n".join(waiting)
            waiting, size = [], 0
        waiting.append(part)
        size += len(part.encode())
    if waiting:
        yield ";\n".join(waiting)
