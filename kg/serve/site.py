"""A site: the snapshot that is served now, and how the next one takes its place without a pause."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.serve.limits import Limits
from kg.serve.pool import Answer, Pool
from kg.serve.publisher import Change, Publisher
from kg.serve.snapshot import holds, state

WATCH_S = 2.0
GRACE_S = 30.0
"""How long a request that runs on the old snapshot may still take."""

_LOG = logging.getLogger("kg.serve")


class Site:
    """The workers on the snapshot of now; ``publisher`` makes the next one, where there is a store to make it from."""

    def __init__(self, folder: Path, limits: Limits, publisher: Publisher | None = None) -> None:
        self.limits, self.publisher = limits, publisher
        self._pool = Pool(folder, limits)
        self.holds: Mapping[str, Any] = holds(folder)
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def version(self) -> str:
        """The name of the snapshot."""
        return self._pool.folder.name

    async def ask(self, kind: str, args: Mapping[str, Any]) -> Answer:
        """The answer of a worker; see ``Pool.ask``."""
        return await self._pool.ask(kind, args)

    async def start(self) -> None:
        """Start the workers, and look out for changes of the store."""
        await self._pool.start()
        if self.publisher:
            self._spawn(self._watch(self.publisher))

    async def close(self) -> None:
        """End everything."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._pool.close()

    async def change(self, change: Change | None = None) -> str:
        """Serve the next snapshot, after a change if one is given; what the change says. Raises KgError."""
        if self.publisher is None:
            raise RuntimeError("this site has no store")
        folder, said = await self.publisher.publish(change)
        following = Pool(folder, self.limits)
        await following.start()
        before, self._pool, self.holds = self._pool, following, holds(folder)
        self._spawn(_retire(before))
        return said

    def _spawn(self, work: Any) -> None:  # noqa: ANN401 - a coroutine
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _watch(self, publisher: Publisher) -> None:
        """Serve what another process has built, once it has been quiet for a moment."""
        publisher.seen = before = publisher.seen or await asyncio.to_thread(state, publisher.store)
        while True:
            await asyncio.sleep(WATCH_S)
            if publisher.busy:
                before = ()
                continue
            now = await asyncio.to_thread(state, publisher.store)
            if now == before != publisher.seen:
                try:
                    await self.change()
                except KgError as error:  # in use by whoever builds: it will be quiet again
                    _LOG.info("not served yet: %s", error)
            before = now


async def _retire(pool: Pool) -> None:
    """Let the requests on an old snapshot end, then remove it."""
    await pool.close(GRACE_S)
    with contextlib.suppress(OSError):
        await asyncio.to_thread(shutil.rmtree, pool.folder)
