"""The relationship graph as plain values: who holds which office, meets, visits, signs, trades, and who says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx


@dataclass(frozen=True, kw_only=True)
class Node:
    """A person, state, organisation, meeting, agreement or trade volume; ``names`` are all its names in any script."""

    id: str
    kind: str
    label: str
    detail: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, order=True)
class Quote:
    """The words of one article that state something; ``published`` is the article's own date."""

    exact: str
    source: str
    title: str = ""
    published: str = ""


@dataclass(frozen=True, kw_only=True)
class Edge:
    """What connects two nodes: one line of the picture, with every place where it is stated.

    ``date`` is the date of the fact, not of the article; ``status`` is held, planned, cancelled, signed, actual or
    target, as the fact has it, or empty.
    """

    source: str
    target: str
    kind: str
    label: str
    fact: str = ""
    date: str = ""
    status: str = ""
    quotes: tuple[Quote, ...] = ()


def network(nodes: Iterable[Node], edges: Iterable[Edge]) -> nx.MultiDiGraph[str]:
    """The graph for networkx; all attributes are text, so that GraphML and GEXF can hold them.

    A node that only edges name is there too, with the class Other. Texts that are several are joined by `` | ``.

    >>> kz, kg = (Node(id=code, kind="State", label=code) for code in ("KZ", "KG"))
    >>> g = network([kz, kg], [Edge(source="KG", target="KZ", kind="relation", label="alliance")])
    >>> list(g.edges(data="label"))
    [('KG', 'KZ', 'alliance')]
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node in nodes:
        graph.add_node(node.id, kind=node.kind, label=node.label, detail=node.detail, names=" | ".join(node.names))
    for edge in edges:
        for end in (edge.source, edge.target):
            if end not in graph:
                graph.add_node(end, kind="Other", label=end.rsplit("/", 1)[-1], detail="", names="")
        graph.add_edge(
            edge.source, edge.target,
            kind=edge.kind, label=edge.label, fact=edge.fact, date=edge.date, status=edge.status,
            exact=" | ".join(quote.exact for quote in edge.quotes),
            source=" | ".join(sorted({quote.source for quote in edge.quotes})),
        )
    return graph
