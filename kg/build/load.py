"""Shards, or exports of other stores, into a store; the result is that of one build of all their sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.build import Progress
from kg.build.work import Rejected
from kg.errors import SourceError
from kg.rdf import iri
from kg.read import open_, sources
from kg.store.shards import Packed, unpacked
from kg.store.writer import Writer

if TYPE_CHECKING:
    from kg.store import Store

_ENDINGS = (".nq.gz", ".nq")


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What a load did; ``unchanged`` counts the articles that the store had already."""

    files: int
    articles: int
    unchanged: int
    rejected: tuple[Rejected, ...]


def load(paths: Iterable[str], store: Store, *, progress: Progress | None = None) -> Loaded:
    """Put the articles of files, folders, patterns and addresses of N-Quads into the store.

    Links between copies are made anew, and of one source the article that comes last stays, as in a build. A file that
    is damaged is rejected, and what comes before the fault is kept. Raises StoreError.
    """
    writer, files = Writer(store), list(_files(paths))
    articles = unchanged = 0
    rejected = []
    for number, file in enumerate(files):
        if progress:
            progress(number, len(files), file)
        try:
            for each in _articles(file):
                if _known(store, each):
                    unchanged += 1
                else:
                    _put(writer, each)
                    articles += 1
        except SourceError as error:
            rejected.append(Rejected(source=error.name, reason=error.reason))
    writer.flush()
    store.flush()
    return Loaded(files=len(files), articles=articles, unchanged=unchanged, rejected=tuple(rejected))


def _articles(file: str) -> Iterator[Packed]:
    if Path(file).is_dir():
        raise SourceError(file, f"the folder holds no file ending in {' or '.join(_ENDINGS)}")
    with open_.opened(file) as stream:
        yield from unpacked(file, stream)


def _known(store: Store, packed: Packed) -> bool:
    """Whether the store has the article as it is, from the same sources."""
    article = iri(packed.graph.article)
    named = all(store.about.names(article, source) for source in packed.sources)
    return named and store.about.version(article) == packed.made_with


def _put(writer: Writer, packed: Packed) -> None:
    writer.put(packed.graph)
    for source in set(packed.sources) - {packed.graph.source}:
        writer.add_source(iri(packed.graph.article), source)


def _files(paths: Iterable[str]) -> Iterator[str]:
    """The files that paths stand for, as the sources of a build; an address that ends in / stands for what is below."""
    every = (f"{path}*.nq.gz" if open_.is_address(path) and path.endswith("/") else path for path in paths)
    return sources(every, lambda name: name.endswith(_ENDINGS))
