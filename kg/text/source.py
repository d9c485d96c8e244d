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
_LONGEST_OPENING = 30  # tokens
_OPENING_ENDS = frozenset("-–—/)]:")
_DATELINE = re.compile(r"^\W*([^\W\d_][\w’‘'ʻ.\- ]{1,30}?)\s*(?:[.,(/:]|\s[-–—]|\s+\d)")


def dateline_end(article: Article, words: Sequence[Token], tags: ByKind) -> int:
    """The token where the opening "CITY, 5 March (Agency) -" of an article's body ends, 0 where there is none.

    It lasts to the last mark of its kind before the first word that no name and no date begins with.
    """
    body = len(article.headline) + 1
    start = next((i for i, token in enumerate(words) if token.start >= body), 0)
    dated = {at for kind in ("month", "weekday", "ordinal_suffix", "period") for at in tags.get(kind, ())}
    end = 0
    for i in range(start, min(start + _LONGEST_OPENING, len(words))):
        token = words[i]
        if token.text in _OPENING_ENDS and not _joins(words, i):
            end = i + 1
        elif token.text[0].islower() and i not in dated:
            break
        if "\n" in article.text[token.end : token.end + 1]:
            break
    return end


def _joins(words: Sequence[Token], i: int) -> bool:
    """Whether a mark stands between two words without a space: "17-18 August"."""
    return 0 < i < len(words) - 1 and words[i - 1].end == words[i].start and words[i].end == words[i + 1].start


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
