"""What a server shows where a query names no graph, and so where the default graph of Elchi is kept there.

It is found out by trying, since the same server can be set up either way: a triple is put into two graphs, asked for,
and taken away again.
"""

from __future__ import annotations

from enum import Enum

from kg.errors import StoreError
from kg.rdf import iri
from kg.store.protocol import Server

UNION = iri("graph/union")
_ONE, _TWO = iri("graph/probe-1"), iri("graph/probe-2")
_TRIPLE = f"{_ONE} {_ONE} {_ONE}"


class Default(Enum):
    """How a server has the default graph."""

    OWN = "a graph of its own, which is filled"
    SHOWN = "the union of all graphs, each triple once; nothing is kept"
    NAMED = "the graphs one after the other; the union is kept in a graph with a name, and asked for by it"


def default(server: Server) -> Default:
    """Which it is on a server. Raises StoreError where triples in two graphs would count twice."""
    server.update(f"INSERT DATA {{ GRAPH {_ONE} {{ {_TRIPLE} }} }};\nINSERT DATA {{ GRAPH {_TWO} {{ {_TRIPLE} }} }}")
    try:
        times = len(list(server.query(f"SELECT ?s WHERE {{ ?s {_ONE} {_ONE} }}")))
        if times < 2:
            return Default.SHOWN if times else Default.OWN
        graphs = server.query(f"SELECT ?g WHERE {{ GRAPH ?g {{ {_TRIPLE} }} }}", UNION)
        if len(list(graphs)) == 2:
            return Default.NAMED
    finally:
        server.update(f"DROP SILENT GRAPH {_ONE};\nDROP SILENT GRAPH {_TWO}")
    raise StoreError(
        server.address,
        "counts what several graphs say as often as they say it, and hides them where a default graph is asked for; "
        "set it up with a default graph of its own",
    )
