"""Shards, or exports of other stores, into a store; the result is that of one build of all their sources."""

from __future__ import annotations

import glob
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.build.work import Rejected
from kg.errors import SourceError
from kg.rdf import iri
from kg.read import open_
from kg.store.shards import Packed, unpacked
from kg.store.writer import Writer

if TYPE_CHECKING:
    from kg.store import Store

_ENDINGS = (".nq.gz", ".nq")
Progress = Callable[[int, int, str], None]


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
    """The files that paths stand for, each once, sorted within each path."""
    seen: set[str] = set()
    for path in paths:
        for file in _expanded(path):
            if file not in seen:
                seen.add(file)
                yield file


def _expanded(path: str) -> list[str]:
    if open_.is_address(path):
        return open_.expanded(f"{path}*.nq.gz" if path.endswith("/") else path)
    if Path(path).is_dir():
        found = [str(file) for file in Path(path).rglob("*") if file.name.endswith(_ENDINGS)]
    else:
        found = glob.glob(path, recursive=True)  # noqa: PTH207 - Path.glob refuses absolute patterns
    return sorted(found) or [path]
