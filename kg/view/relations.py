"""The relationship graph of a store, by the queries in ``queries/view``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from kg.store import Store
from kg.view.graph import Edge, Node, Quote


def relations(store: Store) -> tuple[list[Node], list[Edge]]:
    """What the articles of a store say of people, states, organisations, meetings, agreements and trade.

    A fact that is told in several places is one edge for each two nodes, with all its quotes. Both lists are sorted.
    """
    names = defaultdict(list)
    for row in _rows(store, "view/names"):
        names[row["node"]].append(row["name"])
    nodes = [
        Node(id=row["node"], kind=row["class"], label=row["label"], detail=row["detail"],
             names=tuple(names[row["node"]]))
        for row in _rows(store, "view/nodes")
    ]
    quotes = defaultdict(set)
    for row in _rows(store, "view/edges"):
        edge = Edge(
            source=row["from"], target=row["to"], kind=row["kind"], label=row["label"].strip(),
            fact=row["fact"], date=row["date"], status=row["status"],
        )
        quotes[edge].add(
            Quote(exact=row["exact"], source=row["source"], title=row["title"], published=row["published"]),
        )
    edges = [replace(edge, quotes=tuple(sorted(said))) for edge, said in quotes.items()]
    return (
        sorted(nodes, key=lambda node: node.id),
        sorted(edges, key=lambda edge: (edge.source, edge.target, edge.kind, edge.fact)),
    )


def _rows(store: Store, question: str) -> Iterator[dict[str, str]]:
    """The rows as text; what is not told is empty."""
    for row in store.query(question):
        yield {column: "" if value is None else str(value) for column, value in row.items()}
