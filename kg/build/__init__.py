"""From sources to a graph: read, parse, extract, check, map, store; each article whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from kg.build.pool import LIMIT_S, Lost, Ready, ordered
from kg.build.work import Built, Outcome, Rejected, extraction_of, version, work
from kg.errors import SourceError
from kg.read import Item, Options, items, sources
from kg.store import Store
from kg.store.writer import Writer

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

__all__ = ["Built", "Outcome", "Rejected", "Report", "Settings", "build", "extraction_of", "version", "work"]

Progress = Callable[[int, int, str], None]
"""Told before each article: how many are done, of how many files, and which comes."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How a build goes: processes, seconds for an article, and what is done beside adding new and changed articles.

    ``stale`` reads again what another version of the rules has read, ``prune`` takes out the articles whose sources are
    no longer where the build looks, ``compare`` keeps count of facts gained and lost.
    """

    jobs: int = 1
    limit_s: float = LIMIT_S
    stale: bool = False
    prune: bool = False
    compare: bool = False
    read: Options = field(default_factory=Options)


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a build did, in the order of its inputs. Warnings are sentences that name the input."""

    built: tuple[Built, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    warnings: tuple[str, ...] = ()
    unchanged: int = 0
    outdated: int = 0
    """How many of the unchanged were read by another version of the rules."""
    pruned: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Known:
    """An item whose content the store has, as an article; ``named`` if the article names the item's source."""

    item: Item
    article: NamedNode
    named: bool


def build(
    paths: Iterable[str | os.PathLike[str]],
    store: Store,
    *,
    settings: Settings | None = None,
    progress: Progress | None = None,
) -> Report:
    """Put the articles of sources into the store, each in one atomic step.

    A source whose content is in the store already is not read again; one that has changed takes the place of what it
    gave before. What cannot be read, or states what the ontology does not allow, is rejected whole and the others are
    still built. The same sources leave the same store, whatever was built, stopped or killed before, in any number of
    processes. Raises StoreError.
    """
    return _Build(store, settings or Settings(), progress).run([os.fspath(path) for path in paths])


class _Build:
    """One run of a build."""

    def __init__(self, store: Store, settings: Settings, progress: Progress | None) -> None:
        self._store, self._settings, self._progress = store, settings, progress
        self._writer = Writer(store, compare=settings.compare)
        self._seen: set[str] = set()
        self._built: list[Built] = []
        self._rejected: list[Rejected] = []
        self._warnings: list[str] = []
        self._unchanged = self._outdated = 0

    def run(self, paths: Sequence[str]) -> Report:
        jobs, limit_s = self._settings.jobs, self._settings.limit_s
        for result in ordered(work, self._drawn(paths), jobs=jobs, limit_s=limit_s):
            match result:
                case Outcome():
                    self._put(result)
                case _Known():
                    self._keep(result)
                case Lost():
                    self._rejected.append(Rejected(source=result.item.source, reason=result.reason))
                case Rejected():
                    self._rejected.append(result)
        pruned = self._prune(paths) if self._settings.prune else ()
        self._writer.flush()
        self._store.flush()
        gained, lost = self._writer.facts()
        return Report(
            built=tuple(self._built),
            rejected=tuple(self._rejected),
            warnings=tuple(self._warnings),
            unchanged=self._unchanged,
            outdated=self._outdated,
            pruned=pruned,
            gained=gained,
            lost=lost,
        )

    def _drawn(self, paths: Sequence[str]) -> Iterator[Item | Ready[_Known | Rejected | Outcome]]:
        """The items that must be read, and those of which it is known already what becomes of them."""
        files = list(sources(paths))
        for done, item in enumerate(items(files, self._settings.read)):
            name = item.name if isinstance(item, SourceError) else item.source
            if self._progress:
                self._progress(done, len(files), name)
            if self._settings.prune and (isinstance(item, Item) or os.path.lexists(name)):
                self._seen.add(name)
            if isinstance(item, SourceError):
                yield Ready(Rejected(source=item.name, reason=item.reason))
            else:
                known = self._known(item)
                yield item if known is None else Ready(known)

    def _known(self, item: Item) -> _Known | None:
        about = self._store.about
        article = about.of_digest(item.digest)
        if article is None or (self._settings.stale and about.version(article) != version()):
            return None
        return _Known(item, article, about.names(article, item.source))

    def _keep(self, known: _Known) -> None:
        """Leave an article as it is, but look again if the build has changed it since it was found."""
        source = known.item.source
        if {source, known.article.value} & self._writer.touched or not known.named:
            self._writer.flush()
            again = self._known(known.item)
            if again is None:
                self._again(known.item)
                return
            if not again.named:
                others = sorted(self._store.about.sources(again.article))
                self._writer.add_source(again.article, source)
                self._warnings.append(f"{source}: the same article as {others[0]}")
        self._unchanged += 1
        self._outdated += self._store.about.version(known.article) != version()

    def _again(self, item: Item) -> None:
        match work(item):
            case Outcome() as outcome:
                self._put(outcome)
            case Rejected() as rejected:
                self._rejected.append(rejected)

    def _put(self, outcome: Outcome) -> None:
        other = self._writer.put(outcome.graph)
        self._built.append(outcome.built)
        self._warnings += outcome.warnings
        if other is not None:
            self._warnings.append(f"{outcome.built.source}: the same article as {other}")

    def _prune(self, roots: Sequence[str]) -> tuple[str, ...]:
        """Take out the sources that are no longer there, of those that the build looked for."""
        self._writer.flush()
        gone = [
            (article, source)
            for article, source in self._store.about.all_sources()
            if source not in self._seen and any(_below(source, root) for root in roots)
        ]
        for article, source in gone:
            self._writer.take(article, source)
        return tuple(sorted(source for _, source in gone))


def _below(source: str, root: str) -> bool:
    """Whether a source would be found under a path.

    >>> _below("news/a.txt", "news/"), _below("news/a.txt", "news/*.txt"), _below("newsroom/a.txt", "news")
    (True, True, False)
    """
    plain = os.path.normpath(root) if "://" not in root else root.rstrip("/")
    return source == plain or source.startswith(f"{plain}/") or fnmatchcase(source, plain) or plain == "."
