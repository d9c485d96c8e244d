"""What a SPARQL server is told and asked: Query, Update, and the N-Quads of its Graph Store Protocol."""

from __future__ import annotations

import re
from typing import Any

from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

from kg.errors import StoreError
from kg.store.link import Link, RefusedError
from kg.store.services import Service, services

_ELSEWHERE = frozenset({400, 404, 405, 406, 415, 501})  # what an address answers that does not do this
_FORM = re.compile(r"(?:\s|#[^\n]*|(?:BASE|PREFIX\s+[^\s:]*:)\s*<[^>]*>)*(\w+)", re.IGNORECASE)
_JSON, _TRIPLES, _QUADS = "application/sparql-results+json", "application/n-triples", "application/n-quads"
_TRUE = re.compile(rb'(XMLSchema#boolean", "value": )"1"')  # of Virtuoso, in JSON alone
_YES, _NO = b'{"head": {}, "boolean": true}', b'{"head": {}, "boolean": false}'


class CutError(StoreError):
    """An answer that the server has cut off after a number of rows."""

    def __init__(self, name: str, rows: int) -> None:
        super().__init__(name, f"gives no more than {rows} rows; let it give more (ResultSetMaxRows in virtuoso.ini)")
        self.rows = rows


class UnlikeError(StoreError):
    """An answer that is none of SPARQL."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "does not answer like a SPARQL endpoint")


class Server:
    """A SPARQL server. What it cannot do raises StoreError; a query that it refuses, SyntaxError."""

    def __init__(self, address: str, pause_s: float) -> None:
        """Find out which service answers at the address."""
        self._link = Link(address, pause_s)
        self.address = self._link.address
        self._service = self._found()

    @property
    def loads(self) -> bool:
        """Whether it takes N-Quads of any number of graphs in one step, as far as is known."""
        return self._service.quads is not None

    def query(self, query: str, default_graph: NamedNode | None = None) -> Any:  # noqa: ANN401 - as in pyoxigraph
        """The answer to a query, with a named graph as the default graph if one is given; triples for CONSTRUCT."""
        found = _FORM.match(query)
        form = found[1].upper() if found else ""
        fields = {"query": query, **({"default-graph-uri": default_graph.value} if default_graph else {})}
        media = _TRIPLES if form in {"CONSTRUCT", "DESCRIBE"} else _JSON
        try:
            answer = self._link.send("POST", self._service.query, data=fields, headers={"Accept": media})
        except RefusedError as error:
            raise SyntaxError(error.said) if error.status == 400 else error from None
        if most := answer.headers.get("x-sparql-maxrows"):  # Virtuoso says so where it is reached
            raise CutError(self.address, int(most))
        return self._read(answer.content, form, media)

    def update(self, update: str) -> None:
        """Run an update, which a server does as a whole."""
        headers = {"Content-Type": "application/sparql-update"}
        self._link.send("POST", self._service.update, content=update.encode(), headers=headers)

    def load(self, quads: bytes) -> bool:
        """Add N-Quads in one step; False if the server does not take them."""
        if self._service.quads is None:
            return False
        try:
            self._link.send("POST", self._service.quads, content=quads, headers={"Content-Type": _QUADS})
        except RefusedError as error:
            if error.status not in _ELSEWHERE:
                raise
            self._service = self._service._replace(quads=None)
            return False
        return True

    def _found(self) -> Service:
        """The first of the services that the address may be that answers."""
        failures: list[StoreError] = []
        for service in services(self.address):
            self._service = service
            try:
                self.query("ASK { ?s ?p ?o }")
            except SyntaxError:
                failures.append(UnlikeError(self.address))
            except (RefusedError, UnlikeError) as error:
                if isinstance(error, RefusedError) and error.status not in _ELSEWHERE:
                    raise
                failures.append(error)
            else:
                return service
        raise failures[0]

    def _read(self, answer: bytes, form: str, media: str) -> Any:  # noqa: ANN401
        try:
            if media == _TRIPLES:
                return [quad.triple for quad in parse(input=answer, format=RdfFormat.N_TRIPLES)]
            rows = parse_query_results(_TRUE.sub(rb'\1"true"', answer), format=QueryResultsFormat.JSON)
            if form == "ASK" and isinstance(rows, QuerySolutions):  # Virtuoso: a row for yes, none for no
                answer = _YES if any(True for _ in rows) else _NO
                rows = parse_query_results(answer, format=QueryResultsFormat.JSON)
        except (SyntaxError, ValueError):
            raise UnlikeError(self.address) from None
        return rows
