"""Shards: graphs of articles as N-Quads, made anywhere and put into any store; and what an export holds of articles.

In a shard the lines of an article are together, which its first line promises; an article is in it once.
"""

from __future__ import annotations

import gzip
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import IO, Any

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat, parse

from kg.article import EntityId
from kg.errors import SourceError
from kg.rdf import BASE, iri, quads_text, reported, triples_text
from kg.read.open_ import peeked
from kg.store.articles import ALSO, COPY_OF, FINGERPRINT, SOURCE, VERSION
from kg.store.backend import AnyQuad
from kg.store.writer import Graph

_PROMISE = b"# Articles of Elchi, each in one piece\n"
_ARTICLE = BASE + "article/"
_ZIPPED = b"\x1f\x8b"


@dataclass(frozen=True, kw_only=True)
class Packed:
    """An article out of a shard: its graph by the first of its sources, all of them, and what it was made with."""

    graph: Graph
    sources: tuple[str, ...]
    made_with: str


def packed(graphs: Iterable[Graph]) -> bytes:
    """A shard of articles, each of which is there once: sorted N-Quads, compressed; the same graphs, the same bytes."""
    ordered = sorted(graphs, key=lambda graph: graph.article)
    lines = (quads_text(graph.triples, iri(graph.article)) for graph in ordered)
    return gzip.compress(_PROMISE + b"".join(lines), compresslevel=1, mtime=0)


def unpacked(name: str, stream: IO[bytes]) -> Iterator[Packed]:
    """The articles in a shard, or in an export as N-Quads.

    Links between copies are left out, since they follow from what else is in a store. Raises SourceError, after what
    comes before the fault.
    """
    head, stream = peeked(stream)
    lines: Any = gzip.GzipFile(fileobj=stream) if head.startswith(_ZIPPED) else stream
    try:
        first = lines.readline()
        yield from _in_pieces(name, lines) if first == _PROMISE else _in_any_order(first, lines)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise SourceError(name, "is cut off or damaged; make it again") from None
    except (SyntaxError, ValueError) as error:
        raise SourceError(name, f"is not N-Quads ({' '.join(str(error).split())})") from None
    except OSError as error:
        raise SourceError(name, f"cannot be read ({(error.strerror or str(error)).lower()})") from None


def _in_pieces(name: str, lines: Iterable[bytes]) -> Iterator[Packed]:
    for last, piece in groupby(lines, key=lambda line: line[:-3].rpartition(b" ")[2]):
        text = b"".join(piece)
        quads = list(parse(input=text, format=RdfFormat.N_QUADS))
        if not last.startswith(b"<" + _ARTICLE.encode()):
            raise SourceError(name, "has a line that belongs to no article")
        yield _packed(quads, text.replace(b" " + last + b" .\n", b" .\n"))


def _in_any_order(first: bytes, lines: IO[bytes]) -> Iterator[Packed]:
    """The articles of quads that a store on disk sorts."""
    with tempfile.TemporaryDirectory() as folder:
        store = pyoxigraph.Store(folder)
        store.bulk_load(first, RdfFormat.N_QUADS)
        store.bulk_load(lines, RdfFormat.N_QUADS)
        for article in sorted(store.named_graphs(), key=str):
            if isinstance(article, NamedNode) and article.value.startswith(_ARTICLE):
                quads = sorted(store.quads_for_pattern(None, None, None, article), key=str)
                yield _packed(quads, triples_text(quad for quad in quads if quad.predicate not in (ALSO, COPY_OF)))


def _packed(quads: list[AnyQuad], triples: bytes) -> Packed:
    """An article from its quads and the text of them."""
    article = quads[0].graph_name
    told: defaultdict[NamedNode, list[str]] = defaultdict(list)
    for quad in quads:
        if quad.subject == article:
            told[quad.predicate].append(quad.object.value)
    if not told[SOURCE]:
        raise ValueError(f"{article} names no source")
    graph = Graph(
        article=EntityId(article.value.removeprefix(BASE)),
        source=min(told[SOURCE]),
        triples=triples,
        fingerprint=tuple(sorted(told[FINGERPRINT])),
        reports=tuple(reported(quads)),
    )
    return Packed(graph=graph, sources=(*told[SOURCE], *told[ALSO]), made_with=max(told[VERSION], default=""))
