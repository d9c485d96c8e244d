"""What is done to one article, in whichever process: decode, parse, extract, check, map. Pure but for its caches."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from kg import paths, seeds
from kg.article import Article, EntityId, Extraction
from kg.check import check
from kg.errors import SourceError
from kg.extract import extract
from kg.lang import tags
from kg.rdf import quads, reported, triples_text
from kg.read import Item, article, read
from kg.store.copies import fingerprints
from kg.store.writer import Graph
from kg.text.doc import parse

_RULES = ("facts.py", "check.py", "lang", "text", "extract", "rdf")


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
class Outcome:
    """What became of one article, and sentences that a reader of the build's report should know."""

    built: Built
    graph: Graph
    warnings: tuple[str, ...] = ()


def extraction_of(source: Item | str | os.PathLike[str]) -> Extraction:
    """What is read from one item, or from the first in a file; no store needed. Raises SourceError."""
    return extract(parse(article(source) if isinstance(source, Item) else read(source)))


def work(item: Item | SourceError) -> Outcome | Rejected:
    """The graph of one article, or why there is none."""
    if isinstance(item, SourceError):
        return Rejected(source=item.name, reason=item.reason)
    try:
        extraction = extraction_of(item)
    except SourceError as error:
        return Rejected(source=error.name, reason=error.reason)
    reasons = check(extraction.facts)
    if reasons:
        return Rejected(source=item.source, reason="; ".join(reasons))
    done = replace(
        extraction.article, input_digest=item.digest, made_with=version(), fingerprint=fingerprints(extraction.article)
    )
    graph = quads(replace(extraction, article=done), known=_known())
    return Outcome(
        built=_built(extraction),
        graph=Graph(
            article=done.id,
            source=done.source,
            triples=triples_text(graph),
            fingerprint=done.fingerprint,
            reports=tuple(reported(graph)),
        ),
        warnings=tuple(_warnings(done)),
    )


@cache
def version() -> str:
    """A digest of all that decides what is read from a text: rules, packs and reference data."""
    here = paths.PACKS.parent
    parts = [here / part for part in _RULES]
    files = [file for part in parts for file in (part.rglob("*") if part.is_dir() else [part])]
    digest = hashlib.sha256()
    own = [*paths.own_files("*.toml"), *paths.own_files("*.ttl")]
    for file in sorted([*files, *paths.SEEDS.glob("*.ttl"), *own], key=lambda file: file.as_posix()):
        if file.suffix in {".py", ".toml", ".ttl"}:
            digest.update(file.name.encode() + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


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


def _warnings(read: Article) -> list[str]:
    """What a reader of the report should know about an article that was built."""
    found = []
    if read.language is None:
        found.append(f"the language is none of {', '.join(tags())}; stored without facts")
    if read.encoding.lower() not in {"utf-8", "utf8"}:
        found.append(f"not UTF-8; read as {read.encoding}")
    return [f"{read.source}: {sentence}" for sentence in found]
