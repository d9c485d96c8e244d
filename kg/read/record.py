"""Articles that come as named fields: a line of JSON, an entry of a feed."""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from kg.article import Article
from kg.errors import SourceError
from kg.read.item import Item

USUAL = {
    "headline": ("headline", "title", "name"),
    "text": ("text", "body", "content", "articleBody", "maintext", "description", "summary"),
    "published": ("published", "date", "date_publish", "datePublished", "published_at", "pub_date", "pubDate"),
    "url": ("url", "link", "uri"),
}
"""What the fields of an article are usually called, the likeliest first."""

_BLOCK = re.compile(r"(?i)</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|blockquote)\b[^>]*>")
_SILENT = re.compile(r"(?is)<(script|style)\b.*?</\1\s*>|<!--.*?-->")
_TAG = re.compile(r"</?[A-Za-z][^>]*>")
_SPACE = re.compile(r"[ \t\r\f\v\xa0]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?![\d-])")


def item(source: str, told: Mapping[str, object], names: Mapping[str, str]) -> Item:
    """The item made from fields; ``names`` says what a field is called where that is not usual.

    >>> item("a.jsonl#1", {"title": "H", "link": "https://example.org/1"}, {}).url
    'https://example.org/1'
    """
    found = {key: _first(told, names.get(key), usual) for key, usual in USUAL.items()}
    url = found.pop("url")
    content = json.dumps(found, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
    return Item(source=source, form="record", content=content, url=url)


def article(given: Item) -> Article:
    """The article of an item made from fields; markup in them is taken away. Raises SourceError."""
    told = json.loads(given.content)
    headline = " ".join(plain(told["headline"] or "").split())
    body = plain(told["text"] or "")
    if not headline:
        headline, _, body = body.partition("\n")
    if not headline.strip():
        raise SourceError(given.source, "has neither a headline nor a text")
    if _CONTROL.search(headline + body):
        raise SourceError(given.source, "the text holds control characters, so it is not text")
    body = body.strip()
    return Article(
        source=given.source,
        headline=headline,
        text=f"{headline}\n{body}" if body else headline,
        published=day(told["published"]),
        url=given.url,
    )


def plain(text: str) -> str:
    r"""A text without markup, in Unicode NFC, with a line for each block and no empty lines.

    >>> plain("<p>Trade &amp; talks</p><p>grew <b>2</b> times; 3 < 4</p>")
    'Trade & talks\ngrew 2 times; 3 < 4'
    """
    if _TAG.search(text):
        text = _TAG.sub("", _BLOCK.sub("\n", _SILENT.sub(" ", text)))
    lines = (_SPACE.sub(" ", line).strip() for line in html.unescape(text).splitlines())
    return unicodedata.normalize("NFC", "\n".join(line for line in lines if line))


def day(told: str | None) -> date | None:
    """The day of an ISO date with or without a time, None for any other text.

    >>> day("2025-08-22T10:00:00+05:00"), day("yesterday")
    (datetime.date(2025, 8, 22), None)
    """
    found = _DAY.match(told.strip()) if told else None
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None


def _first(told: Mapping[str, object], name: str | None, usual: tuple[str, ...]) -> str | None:
    """The first field that is told as text or a number."""
    values = (told.get(each) for each in ((name,) if name else usual))
    return next((str(value) for value in values if isinstance(value, str | int | float) and str(value).strip()), None)
