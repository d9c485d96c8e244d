"""Part of a build that needs no store: sources to a shard of N-Quads, anywhere, on any engine.

``parts`` cuts sources into pieces of work, ``shard`` does one of them. Both are plain functions of values that pickle,
so that whatever runs functions on many machines can run them: processes, Dask, Spark, Ray.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import partial
from math import inf
from typing import TypeAlias
from uuid import uuid4

from kg.article import EntityId
from kg.build.pool import Lost, ordered
from kg.build.work import Outcome, Rejected, version, work
from kg.errors import SourceError
from kg.read import Options, holds_one, items, sources
from kg.read.item import needed
from kg.read.open_ import is_address
from kg.store.shards import packed
from kg.store.writer import Graph

SIZE = 500
"""Articles in a shard, and files that hold one article in a part."""

Part: TypeAlias = tuple[str, ...]
"""The sources of one piece of work."""


@dataclass(frozen=True, kw_only=True)
class Shards:
    """What became of a part: the files that were written, and what a build would report of its sources."""

    files: tuple[str, ...] = ()
    articles: int = 0
    facts: Mapping[str, int] = field(default_factory=dict)
    rejected: tuple[Rejected, ...] = ()
    warnings: tuple[str, ...] = ()
    state: str = ""
    """A digest of what the part was made from: rules, options, and the sources as they were."""


Engine: TypeAlias = Callable[[Callable[[Part], Shards], list[Part]], Iterator[Shards | Lost[Part]]]
"""What runs a function on each part, here or elsewhere, in any order."""


def parts(paths: Iterable[str | os.PathLike[str]], size: int = SIZE) -> list[Part]:
    """The sources that paths stand for, in pieces of work: files of one article together, one with many alone."""
    found: list[Part] = []
    few: list[str] = []
    for source in sources(paths):
        if holds_one(source):
            few.append(source)
        else:
            found.append((source,))
    return [*found, *(tuple(few[at : at + size]) for at in range(0, len(few), size))]


def shard(part: Part, to: str, options: Options | None = None) -> Shards:
    """Write the articles of some sources as shards into a folder or address, and last a report beside them.

    Files have names that follow from the sources, and come whole. A part that is there already, from the same sources,
    options and rules, is left as it is; one that is made twice is the same. Raises SourceError if it cannot be written.
    """
    options = options or Options()
    place = _Place(to, f"shard-{_digest(part, options)}")
    state = _digest(version(), [_state(source) for source in part])
    before = place.report()
    if before is not None and before.state == state:
        return before
    made = _Making(place)
    for item in items(part, options):
        made.put(work(item))
    return place.finish(made.shards(state))


def on_processes(jobs: int) -> Engine:
    """The processes of this machine."""
    return lambda work, given: ordered(work, given, jobs=jobs, limit_s=inf)


def build_shards(given: list[Part], to: str, *, engine: Engine, options: Options | None = None) -> Iterator[Shards]:
    """What became of each part, as an engine is done with it. Raises SourceError if there is no such place."""
    _Place(to, "")
    for done in engine(partial(_tried, to=to, options=options), given):
        yield _rejected(done.item, done.reason) if isinstance(done, Lost) else done


def _tried(part: Part, to: str, options: Options | None) -> Shards:
    """A part, or that it could not be written: the others go on, and the same command does it again."""
    try:
        return shard(part, to, options)
    except SourceError as error:
        return _rejected(part, str(error))


def _rejected(part: Part, reason: str) -> Shards:
    return Shards(rejected=tuple(Rejected(source=source, reason=reason) for source in part))


class _Making:
    """A part in the making: what is waiting to be written, and what a report will say."""

    def __init__(self, place: _Place) -> None:
        self._place = place
        self._graphs: dict[EntityId, Graph] = {}
        self._files: list[str] = []
        self._facts: Counter[str] = Counter()
        self._articles = 0
        self._rejected: list[Rejected] = []
        self._warnings: list[str] = []

    def put(self, result: Outcome | Rejected) -> None:
        if isinstance(result, Rejected):
            self._rejected.append(result)
            return
        if len(self._graphs) == SIZE or result.graph.article in self._graphs:
            self._write()
        self._graphs[result.graph.article] = result.graph
        self._articles += 1
        self._facts.update(result.built.facts)
        self._warnings += result.warnings

    def shards(self, state: str) -> Shards:
        """All of it, with what was waiting written."""
        if self._graphs:
            self._write()
        return Shards(
            files=tuple(self._files),
            articles=self._articles,
            facts=dict(self._facts),
            rejected=tuple(self._rejected),
            warnings=tuple(self._warnings),
            state=state,
        )

    def _write(self) -> None:
        self._files.append(self._place.write(f"-{len(self._files):04}.nq.gz", packed(self._graphs.values())))
        self._graphs.clear()


class _Place:
    """Where a part is written: files of one name in a folder or at an address."""

    def __init__(self, to: str, name: str) -> None:
        fsspec = needed("fsspec", to, "cluster")
        try:
            self._files, self._folder = fsspec.core.url_to_fs(to)
            self._files.makedirs(self._folder, exist_ok=True)
        except (OSError, ValueError, ImportError) as error:
            raise _unwritable(to, error) from None
        self._to, self._name = to, name

    def report(self) -> Shards | None:
        """The report that is there; None if there is none, or another version's."""
        try:
            told = json.loads(self._files.cat_file(self._path(".json")))
            return Shards(**{
                **told,
                "files": tuple(told["files"]),
                "warnings": tuple(told["warnings"]),
                "rejected": tuple(Rejected(**each) for each in told["rejected"]),
            })
        except (FileNotFoundError, ValueError, TypeError, KeyError):
            return None

    def finish(self, made: Shards) -> Shards:
        """Write the report, which tells that the part is complete."""
        self.write(".json", json.dumps(asdict(made), ensure_ascii=False, indent=1).encode())
        return made

    def write(self, ending: str, content: bytes) -> str:
        """Write a file, whole or not at all, and return its address. Raises SourceError."""
        path = self._path(ending)
        part = f"{path}.{uuid4().hex}.part"  # two workers may do the same part, if one was thought dead
        try:
            self._files.pipe_file(part, content)
            self._files.mv(part, path)
        except OSError as error:
            raise _unwritable(path, error) from None
        return str(self._files.unstrip_protocol(path)) if is_address(self._to) else path

    def _path(self, ending: str) -> str:
        return f"{self._folder}/{self._name}{ending}"


def _state(source: str) -> str:
    """What a source is now; empty for one that is not there, which its reader will tell."""
    try:
        files, path = needed("fsspec", source, "cluster").core.url_to_fs(source)
        return str(files.ukey(path))
    except (OSError, ValueError, ImportError):
        return ""


def _digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _unwritable(place: str, error: Exception) -> SourceError:
    return SourceError(place, f"cannot be written ({(getattr(error, 'strerror', None) or str(error)).lower()})")
