"""From files to a graph: read, parse, extract, check, map, store; each article whole or not at all."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg import seeds
from kg.article import Article, EntityId, Extraction
from kg.check import check
from kg.errors import ShapeError, SourceError
from kg.extract import extract
from kg.lang import tags
from kg.rdf import quads
from kg.read import read, sources
from kg.store import Store
from kg.text.doc import parse

Progress = Callable[[int, int, Path], None]
"""Told before each article: how many are done, of how many, and which comes."""


@dataclass(frozen=True, kw_only=True)
class Built:
    """An article that is in the store now; ``facts`` counts them by class."""

    source: str
    article: EntityId
    language: str | None
    mentions: int
    facts: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Rejected:
    """An input of which nothing is in the store, and why."""

    source: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a build did, in the order of its inputs. Warnings are sentences that name the input."""

    built: tuple[Built, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    warnings: tuple[str, ...] = ()


def build(paths: Iterable[str | os.PathLike[str]], store: Store, *, progress: Progress | None = None) -> Report:
    """Put the articles of files, folders and patterns into the store, each in one atomic step.

    What cannot be read, or states what the ontology does not allow, is rejected whole and the others are still built.
    The same content built again leaves the same store. Raises StoreError.
    """
    files = list(sources(paths))
    built: list[Built] = []
    rejected: list[Rejected] = []
    warnings: list[str] = []
    for done, file in enumerate(files):
        if progress:
            progress(done, len(files), file)
        try:
            extraction = _put(file, store)
        except (SourceError, ShapeError) as error:
            rejected.append(Rejected(source=error.name, reason=error.reason))
            continue
        warnings += _warnings(extraction.article, built)
        built.append(_built(extraction))
    store.flush()
    return Report(built=tuple(built), rejected=tuple(rejected), warnings=tuple(warnings))


def extraction_of(file: Path) -> Extraction:
    """What is read from one file; no store needed. Raises SourceError."""
    return extract(parse(read(file)))


def _put(file: Path, store: Store) -> Extraction:
    """Store one article. Raises SourceError or ShapeError, and then has stored nothing."""
    extraction = extraction_of(file)
    reasons = check(extraction.facts)
    if reasons:
        raise ShapeError(file.as_posix(), "; ".join(reasons))
    store.replace(quads(extraction, known=_known()))
    return extraction


@cache
def _known() -> frozenset[EntityId]:
    """The entities that the reference data names."""
    return frozenset(seeds.load().label)


def _built(extraction: Extraction) -> Built:
    return Built(
        source=extraction.article.source,
        article=extraction.article.id,
        language=extraction.article.language,
        mentions=len(extraction.mentions),
        facts=Counter(type(fact).__name__ for fact in extraction.facts),
    )


def _warnings(article: Article, before: Iterable[Built]) -> list[str]:
    """What a reader of the report should know about an article that was built."""
    found = []
    if article.language is None:
        found.append(f"the language is none of {', '.join(tags())}; stored without facts")
    if article.encoding != "utf-8":
        found.append(f"not UTF-8; read as {article.encoding}")
    twin = next((other.source for other in before if other.article == article.id), None)
    if twin:
        found.append(f"the same article as {twin}, which it replaces")
    return [f"{article.source}: {sentence}" for sentence in found]
