"""An article as it came in, and what was read from it: the plain values that travel between the steps."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NewType

if TYPE_CHECKING:
    from kg.facts import Fact

EntityId = NewType("EntityId", str)
"""An entity without its base: ``state/KZ``, ``organization/SCO``, ``person/sadyr-japarov``, ``place/bishkek``."""


@dataclass(frozen=True, kw_only=True)
class Article:
    """One news article.

    ``text`` is the headline, a line break and the body, in Unicode NFC; every offset counts its code points.
    What the article does not tell is None. ``language``, ``publisher``, ``dateline`` and ``relayed_from`` are
    filled by the parser; ``input_digest`` (of the content as it came), ``made_with`` (the version of rules, packs and
    reference data) and ``fingerprint`` (see ``kg/store/copies.py``) by a build; the rest by the reader.
    """

    source: str
    headline: str
    text: str
    published: date | None = None
    url: str | None = None
    encoding: str = "utf-8"
    language: str | None = None
    publisher: EntityId | None = None
    dateline: EntityId | None = None
    relayed_from: EntityId | None = None
    input_digest: str | None = None
    made_with: str | None = None
    fingerprint: tuple[str, ...] = ()

    @cached_property
    def content_hash(self) -> str:
        r"""SHA-256 of the publication date and the normalised text, as hex.

        >>> from datetime import date
        >>> a = Article(source="a.txt", headline="H", text="H\nB", published=date(2025, 8, 22))
        >>> b = Article(source="b.txt", headline="H", text="H\n B ", published=date(2025, 8, 22))
        >>> a.content_hash == b.content_hash
        True
        """
        text = " ".join(self.text.split())
        return hashlib.sha256(f"{self.published or ''}\n{text}".encode()).hexdigest()

    @property
    def id(self) -> EntityId:
        """``article/`` and the first 16 digits of the content hash: the same from any file, machine or process."""
        return EntityId(f"article/{self.content_hash[:16]}")


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A stretch of an article's text that names something; ``text[start:end]`` is exactly what is printed.

    kind is one of state, person, organization, place, office, money, date. ``id`` is the entity, where there is one;
    ``label`` its usual English name; ``value`` what a money, date or office mention means, as text.
    """

    start: int
    end: int
    kind: str
    id: EntityId | None = None
    label: str | None = None
    value: str | Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Extraction:
    """All that was read from one article. Facts are in the order of their classes, then of their evidence."""

    article: Article
    mentions: tuple[Mention, ...]
    facts: tuple[Fact, ...]
