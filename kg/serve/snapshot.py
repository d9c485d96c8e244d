"""A snapshot: the store as it was at one moment, and an index of it, in one folder that never changes."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.errors import StoreError
from kg.rdf import ONTOLOGY, iri
from kg.serve.index import build
from kg.serve.index.read import SKOS, short
from kg.store import Store
from kg.store.snapshots import CURRENT, current

_LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")


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
            index = _index(folder)
        except (OSError, sqlite3.Error) as error:
            raise StoreError(folder, f"cannot be opened as a snapshot: {error}") from None
        index.row_factory = sqlite3.Row
        return cls(folder, store, index)

    @cached_property
    def meta(self) -> dict[str, str]:
        """What is known of the whole."""
        return dict(self.index.execute("SELECT key, value FROM meta").fetchall())

    @cached_property
    def alphabets(self) -> list[dict[str, str]]:
        """Of each language, the Latin letters for its own."""
        return list(json.loads(self.meta["alphabets"]).values())

    @cached_property
    def languages(self) -> list[str]:
        """The languages that there are names in."""
        return sorted(json.loads(self.meta["alphabets"]))

    @cached_property
    def terms(self) -> dict[str, dict[str, str]]:
        """The labels of the ontology in each language, by the end of the IRI."""
        found: dict[str, dict[str, str]] = {}
        for name in (_LABEL, NamedNode(SKOS + "prefLabel")):
            for quad in self.store.quads_for_pattern(None, name, None, DefaultGraph()):
                if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                    term = quad.subject.value
                    if term.startswith(ONTOLOGY):
                        labels = found.setdefault(term.removeprefix(ONTOLOGY), {})
                        labels[(quad.object.language or "").lower()] = quad.object.value
        return found

    @cached_property
    def definitions(self) -> dict[str, str]:
        """What the terms of the ontology mean, in English."""
        quads = self.store.quads_for_pattern(None, NamedNode(SKOS + "definition"), None, DefaultGraph())
        return {quad.subject.value.removeprefix(ONTOLOGY): quad.object.value for quad in quads
                if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
                and quad.subject.value.startswith(ONTOLOGY)}

    def links(self, id_: str) -> dict[str, str]:
        """What a thing or fact is tied to, one id or member of a list of each property of the ontology."""
        found: dict[str, str] = {}
        for quad in self.store.quads_for_pattern(iri(id_), None, None, DefaultGraph()):
            if isinstance(quad.object, NamedNode) and quad.predicate.value.startswith(ONTOLOGY):
                name, link = quad.predicate.value.removeprefix(ONTOLOGY), short(quad.object.value)
                found[name] = min(found.get(name, link), link)
        return found

    def texts(self, id_: str) -> dict[str, str]:
        """What is said of a thing or fact in plain text, one value of each property of the ontology."""
        found: dict[str, str] = {}
        for quad in self.store.quads_for_pattern(iri(id_), None, None, DefaultGraph()):
            if isinstance(quad.object, Literal) and quad.predicate.value.startswith(ONTOLOGY):
                name, text = quad.predicate.value.removeprefix(ONTOLOGY), quad.object.value
                found[name] = min(found.get(name, text), text)
        return found


def holds(folder: Path) -> dict[str, object]:
    """How much there is in a snapshot, without opening its store."""
    with closing(_index(folder)) as index:
        meta = dict(index.execute("SELECT key, value FROM meta").fetchall())
    return {"base": meta["base"], **{name: int(meta[name]) for name in ("articles", "facts", "triples", "quads")}}


def _index(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{(folder / 'index.sqlite').absolute().as_uri()}?immutable=1", uri=True)


State = tuple[int, ...]


def is_published(store: Path) -> bool:
    """Whether a folder is one that ``kg publish`` fills: what is served is then what it points to."""
    return (store / CURRENT).is_symlink()


def state(store: Path) -> State:
    """When the files of a store last changed, or which snapshot a published folder points to.

    Another value means that there may be something new.
    """
    with contextlib.suppress(FileNotFoundError):
        if is_published(store):
            return (int((store / CURRENT).readlink().name), (store / CURRENT).lstat().st_mtime_ns)
    times = []
    for file in sorted(store.glob("*")):
        with contextlib.suppress(FileNotFoundError):  # the database removes files of its own while we look
            times.append(file.stat().st_mtime_ns)
    return tuple(times)


def publish(store: Path, folder: Path) -> State:
    """Make a snapshot of a store, or of what a published folder points to, in a new folder; the state that is in it.

    A store is held only for the moment that its files are linked. Raises StoreError if it is in use by another
    process, or no store, or the disk refuses.
    """
    folder.mkdir(parents=True)
    if is_published(store):
        copied = state(store)  # before: if the pointer moves meanwhile, there is something new
        _link(current(store), folder / "store")
    else:
        _copy(store, folder / "store")
        copied = state(store)
    build(pyoxigraph.Store.read_only(str(folder / "store")), folder / "index.sqlite", folder.name)
    return copied


def _copy(store: Path, folder: Path) -> None:
    with Store.open(store, create=False) as source:
        source.flush()
        try:
            source.inner.backup(str(folder))
        except OSError as error:
            raise StoreError(store, f"cannot be copied: {error}") from None


def _link(store: Path, folder: Path) -> None:
    """A snapshot again, so that it stays when the first is deleted: its tables by links, its small files as copies."""
    folder.mkdir()
    try:
        for file in store.iterdir():
            if file.suffix == ".sst":
                _linked(file, folder / file.name)
            else:
                shutil.copyfile(file, folder / file.name)
    except OSError as error:
        raise StoreError(store, f"cannot be copied: {error.strerror or error}") from None


def _linked(file: Path, other: Path) -> None:
    try:
        os.link(file, other)
    except OSError:  # on another disk, or on one without links
        shutil.copyfile(file, other)
