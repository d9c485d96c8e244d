"""Articles made from a text, for tests."""

from __future__ import annotations

from datetime import date

from kg.article import Article


def article(text: str, published: date | None = date(2025, 8, 22)) -> Article:
    """An article whose first line is the headline."""
    return Article(source="test.txt", headline=text.partition("\n")[0], text=text, published=published)
