"""Whether a server gives back literals as they were sent, one of each language and datatype.

Virtuoso keeps the names of languages and datatypes apart. If the request that first names one is cut off, it takes the
name back but goes on using its number, and all literals in that language that are written afterwards have none. So
they are named in a small request of their own, and what is read back is compared before anything else is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyoxigraph import Literal, Variable

from kg.errors import StoreError
from kg.rdf import iri
from kg.store.backend import AnyQuad
from kg.store.protocol import Server

_PROBE = iri("graph/probe-literals")


class Literals:
    """The languages and datatypes that a server is known to keep."""

    def __init__(self, server: Server) -> None:
        """Know of none yet."""
        self._server = server
        self._known: set[tuple[str | None, str]] = set()

    def check(self, quads: Iterable[AnyQuad]) -> None:
        """Make sure of all that the quads have. Raises StoreError if one comes back as another."""
        new: dict[tuple[str | None, str], Any] = {}
        for quad in quads:
            if isinstance(quad.object, Literal) and (kind := _kind(quad.object)) not in self._known:
                new.setdefault(kind, quad.object)
        if new and set(new) != self._returned(new.values()):
            raise StoreError(
                self._server.address, "has lost the names of languages when a request was cut off; start it again"
            )
        self._known |= set(new)

    def _returned(self, terms: Iterable[Any]) -> set[tuple[str | None, str]]:
        # Each for itself: of the number 1 and what is true, Virtuoso keeps one.
        triples = " ".join(f"{iri(f'graph/probe-{n}')} {_PROBE} {term} ." for n, term in enumerate(terms))
        self._server.update(f"INSERT DATA {{ GRAPH {_PROBE} {{ {triples} }} }}")
        try:
            rows = self._server.query(f"SELECT ?o WHERE {{ GRAPH {_PROBE} {{ ?s ?p ?o }} }}")
            return {_kind(row[Variable("o")]) for row in rows}
        except SyntaxError:  # a language without a name
            return set()
        finally:
            self._server.update(f"DROP SILENT GRAPH {_PROBE}")


def _kind(literal: Any) -> tuple[str | None, str]:  # noqa: ANN401 - pyoxigraph has no base type of terms
    return literal.language, literal.datatype.value
