"""The store: a named graph for each article; the default graph is the union of these and the seeds, each triple once.

Every change is one update, so that a reader, or the next start after a crash, sees all of an article or nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
from oxrdflib import OxigraphStore
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, QueryBoolean, QueryTriples, RdfFormat, Triple
from rdflib import Dataset

from kg.errors import QueryError, StoreError
from kg.rdf import ONTOLOGY, iri, quads_text, triples_text
from kg.store.articles import SOURCE, Articles, Change
from kg.store.backend import AnyQuad, Backend
from kg.store.guard import guard
from kg.store.place import address, opened, shown
from kg.store.query import Query, queries, query
from kg.store.remote import Endpoint
from kg.store.rows import PREFIXES, TRIPLE, Row, Rows, Value, value
from kg.store.seeds import digest, seed_files, seed_triples
from kg.store.updates import operations

if TYPE_CHECKING:
    from typing import Any, Self

__all__ = ["PREFIXES", "Query", "Row", "Rows", "Store", "Value", "queries", "query", "rows"]

SEEDS_GRAPH = iri("graph/seeds")
_REPORTS = NamedNode(ONTOLOGY + "reports")
_VERSION = NamedNode("http://www.w3.org/2002/07/owl#versionInfo")
_TRUE = ("false", "true")


class Store:
    """A knowledge graph on disk, at the address of a SPARQL server, or in memory where nothing is given.

    >>> with Store(seeds=[]) as store:
    ...     store.articles()
    {}
    """

    def __init__(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        create: bool = True,
        seeds: Sequence[Path] | None = None,
    ) -> None:
        """Open the store of a folder and bring its seeds up to date; ``seeds`` are Turtle files, else those shipped.

        Raises StoreError if the folder is no store, is in use by another process, or is missing and not to be created.
        """
        server = address(path)
        self.address = None if server is None else shown(server)
        self.path = None if path is None or server else Path(path)
        self.inner: Any = Endpoint(server) if server else self._engine(create=create)
        self.about = Articles(self.inner)
        self._load_seeds(seed_files() if seeds is None else seeds)

    def _engine(self, *, create: bool) -> Backend:
        return pyoxigraph.Store() if self.path is None else opened(self.path, create=create)

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, create: bool = True) -> Self:
        """The store of a folder, with the shipped seeds; see ``Store``."""
        return cls(path, create=create)

    def __enter__(self) -> Self:
        """The store itself; it is flushed at the end of the block."""
        return self

    def __exit__(self, *_: object) -> None:
        """Write everything to disk."""
        self.flush()

    def replace(self, quads: Iterable[Quad]) -> None:
        """Put the graph of one article in the place of what its source said before, in one atomic step.

        The quads share one graph name. Raises StoreError if the disk refuses.
        """
        graph = set(quads)
        name = _only_graph(graph)
        if any(quad.predicate == SOURCE for quad in graph):
            self.apply(self.about.putting(graph))
        else:
            old = self._quads(name)
            self.apply(Change(gone=old - graph, came=graph - old))

    def insert(self, lines: bytes) -> None:
        """Add N-Quads quickly: graphs of articles that the store lacks, and their triples in the default graph.

        All or nothing. Raises StoreError if the disk refuses.
        """
        try:
            self.inner.bulk_load(lines, RdfFormat.N_QUADS)
        except OSError as error:
            raise StoreError(self._name, f"cannot be written: {error}") from None

    def remove(self, article: str) -> list[str]:
        """Retract an article, by its IRI, id or source; the IRIs of the facts that no other article reports.

        Raises StoreError for an article that is not there.
        """
        change = self.about.losing(NamedNode(self.find(article)))
        lost = sorted(self.facts_gone(change))
        self.apply(change)
        return lost

    def facts_gone(self, change: Change) -> set[str]:
        """The IRIs of the facts that nobody reports any more after a change."""
        facts = {quad.object for quad in change.gone if quad.predicate == _REPORTS}
        facts -= {quad.object for quad in change.came if quad.predicate == _REPORTS}
        return {str(value(fact)) for fact in facts if not self._reported(fact, change.gone)}

    def articles(self) -> dict[str, str]:
        """The source of each article, by the article's IRI, sorted by source."""
        found = {
            str(value(quad.subject)): str(value(quad.object))
            for quad in self.inner.quads_for_pattern(None, SOURCE, None, DefaultGraph())
        }
        return dict(sorted(found.items(), key=lambda item: (item[1], item[0])))

    def find(self, article: str) -> str:
        """The IRI of an article from its IRI, its id or its source. Raises StoreError if there is none."""
        named = iri(article) if _is_id(article) else _node(article)
        if named is not None and self.about.has(named):
            return named.value
        given = self.about.of_source(article)
        if given is None:
            raise StoreError(article, "no such article in the store")
        return given.value

    def query(self, question: str, /, **params: object) -> Rows:
        """The rows that answer a named query or a SPARQL text; it can only read.

        Raises QueryError for a query that is unknown, malformed, refused, or whose parameters do not fit.

        >>> Store(seeds=[]).query("ASK { ?s ?p ?o }")[0]
        {'answer': False}
        """
        asked = query(question)
        text = asked.bind(params)
        guard(asked.name, text)
        try:
            return rows(asked, self.inner.query(text))
        except (SyntaxError, ValueError) as error:
            raise QueryError(asked.name, f"is not valid SPARQL: {' '.join(str(error).split())}") from None
        except OSError as error:
            raise StoreError(self._name, f"cannot be read: {error}") from None

    def reports(self, fact: str) -> bool:
        """Whether an article in the store reports a fact, given by its IRI."""
        return any(True for _ in self.inner.quads_for_pattern(None, _REPORTS, NamedNode(fact), DefaultGraph()))

    def counts(self) -> dict[str, int]:
        """How much there is: articles, mentioned entities and reported facts by class, evidence, triples, quads."""
        counted = {str(row["thing"]): int(str(row["count"])) for row in self.query("stats")}
        quads = len(self.inner)
        (triples,) = next(iter(self.inner.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")))
        return {**counted, "triples": int(triples.value), "quads": quads}

    def dump(self) -> bytes:
        """The whole store as sorted N-Quads: the same store gives the same bytes."""
        return "".join(sorted(f"{quad} .\n" for quad in self.inner)).encode()

    def flush(self) -> None:
        """Write everything to disk, so that the next start has nothing to replay."""
        if self.path is not None:
            self.inner.flush()

    def to_rdflib(self) -> Dataset:
        """The same store as an rdflib Dataset; nothing is copied. Raises StoreError for one at an address."""
        if self.address:
            raise StoreError(self.address, "is a server, which rdflib reaches by its own SPARQLStore")
        return Dataset(store=OxigraphStore(store=self.inner))

    @property
    def _name(self) -> str:
        return str(self.address or self.path or "the store in memory")

    def _load_seeds(self, files: Sequence[Path]) -> None:
        """Bring the seeds up to date, if the files are others than those loaded."""
        version = digest(files)
        stamp = Triple(SEEDS_GRAPH, _VERSION, Literal(version))
        if not files or Quad(stamp.subject, stamp.predicate, stamp.object, SEEDS_GRAPH) in self.inner:
            return
        new, now = (
            {Quad(each.subject, each.predicate, each.object, SEEDS_GRAPH) for each in triples}
            for triples in (seed_triples(tuple(files), version), [stamp])
        )
        old = self._quads(SEEDS_GRAPH)
        before = {quad for quad in old if quad.predicate == _VERSION and quad.subject == SEEDS_GRAPH}
        if old:
            self.apply(Change(gone=old - before - new, came=new - old))
        else:
            lines = triples_text(new)
            self.insert(lines + quads_text(lines, SEEDS_GRAPH))
        self.apply(Change(gone=before, came=now))  # last: at a server the first may be several updates

    def apply(self, change: Change) -> None:
        """Change named graphs, and the default graph with them, in one transaction. Raises StoreError."""
        gone, came = change.gone - change.came, change.came
        new = {quad.triple for quad in came}
        lost = {quad.triple for quad in gone if quad.triple not in new and not self._supported(quad, gone)}
        if not gone and not came:
            return
        all_gone, all_came = [*_default(lost), *gone], [*_default(new), *came]
        try:
            if self.address:
                self.inner.change(all_gone, all_came)
            elif gone:
                self.inner.update(";\n".join([*operations("DELETE", all_gone), *operations("INSERT", all_came)]))
            else:  # the same without a text to parse
                self.inner.extend(all_came)
        except OSError as error:
            raise StoreError(self._name, f"cannot be written: {error}") from None

    def _quads(self, graph: NamedNode) -> set[Quad]:
        return set(self.inner.quads_for_pattern(None, None, None, graph))

    def _reported(self, fact: Any, gone: set[Quad]) -> bool:  # noqa: ANN401
        """Whether an article reports the fact in a quad that is not among those that go."""
        found = self.inner.quads_for_pattern(None, _REPORTS, fact, DefaultGraph())
        reports = (Quad(quad.subject, _REPORTS, fact, quad.subject) for quad in found)
        return any(quad not in gone for quad in reports)

    def _supported(self, lost: AnyQuad, gone: set[AnyQuad]) -> bool:
        """Whether a named graph goes on saying the triple; of an article and its evidence only its own graph speaks."""
        if lost.subject.value.partition("#")[0] == lost.graph_name.value:
            return False
        found = self.inner.quads_for_pattern(lost.subject, lost.predicate, lost.object, None)
        return any(quad.graph_name != DefaultGraph() and quad not in gone for quad in found)


def _default(triples: Iterable[Triple]) -> list[AnyQuad]:
    """Triples in the default graph."""
    return [Quad(triple.subject, triple.predicate, triple.object) for triple in triples]


def _node(name: str) -> NamedNode | None:
    """The name as an IRI, None if it is none."""
    try:
        return NamedNode(name)
    except ValueError:
        return None


def _only_graph(quads: Iterable[Quad]) -> NamedNode:
    match list({quad.graph_name for quad in quads}):
        case [NamedNode() as graph]:
            return graph
    raise ValueError("the quads of one article share one graph name")


def _is_id(name: str) -> bool:
    return name.startswith("article/") and name.removeprefix("article/").isalnum()


def rows(asked: Query, answer: Any) -> Rows:  # noqa: ANN401 - one of three classes of pyoxigraph
    """An answer with its lists sorted, because SPARQL leaves the order of GROUP_CONCAT open."""
    if isinstance(answer, QueryBoolean):
        boolean = NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
        return Rows(["answer"], [[Literal(_TRUE[bool(answer)], datatype=boolean)]], "ask")
    if isinstance(answer, QueryTriples | list):
        triples = sorted(answer, key=str)
        return Rows(TRIPLE, [[triple.subject, triple.predicate, triple.object] for triple in triples], "construct")
    columns = [variable.value for variable in answer.variables]
    separators = [asked.lists.get(column) for column in columns]
    rows = ([solution[column] for column in columns] for solution in answer)
    return Rows(columns, [[_sorted(*cell) for cell in zip(row, separators, strict=True)] for row in rows])


def _sorted(term: Any, separator: str | None) -> Any:  # noqa: ANN401
    """A term; if it is a list, with its parts in order, and none if it is empty."""
    if separator is None or not isinstance(term, Literal):
        return term
    parts = sorted(part for part in term.value.split(separator) if part)
    return Literal(separator.join(parts)) if parts else None
