"""The workers: who is idle, who waits, who took too long. The server's side of ``worker``."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import socket
from collections import deque
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Self

from kg.errors import RequestError
from kg.serve.limits import Limits
from kg.serve.wire import Mark, Message, receive
from kg.serve.worker import work

START_S, AGAIN_S = 60.0, 1.0
"""A worker that is not ready after so long will not be: opening a snapshot takes 0.05 s. When to try another."""

_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
CONTEXT = multiprocessing.get_context(_METHOD)
"""Workers are forked from a process of one thread that has everything loaded: 0.1 s for the first query, not 0.6."""
CONTEXT.set_forkserver_preload(["__main__", "kg.serve.worker", "kg.serve.publisher"])

PROCESS: Callable[..., BaseProcess] = CONTEXT.Process  # type: ignore[attr-defined] # of each way to start a process
_FALLEN = (asyncio.IncompleteReadError, ConnectionError)


@dataclass(frozen=True)
class Answer:
    """An answer: its head, and its body as it comes."""

    status: int
    media: str
    headers: Mapping[str, str]
    body: bytes
    rest: AsyncIterator[bytes] | None = None


class _Worker:
    """One process with its connection."""

    def __init__(self, process: BaseProcess, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.process, self.reader, self.writer = process, reader, writer

    @classmethod
    async def start(cls, folder: Path, limits: Limits) -> Self:
        """A new worker, ready. Raises RequestError if it cannot open the snapshot."""
        ours, theirs = socket.socketpair()
        process = PROCESS(target=work, args=(theirs, str(folder), limits), daemon=True)
        with contextlib.ExitStack() as undo, theirs:
            undo.callback(ours.close)
            await asyncio.to_thread(process.start)
            worker = cls(process, *await asyncio.open_connection(sock=ours))
            undo.pop_all()
        try:
            async with asyncio.timeout(START_S):
                await receive(worker.reader)
        except (*_FALLEN, TimeoutError):
            worker.end()
            raise RequestError("server", "could not start a worker; its own log says why", 503) from None
        except asyncio.CancelledError:
            worker.end()
            raise
        return worker

    def end(self) -> None:
        """End it at once, whatever it does."""
        self.writer.close()
        self.process.kill()


class Pool:
    """So many workers on one snapshot; a request waits for the next idle one.

    One more is ready and takes the place of one that is ended, so that the next request need not wait for a start.
    """

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder, self.limits = folder, limits
        self._idle: deque[_Worker] = deque()
        self._busy: set[_Worker] = set()
        self._spare: deque[_Worker] = deque()
        self._waiting: deque[asyncio.Future[_Worker]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False
        self._calm = asyncio.Event()

    async def start(self) -> None:
        """Start all workers. Raises RequestError if one cannot be started."""
        starting = (_Worker.start(self.folder, self.limits) for _ in range(self.limits.workers + 1))
        for worker in await asyncio.gather(*starting):
            self._enlist(worker)

    async def close(self, grace_s: float = 0.0) -> None:
        """End the workers; those that still answer have so many seconds."""
        self._closed = True
        if self._busy and grace_s:
            self._calm = asyncio.Event()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(grace_s):
                    await self._calm.wait()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for worker in [*self._idle, *self._busy, *self._spare]:
            worker.end()
        await asyncio.sleep(0)  # the connections close in the next turn of the loop

    async def ask(self, kind: str, args: Mapping[str, Any]) -> Answer:
        """The answer of a worker to a request.

        Raises RequestError (503) if too many wait, if it takes too long, or if the worker falls before the first byte.
        The time is for the whole answer: one that is still on its way then breaks off.
        """
        deadline = asyncio.get_running_loop().time() + (self.limits.time_s or 1e9)
        worker = await self._take(deadline)
        try:
            worker.writer.write(Message({"kind": kind, "args": args}).packed())
            async with asyncio.timeout_at(deadline):
                first = await receive(worker.reader)
        except TimeoutError:
            self._replace(worker)
            raise RequestError("request", f"took more than {self.limits.time_s:g} seconds", 503) from None
        except _FALLEN:
            self._replace(worker)
            reason = "ended the process that answered it; it is too deep or too large"
            raise RequestError("request", reason, 503) from None
        except asyncio.CancelledError:
            self._replace(worker)
            raise
        head = first.head
        if first.mark is Mark.MORE:
            rest = self._rest(worker, deadline)
            return Answer(head["status"], head["media"], head["headers"], first.body, rest)
        self._release(worker)
        return Answer(head["status"], head["media"], head["headers"], first.body)

    async def _rest(self, worker: _Worker, deadline: float) -> AsyncIterator[bytes]:
        """The parts of a long answer after the first. Raises ConnectionError where it breaks off."""
        part = Message(mark=Mark.MORE)
        try:
            while part.mark is Mark.MORE:
                async with asyncio.timeout_at(deadline):
                    part = await receive(worker.reader)
                if part.mark is Mark.BROKEN:
                    raise ConnectionAbortedError("the answer broke off")
                yield part.body
        except (*_FALLEN, TimeoutError):
            raise ConnectionAbortedError("the answer broke off") from None
        finally:
            if part.mark is Mark.MORE:
                self._replace(worker)
            else:
                self._release(worker)

    async def _take(self, deadline: float) -> _Worker:
        """An idle worker, now or as soon as there is one."""
        if self._idle:
            worker = self._idle.pop()
        else:
            if self.limits.queue and len(self._waiting) >= self.limits.queue:
                raise RequestError("server", "has too many requests at once", 503)
            place: asyncio.Future[_Worker] = asyncio.get_running_loop().create_future()
            self._waiting.append(place)
            try:
                async with asyncio.timeout_at(deadline):
                    worker = await place
            except (TimeoutError, asyncio.CancelledError) as error:
                if place.done() and not place.cancelled():  # it came in the same moment
                    self._release(place.result())
                if isinstance(error, TimeoutError):
                    raise RequestError("server", "had no time for the request; too many take long", 503) from None
                raise
        self._busy.add(worker)
        return worker

    def _release(self, worker: _Worker) -> None:
        """Give a worker to who waits longest, or let it be idle."""
        self._busy.discard(worker)
        while self._waiting:
            place = self._waiting.popleft()
            if not place.done():
                self._busy.add(worker)
                place.set_result(worker)
                return
        if not self._closed:
            self._idle.append(worker)
            return
        worker.end()
        if not self._busy:
            self._calm.set()

    def _replace(self, worker: _Worker) -> None:
        """End a worker, let the spare one take its place, and start another spare one."""
        self._busy.discard(worker)
        worker.end()
        if self._spare:
            self._release(self._spare.popleft())
        if not self._closed or self._waiting:
            task = asyncio.get_running_loop().create_task(self._add())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _add(self) -> None:
        """Start a worker, and try again where the machine has no room for one now."""
        while True:
            try:
                worker = await _Worker.start(self.folder, self.limits)
            except (RequestError, OSError):
                await asyncio.sleep(AGAIN_S)
            else:
                return self._enlist(worker)

    def _enlist(self, worker: _Worker) -> None:
        """Let a new worker answer, or be the spare one where there are enough."""
        if len(self._idle) + len(self._busy) < self.limits.workers or self._closed:
            self._release(worker)
        else:
            self._spare.append(worker)
