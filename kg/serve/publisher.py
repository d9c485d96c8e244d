"""New snapshots while the server runs, made in a child process: the server parses nothing of strangers."""

from __future__ import annotations

import asyncio
import secrets
import shutil
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from kg.errors import KgError, RequestError, StoreError
from kg.serve.pool import CONTEXT, PROCESS
from kg.serve.snapshot import State, publish, state
from kg.serve.write import CHANGES

Change = tuple[str, str, str]
"""What is to be changed before: the kind of change, a name and a text; see ``write``."""


class Publisher:
    """Makes the snapshots of a store, one at a time, each in a folder of its own below the root."""

    def __init__(self, store: Path, root: Path, time_s: float = 600.0) -> None:
        self.store, self.root, self.time_s = store, root, time_s
        self.seen: State = ()
        self._one = asyncio.Lock()

    @property
    def busy(self) -> bool:
        """Whether a snapshot is being made: the store then changes by our own doing."""
        return self._one.locked()

    def first(self, folder: Path) -> None:
        """Make the first snapshot. Raises KgError."""
        outcome = _outcome(self.store, folder, None, self.time_s)
        outcome.result(self.store, None)
        self.seen = outcome.seen

    async def publish(self, change: Change | None = None) -> tuple[Path, str]:
        """The folder of a new snapshot, and what the change says of itself. Raises KgError.

        ``seen`` is then the state of the store that needs no other snapshot.
        """
        async with self._one:
            folder = self.root / secrets.token_hex(6)
            try:
                outcome = await asyncio.to_thread(_outcome, self.store, folder, change, self.time_s)
                self.seen = outcome.seen or self.seen
                said = outcome.result(self.store, change)
            except KgError:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            return folder, said


class _Outcome(NamedTuple):
    """How the work of a child ended, and the state of the store that it left."""

    done: bool
    said: str
    status: int = 200
    seen: State = ()

    def result(self, store: Path, change: Change | None) -> str:
        """What was said. Raises KgError if it was not done."""
        if self.done:
            return self.said
        raise RequestError("change", self.said, self.status) if change else StoreError(store, self.said)


def _outcome(store: Path, folder: Path, change: Change | None, time_s: float) -> _Outcome:
    """Run a child, and end it if it takes too long."""
    ours, theirs = CONTEXT.Pipe(duplex=False)
    process = PROCESS(target=_child, args=(theirs, store, folder, change), daemon=True)
    process.start()
    theirs.close()
    try:
        if ours.poll(time_s):
            return _Outcome(*ours.recv())
        return _Outcome(False, f"took more than {time_s:g} seconds", 503)
    except EOFError:
        return _Outcome(False, "ended the process that worked on it; it is too deep or too large", 400)
    finally:
        process.kill()
        process.join()


def _child(answer: Connection, store: Path, folder: Path, change: Change | None) -> None:
    """Do the work and tell how it ended."""
    try:
        said = CHANGES[change[0]](store, change[1], change[2]) if change else ""
        seen = publish(store, folder)
    except StoreError as error:  # perhaps in use: there may be something new all the same
        answer.send((False, error.reason, 400))
    except KgError as error:
        answer.send((False, getattr(error, "reason", str(error)), getattr(error, "status", 400), state(store)))
    else:
        answer.send((True, said, 200, seen))
