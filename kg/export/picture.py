"""The relationship picture for programs that draw and measure networks, such as Gephi."""

from __future__ import annotations

import io
from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import networkx as nx

if TYPE_CHECKING:
    from kg.store import Row, Store

_GEXF = "http://gexf.net/1.2draft"
_EDGE = ("from", "to", "kind", "fact", "label", "date", "status")


def network(store: Store) -> nx.MultiDiGraph[str]:
    """The picture as a network: one edge for each fact that connects two nodes, with every place that states it.

    Attributes are text, because GraphML and GEXF have no dates and no lists; texts that are several are joined by
    `` | ``.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for row in store.query("view/nodes"):
        graph.add_node(str(row["node"]), **{name: _text(row[name]) for name in ("class", "label", "detail")})
    rows = sorted(store.query("view/edges"), key=_edge)
    for number, (key, places) in enumerate(groupby(rows, key=_edge)):
        start, end, *attributes = key
        told = list(places)
        for node in (start, end):
            graph.add_node(node, **({} if node in graph else {"class": "Other", "label": node, "detail": ""}))
        graph.add_edge(
            start, end, key=f"e{number}", **dict(zip(_EDGE[2:], attributes, strict=True)),
            exact=_joined(told, "exact"), source=_joined(told, "source"),
        )
    return graph


def graphml(store: Store) -> bytes:
    """The picture as GraphML."""
    out = io.BytesIO()
    nx.write_graphml(network(store), out)
    return out.getvalue()


def gexf(store: Store) -> bytes:
    """The picture as GEXF, without the day of writing, so that the same store gives the same bytes."""
    out = io.BytesIO()
    nx.write_gexf(network(store), out, version="1.2draft")
    ET.register_namespace("", _GEXF)
    tree = ET.fromstring(out.getvalue())  # noqa: S314 - written a line above
    for meta in tree.findall(f"{{{_GEXF}}}meta"):
        tree.remove(meta)
    return bytes(ET.tostring(tree, encoding="utf-8", xml_declaration=True))


def _edge(row: Row) -> tuple[str, ...]:
    return tuple(_text(row[name]) for name in _EDGE)


def _joined(rows: list[Row], name: str) -> str:
    return " | ".join(sorted({_text(row[name]) for row in rows}))


def _text(value: object) -> str:
    return "" if value is None else str(value)
