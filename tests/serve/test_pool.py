"""The workers: one that falls is replaced at once, and a machine without room is asked again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.errors import RequestError
from kg.serve import pool
from kg.serve.limits import Limits
from kg.serve.pool import Pool

ASK = {"query": "ASK {}", "accept": "*/*", "format": ""}
FALLS = ASK | {"query": "ASK { FILTER(" + "!" * 90_000 + "true) }"}
Starting = Callable[..., Coroutine[Any, Any, Any]]


@pytest.fixture
def alone(limits: Limits) -> Limits:
    """Limits of a server that answers one request at a time."""
    return replace(limits, workers=1, time_s=30)


def apart(run: Callable[[], Coroutine[Any, Any, int]]) -> int:
    """What a coroutine gives, run in a thread of its own: the browser's tests leave a loop running in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(run())).result()


async def answer_after(workers: Pool, falls: int) -> int:
    """The status of a plain request after some that end their process; then the workers are closed."""
    for _ in range(falls):
        with pytest.raises(RequestError, match="ended the process"):
            await workers.ask("sparql", FALLS)
    status = (await workers.ask("sparql", ASK)).status
    await workers.close()
    return status


def starting(monkeypatch: pytest.MonkeyPatch, start: Starting) -> None:
    """Let workers be started in another way."""
    monkeypatch.setattr(pool._Worker, "start", start)


def test_the_request_after_a_fall_does_not_wait_for_a_start(
    snapshot_folder: Path, alone: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*_: object) -> None:
        await asyncio.Event().wait()

    async def run() -> int:
        workers = Pool(snapshot_folder, alone)
        await workers.start()
        starting(monkeypatch, never)
        return await answer_after(workers, falls=1)

    assert apart(run) == 200


def test_a_start_that_fails_is_tried_again(
    snapshot_folder: Path, alone: Limits, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, tried = pool._Worker.start, []

    async def second(folder: Path, limits: Limits) -> object:
        tried.append(folder)
        if len(tried) == 1:
            raise RequestError("server", "could not start a worker", 503)
        return await start(folder, limits)

    async def run() -> int:
        workers = Pool(snapshot_folder, alone)
        await workers.start()
        starting(monkeypatch, second)
        monkeypatch.setattr(pool, "AGAIN_S", 0.01)
        return await answer_after(workers, falls=2)

    assert apart(run) == 200
    assert len(tried) >= 2
