"""Work on items in several processes, in order, with a limit of time for each.

Each worker has a pipe of its own and one item at a time. One that dies or takes too long costs the item that it has,
and another takes its place: nothing is shared that a dead process could leave locked, as the pools of the standard
library share their queues.
"""

from __future__ import annotations

import multiprocessing
import queue
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

@dataclass(frozen=True)
class Ready(Generic[R]):
    """A result that is there before any work."""

    value: R


@dataclass(frozen=True)
class Lost(Generic[T]):
    """An item of which nothing came, and why."""

    item: T
    reason: str


LIMIT_S = 30.0
"""An article takes milliseconds; one that takes a thousand times as long will not end."""

_AHEAD = 256  # results that may wait to be taken; some hundred kilobytes each
_METHOD = "spawn" if sys.platform == "win32" else "forkserver"


def ordered(
    work: Callable[[T], R], items: Iterable[T | Ready[R]], *, jobs: int, limit_s: float = LIMIT_S
) -> Iterator[R | Lost[T]]:
    """``work(item)`` for each item, in the order of the items, from ``jobs`` processes.

    An item that is ``Ready`` comes as its value, unworked. One whose worker died or took longer than the limit comes as
    ``Lost``; a bug in ``work`` kills its worker, which prints the traceback. With one job all is done in this process,
    without a limit. Items and results are pickled; items are drawn in a thread, and what that raises is raised here.
    """
    if jobs == 1:
        for item in items:
            yield item.value if isinstance(item, Ready) else work(item)
        return
    rest = iter(items)
    for item in rest:  # until there is work, no thread and no process is started
        if not isinstance(item, Ready):
            rest = chain([item], rest)
            break
        yield item.value
    else:
        return
    results: queue.Queue[Any] = queue.Queue(_AHEAD)
    pool = _Pool(work, rest, results, limit_s)
    with ThreadPoolExecutor(1) as executor:
        running = executor.submit(pool.run, jobs)
        try:
            while (result := results.get()) is not _END:
                yield result
        finally:
            pool.stopped = True
            while not running.done():  # it may be waiting for room
                with suppress(queue.Empty):
                    results.get(timeout=0.05)
        running.result()


_END = object()


class _Worker(Generic[T, R]):
    """A process with its pipe, the number of the item that it has, and since when."""

    def __init__(self, work: Callable[[T], R]) -> None:
        context: Any = multiprocessing.get_context(_METHOD)
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, work), daemon=True)
        self.process.start()
        theirs.close()
        self.number = -1
        self.item: Any = None
        self.since = 0.0
        self.ready = False

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class _Pool(Generic[T, R]):
    """The thread that gives out items and puts results in order."""

    def __init__(
        self, work: Callable[[T], R], items: Iterator[T | Ready[R]], results: queue.Queue[Any], limit_s: float
    ) -> None:
        self._work, self._items, self._results, self._limit_s = work, items, results, limit_s
        self._done: dict[int, Any] = {}
        self._next_in = self._next_out = 0
        self._exhausted = False
        self.stopped = False

    def run(self, jobs: int) -> None:
        """Until there are no more items, or the caller has had enough."""
        workers: list[_Worker[T, R]] = []
        try:
            workers += (_Worker(self._work) for _ in range(jobs))
            while not self.stopped:
                self._give(workers)
                busy = [worker for worker in workers if not worker.ready or worker.number >= 0]
                if self._exhausted and not any(worker.number >= 0 for worker in workers):
                    break
                self._take(busy, workers)
                self._hand_out()
        finally:
            for worker in workers:
                worker.end()
            self._results.put(_END)

    def _give(self, workers: list[_Worker[T, R]]) -> None:
        """An item for each idle worker, while not too many results wait behind a slow one."""
        for worker in workers:
            if not worker.ready or worker.number >= 0 or len(self._done) >= _AHEAD:
                continue
            item = self._draw()
            if item is _END:
                return
            worker.number, worker.item, worker.since = self._next_in, item, time.monotonic()
            self._next_in += 1
            with suppress(BrokenPipeError, ConnectionResetError):  # it died idle; taking its answer notices
                worker.pipe.send(item)

    def _draw(self) -> T | object:
        """The next item that is work, or the end; results that are there already take their places."""
        for item in self._items:
            if not isinstance(item, Ready):
                return item
            self._done[self._next_in] = item.value
            self._next_in += 1
            self._hand_out()
        self._exhausted = True
        return _END

    def _take(self, busy: list[_Worker[T, R]], workers: list[_Worker[T, R]]) -> None:
        """The results that are there; a worker that is gone or late is replaced."""
        answered = wait([worker.pipe for worker in busy], timeout=0.2)
        now = time.monotonic()
        for worker in busy:
            if worker.pipe in answered:
                try:
                    self._answer(worker, worker.pipe.recv())
                    continue
                except (EOFError, ConnectionResetError):
                    worker.process.join()
                    if not worker.ready:
                        raise RuntimeError(f"a worker could not start (exit code {worker.process.exitcode})") from None
                    reason = f"the process that read it died (exit code {worker.process.exitcode})"
            elif worker.number >= 0 and now - worker.since > self._limit_s:
                reason = f"took longer than {self._limit_s:g} s to read"
            else:
                continue
            self._done[worker.number] = Lost(worker.item, reason)
            worker.end()
            workers[workers.index(worker)] = _Worker(self._work)

    def _answer(self, worker: _Worker[T, R], answer: object) -> None:
        if not worker.ready:
            worker.ready = True
            return
        self._done[worker.number] = answer
        worker.number = -1

    def _hand_out(self) -> None:
        while self._next_out in self._done:
            self._results.put(self._done.pop(self._next_out))
            self._next_out += 1


def _serve(pipe: Connection, work: Callable[[T], R]) -> None:
    """The life of a worker: an item, its result, and so on until the other end is closed."""
    try:
        pipe.send(None)  # ready
        while True:
            pipe.send(work(pipe.recv()))
    except (EOFError, BrokenPipeError, ConnectionResetError, KeyboardInterrupt):
        return
