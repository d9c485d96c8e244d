"""RSS and Atom: an article for each entry; with ``--fetch`` the page that the entry links to."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from datetime import date
from typing import IO, Any

from kg.errors import SourceError
from kg.read import record
from kg.read.fetch import Fetcher
from kg.read.item import Item, Options, limited, needed

_WHOLE = {"headline": "headline", "text": "text", "published": "published", "url": "url"}


def items(name: str, stream: IO[bytes], options: Options) -> Iterator[Item | SourceError]:
    """The entries of a feed. Raises SourceError for what is no feed, or one cut off before its first entry."""
    feedparser = needed("feedparser", name)
    content = limited(stream, name)
    if not content.strip():
        raise SourceError(name, "the file is empty")
    feed = feedparser.parse(content, sanitize_html=False, resolve_relative_uris=False)
    if not feed.entries:
        raise SourceError(name, "no feed of articles" if not feed.version else "the feed has no entries")
    fetcher = Fetcher(name) if options.fetch else None
    for number, entry in enumerate(feed.entries, 1):
        told = _fields(entry)
        source = str(told["url"] or f"{name}#{number}")
        yield fetcher.page(source) if fetcher and told["url"] else record.item(source, told, _WHOLE)
    if feed.bozo and isinstance(feed.bozo_exception, Exception) and "not well-formed" in str(feed.bozo_exception):
        yield SourceError(name, "the feed is damaged; its last entries may be missing")


def _fields(entry: Any) -> Mapping[str, str | None]:  # noqa: ANN401 - feedparser ships no types
    contents = [part.get("value", "") for part in entry.get("content", [])]
    link = entry.get("link")
    return {
        "headline": entry.get("title"),
        "text": max([*contents, entry.get("summary", "")], key=len),
        "published": _day(entry.get("published_parsed")),
        "url": link if link and link.startswith(("http://", "https://")) else None,
    }


def _day(told: time.struct_time | None) -> str | None:
    """The day in universal time, None for one outside the calendar."""
    try:
        return date(*told[:3]).isoformat() if told else None
    except ValueError:
        return None
