"""Where an article comes from: its publisher, the place in its dateline, and the agency or press office it credits."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg import seeds
from kg.article import Article, EntityId
from kg.normal import squeeze
from kg.text.lexicon import dateline_names
from kg.text.numbers import ByKind
from kg.text.tokens import Token

_HEAD = 160  # characters of the body in which the dateline and the signature of the agency stand
_DATELINE = re.compile(r"^\W*([^\W\d_][\w’‘'ʻ.\- ]{1,30}?)\s*(?:[.,(/:]|\s[-–—]|\s+\d)")


def publisher(article: Article, words: Sequence[Token], tags: ByKind) -> EntityId | None:
    """Who published: by the address, else the agency that signs in the beginning, else in the last line."""
    if article.url:
        host = re.sub(r"^\w+://(www\.)?", "", article.url).split("/")[0].lower()
        for domain, id_ in seeds.load().domains.items():
            if host == domain or host.endswith("." + domain):
                return id_
    body = len(article.headline) + 1
    named = sorted(tags.get("publisher", {}).values(), key=lambda tag: tag.i)
    for tag in named:
        if body <= words[tag.i].start < body + _HEAD:
            return EntityId(tag.value)
    if named and len(article.text) - words[named[-1].j - 1].end < 5:
        return EntityId(named[-1].value)
    return None


def relayed_from(tags: ByKind) -> EntityId | None:
    """The last agency or press office that is named beside a word such as "citing", other than the first that signs."""
    named = sorted(tags.get("publisher", {}).values(), key=lambda tag: tag.i)
    relays = tags.get("relay", {})
    first = named[0].value if named else None
    for tag in named:
        near = range(max(0, tag.i - 6), tag.j + 4)
        if tag.value != first and any(at in relays for at in near):
            return EntityId(tag.value)
    return None


def dateline(text: str) -> EntityId | None:
    r"""The place that the body begins with, in any script.

    >>> dateline("Headline\nBISHKEK. Agency - The presidents met.")
    'place/bishkek'
    """
    body = text.partition("\n")[2].lstrip()
    match = _DATELINE.match(body[:_HEAD])
    return EntityId(found) if match and (found := dateline_names().get(squeeze(match[1]))) else None
