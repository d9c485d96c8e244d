"""RDF files, each in a fixed order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, RdfFormat, serialize

from kg.store import PREFIXES

if TYPE_CHECKING:
    from kg.store import Store

_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "trig": RdfFormat.TRIG,
    "jsonld": RdfFormat.JSON_LD,
}


def triples(store: Store, ending: str) -> bytes:
    """The default graph, as Turtle or N-Triples."""
    found = store.inner.quads_for_pattern(None, None, None, DefaultGraph())
    ordered = sorted((quad.triple for quad in found), key=str)
    return serialize(ordered, format=_FORMATS[ending], prefixes=PREFIXES) or b""


def quads(store: Store, ending: str) -> bytes:
    """The default graph and every named graph, as N-Quads, TriG or JSON-LD."""
    if ending == "nq":
        return store.dump()
    ordered = sorted(store.inner, key=lambda quad: (str(quad.graph_name), str(quad.triple)))
    return serialize(ordered, format=_FORMATS[ending], prefixes=PREFIXES) or b""
