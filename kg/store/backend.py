"""What the store needs of the engine below it: the part of ``pyoxigraph.Store`` that is used here, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Protocol, TypeAlias

from pyoxigraph import Quad, RdfFormat

AnyQuad: TypeAlias = Any
"""A quad of an article. pyoxigraph types its terms as all that RDF allows; articles have IRIs and literals only."""


class Backend(Protocol):
    """An engine that keeps quads: pyoxigraph in a folder or in memory, or an endpoint."""

    def quads_for_pattern(
        self, subject: Any, predicate: Any, object: Any, graph_name: Any = None  # noqa: A002, ANN401 - as in pyoxigraph
    ) -> Iterator[AnyQuad]:
        """The quads that fit; None fits all, also every graph."""

    def query(self, query: str) -> Any:  # noqa: ANN401
        """The answer to a SPARQL query."""

    def update(self, update: str) -> None:
        """Run an update, all or nothing."""

    def extend(self, quads: Iterable[Quad]) -> None:
        """Add quads, all or nothing."""

    def bulk_load(self, input: bytes, format: RdfFormat) -> None:  # noqa: A002
        """Add the quads of a text quickly."""

    def flush(self) -> None:
        """Write to disk."""

    def named_graphs(self) -> Iterator[Any]:
        """The names of the graphs."""

    def __contains__(self, quad: Quad) -> bool: ...
    def __iter__(self) -> Iterator[AnyQuad]: ...
    def __len__(self) -> int: ...
