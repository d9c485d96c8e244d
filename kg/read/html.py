"""Web pages: the main text by trafilatura; the date from what the page declares, never from what it shows.

A date that is guessed from the visible text is silently wrong where the guesser does not know the names of the months.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import IO, Any

from kg.article import Article
from kg.errors import SourceError
from kg.read.item import Item, Options, limited, needed
from kg.read.record import day
from kg.read.text import decode

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)
_XML = re.compile(r"^\s*<\?xml[^>]*\?>")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_DATES = (
    "//meta[@property='article:published_time' or @property='og:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
    "//meta[@name='date' or @name='pubdate' or @name='publishdate' or @name='DC.date.issued']/@content",
)
_TITLES = ("//meta[@property='og:title']/@content", "//h1//text()", "//title/text()")
_ADDRESSES = ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content")


def items(name: str, stream: IO[bytes], _: Options) -> Iterator[Item | SourceError]:
    """The page as one item."""
    yield Item(source=name, form="html", content=limited(stream, name))


def article(given: Item) -> Article:
    """The article of a web page. Raises SourceError for a page without one."""
    trafilatura = needed("trafilatura", given.source)
    markup, encoding = _markup(given)
    tree = trafilatura.load_html(_XML.sub("", markup))
    if tree is None:
        raise SourceError(given.source, "the file is not a web page")
    headline, published, address = _title(tree), _published(tree), _first(tree, _ADDRESSES)
    body = trafilatura.extract(tree, include_comments=False, include_tables=False, include_formatting=False)
    body = unicodedata.normalize("NFC", _CONTROL.sub("", body or "")).strip()
    if not body:
        raise SourceError(given.source, "no text of an article was found in the page")
    headline = headline or body.partition("\n")[0]
    rest = body.removeprefix(headline).strip()
    return Article(
        source=given.source,
        headline=headline,
        text=f"{headline}\n{rest}" if rest else headline,
        published=published,
        url=given.url or (address if address and address.startswith("http") else None),
        encoding=encoding,
    )


def _markup(given: Item) -> tuple[str, str]:
    """The page as text: in the encoding that it declares, if that fits, else in the likeliest."""
    declared = _CHARSET.search(given.content[:4096])
    if declared:
        try:
            name = declared[1].decode("ascii").lower()
            return given.content.decode(name), name
        except (LookupError, UnicodeDecodeError):
            pass  # a wrong declaration; the bytes themselves say better
    return decode(given.content, source=given.source)


def _title(tree: Any) -> str:  # noqa: ANN401 - lxml ships no types
    return " ".join(unicodedata.normalize("NFC", _CONTROL.sub("", _first(tree, _TITLES) or "")).split())


def _published(tree: Any) -> date | None:  # noqa: ANN401
    for path in _DATES:
        for told in tree.xpath(path):
            if found := day(str(told)):
                return found
    return next((found for told in _linked(tree) if (found := day(told))), None)


def _linked(tree: Any) -> Iterator[str]:  # noqa: ANN401
    """Every ``datePublished`` of the JSON-LD in a page; what is not JSON is passed over."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            waiting = [json.loads(str(script))]
        except (ValueError, RecursionError):
            continue
        while waiting:
            node = waiting.pop(0)
            if isinstance(node, list):
                waiting += node
            elif isinstance(node, dict):
                if isinstance(told := node.get("datePublished"), str):
                    yield told
                waiting += [value for value in node.values() if isinstance(value, dict | list)]


def _first(tree: Any, paths: tuple[str, ...]) -> str | None:  # noqa: ANN401
    found = (str(value).strip() for path in paths for value in tree.xpath(path))
    return next((value for value in found if value), None)
