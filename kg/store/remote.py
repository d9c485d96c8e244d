"""A store at an address: the part of ``pyoxigraph.Store`` that Elchi uses, over SPARQL 1.1 Query and Update.

Every change is one update, which a server runs as a whole. The Graph Store Protocol is not used: it changes one graph
at a time, and an article is in two. The server must keep a default graph of its own; one that shows the union of all
graphs instead (Virtuoso, GraphDB as it comes) would count things as often as they are said.
"""

from __future__ import annotations

import time
import weakref
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

from pyoxigraph import DefaultGraph, Quad, QueryResultsFormat, RdfFormat, Variable, parse, parse_query_results

from kg.errors import StoreError
from kg.store.backend import AnyQuad

TIMEOUT_S = 120.0
_ATTEMPTS = 4
_BUSY = frozenset({429, 502, 503, 504})
_UPDATE_BYTES = 4_000_000
_RESULTS = "application/sparql-results+json, application/n-triples;q=0.9"


class Endpoint:
    """The quads of a SPARQL server. What it cannot do raises StoreError; a query that it refuses, SyntaxError."""

    def __init__(self, address: str, *, pause_s: float = 0.5) -> None:
        """Reach the server at an address: its root, to which /query and /update are added, or one ending in /sparql."""
        try:
            self._httpx = import_module("httpx")
        except ImportError:
            raise StoreError(address, "needs httpx; install it with: pip install 'elchi[web]'") from None
        self._address, self._pause_s = address, pause_s
        base = address.rstrip("/")
        self._query, self._update = (base, base) if base.endswith("/sparql") else (f"{base}/query", f"{base}/update")
        self._client = self._httpx.Client(timeout=TIMEOUT_S)
        weakref.finalize(self, self._client.close)
        self.query("ASK { ?s ?p ?o }")

    def query(self, query: str) -> Any:  # noqa: ANN401 - as in pyoxigraph; a list of triples for CONSTRUCT
        """The answer to a query."""
        answer = self._post(self._query, query, "application/sparql-query")
        kind = answer.headers.get("content-type", "").partition(";")[0]
        try:
            if kind == "application/n-triples":
                return [quad.triple for quad in parse(input=answer.content, format=RdfFormat.N_TRIPLES)]
            return parse_query_results(answer.content, format=QueryResultsFormat.JSON)
        except (SyntaxError, ValueError):
            raise StoreError(self._address, "does not answer like a SPARQL endpoint") from None

    def update(self, update: str) -> None:
        """Run an update, which the server does as a whole."""
        self._post(self._update, update, "application/sparql-update")

    def quads_for_pattern(
        self, subject: Any, predicate: Any, object: Any, graph_name: Any = None  # noqa: A002, ANN401
    ) -> Iterator[AnyQuad]:
        """The quads that fit; None fits all."""
        terms = [subject, predicate, object]
        triple = " ".join(f"?{name}" if term is None else str(term) for name, term in zip("spo", terms, strict=True))
        named = f"GRAPH {'?g' if graph_name is None else graph_name} {{ {triple} }}"
        where = {None: f"{{ {triple} }} UNION {{ {named} }}", DefaultGraph(): triple}.get(graph_name, named)
        names = [name for name, term in zip("spog", [*terms, graph_name], strict=True) if term is None]
        if not names:
            found = self.query(f"ASK {{ {where} }}")
            yield from [Quad(subject, predicate, object, graph_name)] if found else []
            return
        for row in self.query(f"SELECT {' '.join(f'?{name}' for name in names)} WHERE {{ {where} }}"):
            given = {name: row[Variable(name)] for name in names}
            s, p, o = (given.get(name, term) for name, term in zip("spo", terms, strict=True))
            yield Quad(s, p, o, (given["g"] or DefaultGraph()) if "g" in given else graph_name)

    def extend(self, quads: Iterable[AnyQuad]) -> None:
        """Add quads in one update."""
        blocks: dict[Any, list[str]] = {}
        for quad in quads:
            blocks.setdefault(quad.graph_name, []).append(f"{quad.triple} .\n")
        self.update(_insertion(blocks))

    def bulk_load(self, input: bytes, format: RdfFormat) -> None:  # noqa: A002
        """Add quads: whole graphs, as many in an update as a server takes; each update leaves whole articles."""
        default: dict[str, None] = {}
        graphs: dict[Any, list[AnyQuad]] = {}
        for quad in parse(input=input, format=format):
            if quad.graph_name == DefaultGraph():
                default[f"{quad.triple} .\n"] = None
            else:
                graphs.setdefault(quad.graph_name, []).append(quad)
        waiting, size = [], 0
        for graph in graphs.values():
            waiting += [*graph, *(Quad(each.subject, each.predicate, each.object, DefaultGraph()) for each in graph)]
            size += sum(len(str(each)) for each in graph) * 2
            for each in graph:
                default.pop(f"{each.triple} .\n", None)
            if size > _UPDATE_BYTES:
                self.extend(waiting)
                waiting, size = [], 0
        if waiting:
            self.extend(waiting)
        if default:
            self.update(_insertion({DefaultGraph(): list(default)}))

    def flush(self) -> None:
        """Nothing to do: a server keeps what it has acknowledged."""

    def named_graphs(self) -> Iterator[Any]:
        """The names of the graphs."""
        for row in self.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"):
            yield row[Variable("g")]

    def __contains__(self, quad: AnyQuad) -> bool:
        return any(True for _ in self.quads_for_pattern(quad.subject, quad.predicate, quad.object, quad.graph_name))

    def __iter__(self) -> Iterator[AnyQuad]:
        return self.quads_for_pattern(None, None, None, None)

    def __len__(self) -> int:
        counts = self.query("SELECT (COUNT(*) AS ?n) WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")
        return int(next(iter(counts))[Variable("n")].value)

    def _post(self, address: str, body: str, type_: str) -> Any:  # noqa: ANN401 - a response of an optional library
        """Send a body; again after a pause if the server is busy or cut off, which is safe, as all changes are sets."""
        reason = ""
        for attempt in range(_ATTEMPTS):
            if attempt:
                time.sleep(self._pause_s * 2 ** (attempt - 1))
            try:
                answer = self._client.post(
                    address, content=body.encode(), headers={"Content-Type": type_, "Accept": _RESULTS}
                )
            except (self._httpx.HTTPError, self._httpx.InvalidURL) as error:
                reason = f"cannot be reached ({' '.join(str(error).split()) or type(error).__name__})"
                continue
            if answer.is_success:
                return answer
            if answer.status_code == 400 and address == self._query:
                raise SyntaxError(" ".join(answer.text.split())[:500])
            reason = f"answered with status {answer.status_code}"
            if answer.status_code not in _BUSY:
                break
        raise StoreError(self._address, reason)


def _insertion(blocks: dict[Any, list[str]]) -> str:
    inside = ((f"GRAPH {graph} " if graph != DefaultGraph() else "", "".join(lines)) for graph, lines in blocks.items())
    return f"INSERT DATA {{ {' '.join(f'{name}{{ {text} }}' if name else text for name, text in inside)} }}"
