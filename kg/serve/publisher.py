"""New snapshots while the server runs, made in a child process: the server parses nothing of strangers."""

from __future__ import annotations

import asyncio
import secrets
import shutil
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from kg.errors import KgError, RequestError, StoreError
from kg.serve.pool import CONTEXT, PROCESS
from kg.serve.snapshot import publish
from kg.serve.write import CHANGES

Change = tuple[str, str, str]
"""What is to be changed before: the kind of change, a name and a text; see ``write``."""


class Publisher:
    """Makes the snapshots of a store, one at a time, each in a folder of its own below the root."""

    def __init__(self, store: Path, root: Path, time_s: float = 600.0) -> None:
        self.store, self.root, self.time_s = store, root, time_s
        self._one = asyncio.Lock()

    async def publish(self, change: Change | None = None) -> tuple[Path, str]:
        """The folder of a new snapshot, and what the change says of itself. Raises KgError."""
        async with self._one:
            folder = self.root / secrets.token_hex(6)
            try:
                said = await asyncio.to_thread(run, self.store, folder, change, self.time_s)
            except KgError:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            return folder, said


def run(store: Path, folder: Path, change: Change | None, time_s: float) -> str:
    """Change a store and make a snapshot of it, in a child process. Raises KgError, also if the child falls."""
    ours, theirs = CONTEXT.Pipe(duplex=False)
    process = PROCESS(target=_child, args=(theirs, store, folder, change), daemon=True)
    process.start()
    theirs.close()
    try:
        done, said, status = ours.recv() if ours.poll(time_s) else (False, f"took more than {time_s:g} seconds", 503)
    except EOFError:
        done, said, status = False, "ended the process that worked on it; it is too deep or too large", 400
    finally:
        process.kill()
        process.join()
    if done:
        return str(said)
    raise RequestError("change", said, status) if change else StoreError(store, said)


def _child(answer: Connection, store: Path, folder: Path, change: Change | None) -> None:
    """Do the work and tell how it ended."""
    try:
        said = _changed(CHANGES[change[0]], store, change) if change else ""
        publish(store, folder)
    except KgError as error:
        answer.send((False, getattr(error, "reason", str(error)), getattr(error, "status", 400)))
    else:
        answer.send((True, said, 200))


def _changed(apply: Callable[[Path, str, str], str], store: Path, change: Change) -> str:
    return apply(store, change[1], change[2])


def state(store: Path) -> tuple[int, ...]:
    """When the files of a store last changed: another value means that there may be something new."""
    times = []
    for file in sorted(store.glob("*")):
        try:
            times.append(file.stat().st_mtime_ns)
        except FileNotFoundError:  # the database removes files of its own while we look
            continue
    return tuple(times)
