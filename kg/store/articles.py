"""What the store knows of its articles: from which sources they came, which are copies of which.

All of it follows from the set of articles and of their sources alone, and not from the order in which they came:
the source of an article is the first in order of all that have its text, and an article is a copy of the earliest of
those that it resembles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.rdf import ONTOLOGY
from kg.store import copies
from kg.store.backend import AnyQuad, Backend

SOURCE = NamedNode(ONTOLOGY + "sourceFile")
ALSO = NamedNode(ONTOLOGY + "alsoSource")
DIGEST = NamedNode(ONTOLOGY + "inputDigest")
VERSION = NamedNode(ONTOLOGY + "madeWith")
COPY_OF = NamedNode(ONTOLOGY + "copyOf")
FINGERPRINT = NamedNode(ONTOLOGY + "fingerprint")
_PUBLISHED = NamedNode(ONTOLOGY + "published")
_TEXT = NamedNode(ONTOLOGY + "text")
_DEFAULT = DefaultGraph()


@dataclass
class Change:
    """Quads of named graphs that go and come in one step."""

    gone: set[AnyQuad] = field(default_factory=set)
    came: set[AnyQuad] = field(default_factory=set)


class Articles:
    """Questions about articles, and the changes that putting or taking away an article is made of."""

    def __init__(self, inner: Backend) -> None:
        """Look into a store."""
        self._inner = inner

    def of_source(self, source: str) -> NamedNode | None:
        """The article that a source gave."""
        return self._subject(SOURCE, source) or self._subject(ALSO, source)

    def of_digest(self, digest: str) -> NamedNode | None:
        """The article that was read from the same bytes."""
        return self._subject(DIGEST, digest)

    def sources(self, article: NamedNode) -> set[str]:
        """All sources that have the text of an article."""
        return {*self._values(article, SOURCE), *self._values(article, ALSO)}

    def has(self, article: NamedNode) -> bool:
        """Whether the article is in the store."""
        return bool(self._values(article, SOURCE))

    def names(self, article: NamedNode, source: str) -> bool:
        """Whether an article names this source."""
        quads = (Quad(article, predicate, Literal(source), _DEFAULT) for predicate in (SOURCE, ALSO))
        return any(quad in self._inner for quad in quads)

    def has_band(self, band: str) -> bool:
        """Whether an article has this fingerprint."""
        return self._subject(FINGERPRINT, band) is not None

    def all_sources(self) -> Iterator[tuple[NamedNode, str]]:
        """Every source, with the article that has its text."""
        for predicate in (SOURCE, ALSO):
            for quad in self._inner.quads_for_pattern(None, predicate, None, _DEFAULT):
                yield quad.subject, quad.object.value

    def version(self, article: NamedNode) -> str | None:
        """What the article was made with."""
        return next(iter(self._values(article, VERSION)), None)

    def putting(self, graph: Iterable[AnyQuad]) -> Change:
        """The change that puts an article, given by its graph, in the place of what its source gave before."""
        came = set(graph)
        article = next(iter(came)).graph_name
        source = next(quad.object.value for quad in came if quad.predicate == SOURCE)
        change = Change()
        before = self.of_source(source)
        if before is not None and before != article:
            change = self.losing(before, source)
        old = self._graph(article)
        if old:
            same = _of(old, VERSION) == _of(came, VERSION) and _of(old, FINGERPRINT) == _of(came, FINGERPRINT)
            if same and min(self._values(article, SOURCE)) < source:  # the first source decides what else is kept
                came = set(old)
            came = {quad for quad in came if quad.predicate not in (SOURCE, ALSO, COPY_OF)}
            came |= {*_named(article, self.sources(article) | {source})}
        self._link(article, came, change)
        change.gone |= old - came
        change.came |= came - old
        return change

    def losing(self, article: NamedNode, source: str | None = None) -> Change:
        """The change that takes a source away from an article, and the article itself with its last or with None."""
        old, left = self._graph(article), self.sources(article) - {source}
        change = Change(gone=set(old))
        if source is not None and left:
            came = {quad for quad in old if quad.predicate not in (SOURCE, ALSO)} | set(_named(article, left))
            return Change(gone=old - came, came=came - old)
        for quad in self._inner.quads_for_pattern(None, COPY_OF, article, _DEFAULT):
            copy = quad.subject
            change.gone.add(Quad(copy, COPY_OF, article, copy))
            rest = [each for each in self._alike(copy, self._graph(copy)) if each not in (article, copy)]
            self._refer(copy, rest, change)
        return change

    def link(self, graph: set[AnyQuad]) -> tuple[NamedNode | None, bool]:
        """Of which article a new one is a copy, and whether articles in the store become copies of it."""
        article = next(iter(graph)).graph_name
        alike = self._alike(article, graph)
        mine = self._order(article, graph)
        earlier = [each for each in alike if self._order(each) < mine]
        return min(earlier, key=self._order, default=None), len(earlier) < len(alike)

    def _link(self, article: NamedNode, came: set[AnyQuad], change: Change) -> None:
        """Make a new article a copy of the earliest that it resembles, and the later ones copies of it."""
        alike = [each for each in self._alike(article, came) if not _leaves(each, change)]
        mine = self._order(article, came)
        earlier = [each for each in alike if self._order(each) < mine]
        if earlier:
            came.add(Quad(article, COPY_OF, min(earlier, key=self._order), article))
        for later in set(alike) - set(earlier):
            now = next(iter((self._graph(later, COPY_OF) - change.gone) | _of(change.came, COPY_OF, later)), None)
            if now is None or mine < self._order(now.object):
                change.gone |= {now} if now else set()
                change.came = (change.came - {now}) | {Quad(later, COPY_OF, article, later)}

    def _refer(self, copy: NamedNode, alike: list[NamedNode], change: Change) -> None:
        earlier = [each for each in alike if self._order(each) < self._order(copy)]
        if earlier:
            change.came.add(Quad(copy, COPY_OF, min(earlier, key=self._order), copy))

    def _alike(self, article: NamedNode, graph: set[AnyQuad]) -> list[NamedNode]:
        """The other articles in the store with nearly the same text."""
        bands = [quad.object for quad in graph if quad.predicate == FINGERPRINT]
        shared = (self._inner.quads_for_pattern(None, FINGERPRINT, band, _DEFAULT) for band in bands)
        met = {quad.subject for quads in shared for quad in quads}
        met.discard(article)
        if not met:
            return []
        mine = copies.runs(next(iter(_of(graph, _TEXT, article))).object.value)  # quotations have a text, too
        texts = {each: next(iter(self._values(each, _TEXT)), "") for each in met}
        return [each for each, text in texts.items() if copies.likeness(mine, copies.runs(text)) >= copies.LIKENESS]

    def _order(self, article: NamedNode, graph: Iterable[AnyQuad] | None = None) -> tuple[str, str]:
        """The day of publication, the last for an article that does not tell it, then the name."""
        if graph is None:
            days = self._values(article, _PUBLISHED)
        else:
            days = {quad.object.value for quad in graph if quad.predicate == _PUBLISHED}
        return min(days, default="9999"), article.value

    def _subject(self, predicate: NamedNode, text: str) -> NamedNode | None:
        found = self._inner.quads_for_pattern(None, predicate, Literal(text), _DEFAULT)
        return next((quad.subject for quad in found), None)

    def _values(self, article: NamedNode, predicate: NamedNode) -> set[str]:
        return {quad.object.value for quad in self._inner.quads_for_pattern(article, predicate, None, _DEFAULT)}

    def _graph(self, article: NamedNode, predicate: NamedNode | None = None) -> set[AnyQuad]:
        return set(self._inner.quads_for_pattern(None, predicate, None, article))


def _named(article: NamedNode, sources: set[str]) -> Iterator[AnyQuad]:
    """The quads that name the sources of an article, the first in order as its source."""
    first, *rest = sorted(sources)
    yield Quad(article, SOURCE, Literal(first), article)
    yield from (Quad(article, ALSO, Literal(other), article) for other in rest)


def _of(graph: Iterable[AnyQuad], predicate: NamedNode, article: NamedNode | None = None) -> set[AnyQuad]:
    return {quad for quad in graph if quad.predicate == predicate and article in (None, quad.subject)}


def _leaves(article: NamedNode, change: Change) -> bool:
    """Whether a change takes the article away."""
    return bool(_of(change.gone, SOURCE, article)) and not _of(change.came, SOURCE, article)
