"""A snapshot: the store as it was at one moment, and an index of it, in one folder that never changes."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import pyoxigraph

from kg.errors import StoreError
from kg.serve.index import build
from kg.store import Store


@dataclass(frozen=True)
class Snapshot:
    """A snapshot that is open for reading; ``meta`` has its version, and how much it holds."""

    folder: Path
    store: pyoxigraph.Store
    index: sqlite3.Connection

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the snapshot of a folder. Raises StoreError."""
        try:
            store = pyoxigraph.Store.read_only(str(folder / "store"))
            index = sqlite3.connect(f"{(folder / 'index.sqlite').absolute().as_uri()}?immutable=1", uri=True)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(folder, f"cannot be opened as a snapshot: {error}") from None
        index.row_factory = sqlite3.Row
        return cls(folder, store, index)

    @cached_property
    def meta(self) -> dict[str, str]:
        """What is known of the whole."""
        return dict(self.index.execute("SELECT key, value FROM meta").fetchall())


def publish(store: Path, folder: Path) -> None:
    """Make a snapshot of a store in a new folder. The store is held only for the moment that its files are linked.

    Raises StoreError if it is in use by another process, or no store, or the disk refuses.
    """
    folder.mkdir(parents=True)
    _copy(store, folder / "store")
    build(pyoxigraph.Store.read_only(str(folder / "store")), folder / "index.sqlite", folder.name)


def _copy(store: Path, folder: Path) -> None:
    with Store.open(store, create=False) as source:
        source.flush()
        try:
            source.inner.backup(str(folder))
        except OSError as error:
            raise StoreError(store, f"cannot be copied: {error}") from None
