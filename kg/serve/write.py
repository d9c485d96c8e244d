"""What ``--writable`` allows, done in a child process: an update, an article put in, an article taken out."""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from kg.build import build
from kg.errors import RequestError, SourceError
from kg.store import Store
from kg.store.guard import guard

_NAME = re.compile(r"[\w.-]{1,80}\.txt")


def update(store: Path, _: str, text: str) -> str:
    """Run a SPARQL update. Raises RequestError if it is malformed, QueryError if it reads from elsewhere."""
    guard("update", text, updates=True)
    with Store.open(store, create=False) as opened:
        try:
            opened.inner.update(text)
        except (SyntaxError, ValueError, OSError) as error:
            raise RequestError("update", f"is not done: {' '.join(str(error).split())}") from None
    return "done"


def put(store: Path, name: str, text: str) -> str:
    """Read an article into the graph. Raises RequestError for what is no name, SourceError for what is no article."""
    if not _NAME.fullmatch(name) or name.startswith("."):
        raise RequestError(name, "must be a file name that ends in .txt, of letters, digits, dots and dashes")
    store = store.absolute()
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder), Store.open(store, create=False) as opened:
        Path(name).write_text(text, encoding="utf-8")
        report = build([name], opened)  # from inside its folder, so that its source is its name
    for rejected in report.rejected:
        raise SourceError(name, rejected.reason)
    return str(report.built[0].article)


def take(store: Path, name: str, _: str) -> str:
    """Take an article out of the graph. Raises StoreError if it is not there."""
    with Store.open(store, create=False) as opened:
        lost = opened.remove(name)
    return "\n".join(lost)


CHANGES: Mapping[str, Callable[[Path, str, str], str]] = {"update": update, "put": put, "take": take}
