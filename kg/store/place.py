"""Where a store is: a folder, with the reasons why one cannot be opened, or the address of a server."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph

from kg.errors import StoreError


def address(path: object) -> str | None:
    """The address of a server, also from a path, which has lost one of the slashes.

    >>> address("http://localhost:7878"), address(Path("https://example.org/graph")), address("kg-store")
    ('http://localhost:7878', 'https://example.org/graph', None)
    """
    found = re.fullmatch(r"(https?):/+(.+)", str(path))
    return f"{found[1]}://{found[2]}" if found else None


def shown(path: object) -> str:
    """A folder or an address as it may be printed: without the name and the password in it.

    >>> shown("http://dba:secret@localhost:8890/sparql-auth"), shown(Path("kg-store"))
    ('http://localhost:8890/sparql-auth', 'kg-store')
    """
    server = address(path)
    return str(path) if server is None else re.sub("//[^/]*@", "//", server)


def opened(path: Path, *, create: bool) -> pyoxigraph.Store:
    """The store of a folder. Raises StoreError with the reason in words."""
    try:
        reason = _unfit(path, create=create)
        if reason is None:
            return pyoxigraph.Store(str(path))
    except OSError as error:
        locked = "lock" in str(error).lower()
        reason = "is in use by another process" if locked else f"cannot be opened: {error.strerror or error}"
    raise StoreError(path, reason)


def _unfit(path: Path, *, create: bool) -> str | None:
    """Why a folder cannot be opened as a store, or None; the library would fill any folder with its files."""
    if path.exists() and not path.is_dir():
        return "is a file, not the folder of a store"
    if (path / "CURRENT").exists():  # the file that every RocksDB folder has
        return None
    if path.is_dir() and any(path.iterdir()):
        return "is a folder with other files, not a store"
    return None if create else "there is no store here; build one first with: kg build SOURCE..."
