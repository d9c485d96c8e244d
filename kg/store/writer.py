"""The one writer of a build: articles in order into the store, new ones in bulk, others one by one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.article import EntityId
from kg.rdf import iri, quads_text, reported
from kg.store.articles import ALSO, COPY_OF, SOURCE, Change

if TYPE_CHECKING:
    from kg.store import Store

BATCH_BYTES = 32_000_000
"""So much is loaded at once: the loader needs some ten times as much memory, a smaller batch more work of the store."""


@dataclass(frozen=True, kw_only=True)
class Graph:
    """The graph of an article as sorted N-Triples, with what the writer must know of it."""

    article: EntityId
    source: str
    triples: bytes
    fingerprint: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    """The IRIs of the facts that it reports."""


class Writer:
    """Puts articles into a store. Nothing is promised to be there before ``flush``."""

    def __init__(self, store: Store, *, compare: bool = False) -> None:
        """Write into a store; with ``compare`` keep count of the facts that are gained and lost."""
        self._store = store
        self._compare = compare
        self._lines: list[bytes] = []
        self._size = 0
        self._new: set[str] = set()
        self._waiting: set[object] = set()  # articles, sources and fingerprints of what is not yet in the store
        self._facts: Counter[str] = Counter()
        self.touched: set[str] = set()
        """The sources and articles whose state the build has changed other than by adding them."""

    def put(self, graph: Graph) -> str | None:
        """Put an article; the source that has the same text already, if there is one."""
        article, source = iri(graph.article), graph.source
        keys = {article, source, *graph.fingerprint}
        if self._waiting & keys:
            self.flush()
        about = self._store.about
        if about.has(article) or about.of_source(source) is not None:
            return self._replace(article, graph)
        met = any(map(about.has_band, graph.fingerprint))
        earliest, is_earlier = about.link(_parsed(article, graph.triples)) if met else (None, False)
        if is_earlier:
            return self._replace(article, graph)
        lines = graph.triples
        if earliest is not None:
            lines += f"{article} {COPY_OF} {earliest} .\n".encode()
        self._add(article, lines)
        self._waiting |= keys
        self._new |= set(graph.reports) if self._compare else set()
        if self._size >= BATCH_BYTES:
            self.flush()
        return None

    def take(self, article: NamedNode, source: str | None = None) -> None:
        """Take a source away from an article, and the article with its last."""
        self.flush()
        change = self._store.about.losing(article, source)
        self._apply(change)
        self.touched |= {article.value, *([source] if source else [])}

    def add_source(self, article: NamedNode, source: str) -> None:
        """Name one more source of an article that is in the store."""
        self.flush()
        graph = set(self._store.inner.quads_for_pattern(None, None, None, article))
        self._apply(self._store.about.putting(_from(source, graph)))
        self.touched |= {article.value, source}

    def flush(self) -> None:
        """Put what waits into the store."""
        if self._lines:
            self._count(self._new)
            self._store.insert(b"".join(self._lines))
        self._lines, self._size, self._waiting, self._new = [], 0, set(), set()

    def facts(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The IRIs of the facts gained and lost, sorted; counted only with ``compare``."""
        gained = sorted(fact for fact, number in self._facts.items() if number > 0)
        return tuple(gained), tuple(sorted(fact for fact, number in self._facts.items() if number < 0))

    def _add(self, article: NamedNode, triples: bytes) -> None:
        quads = quads_text(triples, article)
        self._lines += (triples, quads)
        self._size += len(triples) + len(quads)

    def _replace(self, article: NamedNode, graph: Graph) -> str | None:
        self.flush()
        others = sorted(self._store.about.sources(article) - {graph.source})
        self._apply(self._store.about.putting(_parsed(article, graph.triples)))
        self.touched |= {article.value, graph.source}
        return others[0] if others else None

    def _apply(self, change: Change) -> None:
        if self._compare:
            self._count(set(reported(change.came)))
            self._facts.subtract(self._store.facts_gone(change))
        self._store.apply(change)

    def _count(self, facts: set[str]) -> None:
        """Count those facts that the store does not know yet."""
        self._facts.update({fact: 1 for fact in facts if not self._store.reports(fact)})


def _parsed(article: NamedNode, triples: bytes) -> set[Quad]:
    found = parse(input=triples, format=RdfFormat.N_TRIPLES)
    return {Quad(each.subject, each.predicate, each.object, article) for each in found}


def _from(source: str, graph: set[Quad]) -> set[Quad]:
    """The graph of an article as if it had come from another source."""
    article: Any = next(iter(graph)).graph_name
    rest = {quad for quad in graph if quad.predicate not in (SOURCE, ALSO)}
    return rest | {Quad(article, SOURCE, Literal(source), article)}
