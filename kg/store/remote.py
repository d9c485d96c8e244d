"""A store at an address: the part of ``pyoxigraph.Store`` that Elchi uses, by SPARQL 1.1 Query and Update.

A change is one update, which a server runs as a whole; only one of many megabytes, such as the seeds, is several, and
the same command completes it. New articles come in bulk: as N-Quads to the address of the Graph Store Protocol, where
it takes a whole dataset in one step, else as updates that leave whole articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Variable, parse, serialize

from kg.errors import StoreError
from kg.rdf import BASE
from kg.store.backend import AnyQuad
from kg.store.defaults import UNION, Default, default
from kg.store.literals import Literals
from kg.store.protocol import CutError, Server
from kg.store.updates import operations, requests

_BATCH_BYTES = 2_000_000
_FIXED = re.compile(r"(?<![\w:?$])GRAPH\s*(<|[\w-]*:)", re.IGNORECASE)
_ADVICE = "write VALUES ?graph { <its name> } GRAPH ?graph { ... }"


class Endpoint:
    """The quads of a SPARQL server. What it cannot do raises StoreError; a query that it refuses, SyntaxError."""

    def __init__(self, address: str, *, pause_s: float = 0.5) -> None:
        """Reach the server at an address, whose shape tells where it takes what; see ``services``."""
        self._server = Server(address, pause_s)
        self.address = self._server.address
        self._literals = Literals(self._server)
        self._default: Default | None = None
        if self.query(f"ASK {{ GRAPH {UNION} {{ ?s ?p ?o }} }}"):
            self._default = Default.NAMED

    @property
    def default(self) -> Default:
        """How the server has the default graph; it is tried out before the first change."""
        if self._default is None:
            self._default = default(self._server)
        return self._default

    def query(self, query: str) -> Any:  # noqa: ANN401 - as in pyoxigraph; a list of triples for CONSTRUCT
        """The answer to a query."""
        if self._default is not Default.NAMED:
            return self._server.query(query)
        if _FIXED.search(query):
            raise StoreError(self.address, "finds nothing in a GRAPH with a fixed name; " + _ADVICE)
        return self._server.query(query, UNION)

    def update(self, update: str) -> None:
        """Run an update, which the server does as a whole."""
        self._server.update(update)

    def change(self, gone: Iterable[AnyQuad], came: Iterable[AnyQuad]) -> None:
        """Take quads away and add others, in the default graph first."""
        gone, came = self._placed(gone), self._placed(came)
        if self.default is Default.NAMED:
            self._literals.check(came)
        if gone or not self._server.load(serialize(came, format=RdfFormat.N_QUADS) or b""):
            for update in requests([*operations("DELETE", gone), *operations("INSERT", came)]):
                self.update(update)

    def extend(self, quads: Iterable[AnyQuad]) -> None:
        """Add quads."""
        self.change((), quads)

    def bulk_load(self, input: bytes, format: RdfFormat) -> None:  # noqa: A002
        """Add quads: all at once where the server takes that, else as many whole articles as it takes."""
        default: set[AnyQuad] = set()
        graphs: dict[Any, list[AnyQuad]] = {}
        for quad in parse(input=input, format=format):
            if quad.graph_name == DefaultGraph():
                default.add(quad)
            else:
                graphs.setdefault(quad.graph_name, []).append(quad)
        batch, size = [], 0
        for graph in graphs.values():
            union = {Quad(each.subject, each.predicate, each.object) for each in graph}
            batch += [*union, *graph]
            default -= union
            size += 2 * sum(len(str(each)) for each in graph)
            if size > _BATCH_BYTES and not self._server.loads:
                self.extend(batch)
                batch, size = [], 0
        self.extend([*batch, *default])

    def quads_for_pattern(
        self, subject: Any, predicate: Any, object: Any, graph_name: Any = None  # noqa: A002, ANN401
    ) -> Iterator[AnyQuad]:
        """The quads that fit; None fits all."""
        terms = [subject, predicate, object]
        triple = " ".join(f"?{name}" if term is None else str(term) for name, term in zip("spo", terms, strict=True))
        where = self._where(triple, graph_name)
        names = [name for name, term in zip("spog", [*terms, graph_name], strict=True) if term is None]
        if not names:
            found = self.query(f"ASK {{ {where} }}")
            yield from [Quad(subject, predicate, object, graph_name)] if found else []
            return
        for row in self._rows(names, where):
            given = dict(zip(names, row, strict=True))
            s, p, o = (given.get(name, term) for name, term in zip("spo", terms, strict=True))
            yield Quad(s, p, o, (given["g"] or DefaultGraph()) if "g" in given else graph_name)

    def flush(self) -> None:
        """Nothing to do: a server keeps what it has acknowledged."""

    def named_graphs(self) -> Iterator[Any]:
        """The names of the graphs."""
        yield from (graph for (graph,) in self._rows(["g"], self._any("?s ?p ?o"), "DISTINCT "))

    def __contains__(self, quad: AnyQuad) -> bool:
        return any(True for _ in self.quads_for_pattern(quad.subject, quad.predicate, quad.object, quad.graph_name))

    def __iter__(self) -> Iterator[AnyQuad]:
        return self.quads_for_pattern(None, None, None, None)

    def __len__(self) -> int:
        return self._count(self._where("?s ?p ?o", None))

    def _where(self, triple: str, graph_name: Any) -> str:  # noqa: ANN401
        """The pattern of a triple in a graph, in the default graph, or with None in any."""
        if graph_name is None:
            return f"{{ {triple} }} UNION {{ {self._any(triple)} }}"
        if graph_name == DefaultGraph():
            return triple
        # Where a default graph is asked for, Virtuoso finds nothing in GRAPH with a name, but does with a variable.
        return f"VALUES ?graph {{ {graph_name} }} GRAPH ?graph {{ {triple} }}"

    def _any(self, triple: str) -> str:
        """A triple in any graph but that of the union, and those of others, which Virtuoso has from the start."""
        ours = f'FILTER(?g != {UNION} && STRSTARTS(STR(?g), "{BASE}"))' if self._default is Default.NAMED else ""
        return f"GRAPH ?g {{ {triple} }} {ours}"

    def _placed(self, quads: Iterable[AnyQuad]) -> list[AnyQuad]:
        """Quads as the server keeps them, those of the default graph first."""
        default: list[AnyQuad] = []
        named: list[AnyQuad] = []
        for quad in quads:
            (default if quad.graph_name == DefaultGraph() else named).append(quad)
        if self.default is Default.SHOWN:
            return named
        if self.default is Default.NAMED:
            default = [Quad(each.subject, each.predicate, each.object, UNION) for each in default]
        return default + named

    def _rows(self, names: list[str], where: str, distinct: str = "") -> Iterator[tuple[Any, ...]]:
        """The rows of a pattern; in pages where the server gives no more at once."""
        select = f"SELECT {distinct}{' '.join(f'?{name}' for name in names)} WHERE {{ {where} }}"
        try:
            yield from (tuple(row) for row in self.query(select))
        except CutError as cut:
            yield from self._pages(select, cut.rows - 1)

    def _pages(self, select: str, size: int) -> Iterator[tuple[Any, ...]]:
        """Page by page in the order of the server, which stays while nothing changes; that it did is counted."""
        seen: set[tuple[Any, ...]] = set()
        for at in count(0, size):
            page = [tuple(row) for row in self.query(f"{select} LIMIT {size} OFFSET {at}")]
            seen.update(page)
            yield from page
            if len(page) < size:
                break
        if len(seen) != self._count(f"{{ {select} }}"):
            raise StoreError(self.address, "has changed while it was read; do it again")

    def _count(self, where: str) -> int:
        counts = self.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ {where} }}")
        return int(next(iter(counts))[Variable("n")].value)
