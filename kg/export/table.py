"""One table of all facts, for spreadsheets and data frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.store import Store


def csv(store: Store) -> bytes:
    """The rows of the query ``facts`` as CSV in UTF-8, with a mark at the start by which spreadsheets know it."""
    return b"\xef\xbb\xbf" + store.query("facts").serialize("csv").encode()
