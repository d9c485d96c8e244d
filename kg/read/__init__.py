# ruff: noqa: PTH110, PTH112 - os.path answers False where Path raises: a name too long, a null byte in it
"""From sources to articles: the only step before the store that touches the world.

A source is cut into items (cheap, in order), an item is decoded into an article (dear, anywhere).
"""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from kg.article import Article
from kg.errors import SourceError
from kg.read import feed, html, jsonl, open_, record, text, warc
from kg.read.archive import Reader, tarred, zipped
from kg.read.item import Item, Options

__all__ = ["DECODERS", "READERS", "Item", "Options", "article", "holds_one", "items", "read", "sources"]


def _reader_for(name: str) -> Reader | None:
    """The reader for a name, by the longest ending that fits."""
    return next((READERS[ending] for ending in _endings_of(name) if ending in READERS), None)


READERS: Mapping[str, Reader] = {
    "": text.items,
    ".txt": text.items,
    ".html": html.items,
    ".htm": html.items,
    ".xhtml": html.items,
    ".rss": feed.items,
    ".atom": feed.items,
    ".xml": feed.items,
    ".jsonl": jsonl.items,
    ".ndjson": jsonl.items,
    ".warc": warc.items,
    ".warc.gz": warc.items,
    ".zip": zipped(_reader_for),
    ".tar": tarred(_reader_for),
    ".tar.gz": tarred(_reader_for),
    ".tgz": tarred(_reader_for),
    ".tar.bz2": tarred(_reader_for),
    ".tar.xz": tarred(_reader_for),
}
"""Which reader cuts a source into items, by its ending in lower case."""

DECODERS: Mapping[str, Callable[[Item], Article]] = {
    "text": text.decoded,
    "html": html.article,
    "record": record.article,
}
"""What makes an article of an item, by the form of its content."""

_SIGNS = ((b"PK\3\4", ".zip"), (b"WARC/", ".warc"), (b"\x1f\x8b", ".warc.gz"), (b"{", ".jsonl"))


def items(paths: Iterable[str | os.PathLike[str]], options: Options | None = None) -> Iterator[Item | SourceError]:
    """What the sources hold, in their order: an item for each article, an error for what cannot be read."""
    for source in sources(paths):
        try:
            yield from _cut(source, options or Options())
        except SourceError as error:
            yield error


def article(item: Item) -> Article:
    """The article of an item. Raises SourceError."""
    return DECODERS[item.form](item)


def read(source: str | os.PathLike[str]) -> Article:
    """The first article in a source.

    Raises SourceError, one sentence that names the source, for whatever cannot be read as an article.
    """
    for item in _cut(_plain(source), Options()):
        if isinstance(item, SourceError):
            raise item
        return article(item)
    raise SourceError(source, "holds no article")


def sources(
    paths: Iterable[str | os.PathLike[str]], is_source: Callable[[str], object] | None = None
) -> Iterator[str]:
    """Every file that the paths stand for, each once: files as they are, folders searched through, patterns expanded.

    In folders a file is a source by its name: if ``is_source`` says so, or else if a reader is named for it.

    The files of one folder or pattern come sorted. A path that stands for nothing comes out as it went in, so that
    reading it says what is wrong and the other files are still read. Addresses such as s3://bucket/news/*.txt are
    expanded by fsspec.
    """
    seen: set[str] = set()
    for path in paths:
        for file in _expand(_plain(path), is_source or _ending):
            if file not in seen:
                seen.add(file)
                yield file


def holds_one(source: str) -> bool:
    """Whether a source is one article by its ending, as text and pages are.

    >>> holds_one("news/a.txt"), holds_one("news.warc.gz"), holds_one("-")
    (True, False, False)
    """
    return source != open_.STDIN and _reader_for(source) in (text.items, html.items)


def _cut(source: str, options: Options) -> Iterator[Item | SourceError]:
    if not open_.is_address(source):
        _refuse(source)
    with open_.opened(source) as stream:
        reader = _reader_for(source)
        if source == open_.STDIN or (open_.is_address(source) and (reader is None or not _ending(source))):
            reader, whole = _recognised(stream)
        else:
            whole = stream
        if reader is None:
            ending = Path(source).suffix
            raise SourceError(source, f"no reader for files ending in {ending}; there is one for {_endings()}")
        yield from reader(source, whole, options)


def _refuse(source: str) -> None:
    """Say what is wrong with a path of this machine that cannot be opened. Raises SourceError."""
    if os.path.isdir(source):
        raise SourceError(source, _empty_folder(Path(source)))
    if not os.path.exists(source) and glob.has_magic(source):
        raise SourceError(source, "no file matches this pattern")


def _recognised(stream: open_.Stream) -> tuple[Reader, open_.Stream]:
    """The reader for what has no ending, by its first bytes; the stream still begins with them."""
    head, stream = open_.peeked(stream)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for sign, ending in _SIGNS:
        if start.startswith(sign):
            return READERS[ending], stream
    if start.startswith(b"<"):
        is_feed = any(tag in start for tag in (b"<rss", b"<feed", b"<rdf:RDF"))
        return (feed.items if is_feed else html.items), stream
    return text.items, stream


def _expand(path: str, is_source: Callable[[str], object]) -> list[str]:
    if path == open_.STDIN:
        return [path]
    if open_.is_address(path):
        return open_.expanded(path)
    if os.path.isdir(path):
        return _below(Path(path), is_source) or [path]
    if not os.path.exists(path) and glob.has_magic(path):
        matches = (Path(match) for match in glob.glob(path, recursive=True))  # noqa: PTH207 - Path.glob refuses absolute patterns
        found = (_below(match, is_source) if match.is_dir() else [match.as_posix()] for match in matches)
        return sorted(chain.from_iterable(found)) or [path]
    return [path]


def _below(folder: Path, is_source: Callable[[str], object]) -> list[str]:
    """Every file below the folder that is a source by its name; a dangling link too, for its reader to refuse."""
    found = []
    for place, _, names in os.walk(folder):
        found += [f"{place}/{name}" for name in names if is_source(name)]
    return sorted((Path(file).as_posix() for file in found), key=lambda file: file.split("/"))


def _plain(path: str | os.PathLike[str]) -> str:
    """A path as its source is named: the text of it, with forward slashes and without ``./``."""
    name = os.fspath(path)
    return name if open_.is_address(name) or name == open_.STDIN else Path(name).as_posix()


def _endings_of(name: str) -> Iterator[str]:
    """The endings of a file name, the longest first, and the empty one if there is none."""
    parts = name.rsplit("/", 1)[-1].lower().split(".")[1:]
    yield from ("." + ".".join(parts[start:]) for start in range(len(parts)))
    if not parts:
        yield ""


def _ending(name: str) -> str | None:
    return next((ending for ending in _endings_of(name) if ending and ending in READERS), None)


def _empty_folder(folder: Path) -> str:
    if not os.access(folder, os.R_OK | os.X_OK):
        return "the folder may not be opened"
    return f"the folder holds no article; looked for files ending in {_endings()}"


def _endings() -> str:
    return ", ".join(sorted(ending for ending in READERS if ending))
