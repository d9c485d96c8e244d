"""Several processes give what one gives; an article that kills or holds up its process costs that article alone."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.build import Settings, pool
from kg.build.pool import Lost, Ready, ordered
from kg.paths import SEEDS
from kg.store import Store


def worked(order: str) -> str:
    """What a worker does, as it is told."""
    match order.split():
        case ["die"]:
            os._exit(7)
        case ["hang"]:
            time.sleep(600)
        case ["wait", seconds]:
            time.sleep(float(seconds))
        case ["fail"]:
            raise ValueError(order)
    return order.upper()


def test_results_come_in_the_order_of_the_items() -> None:
    items = ["wait 0.3", "a", "wait 0.1", *"bcdefghij"]
    assert list(ordered(worked, items, jobs=3)) == [item.upper() for item in items]


def test_what_is_ready_keeps_its_place() -> None:
    assert list(ordered(worked, ["a", Ready("b"), "c", Ready("d")], jobs=2)) == ["A", "b", "C", "d"]
    assert list(ordered(worked, ["a", Ready("b")], jobs=1)) == ["A", "b"]
    assert list(ordered(worked, [Ready("b")], jobs=2)) == ["b"]


def test_no_process_is_started_for_what_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[ordered.__module__], "_Worker", lambda _: pytest.fail("a process was started"))
    assert list(ordered(worked, [Ready("a"), Ready("b")], jobs=2)) == ["a", "b"]
    assert list(ordered(worked, [], jobs=2)) == []


def test_a_dead_worker_costs_one_item() -> None:
    results = list(ordered(worked, ["a", "die", "b", "die", *"cdef"], jobs=2))
    assert results == ["A", Lost("die", DIED), "B", Lost("die", DIED), *"CDEF"]


def test_a_bug_costs_one_item() -> None:
    results = list(ordered(worked, ["a", "fail", "b"], jobs=2))
    assert results == ["A", Lost("fail", "the process that read it died (exit code 1)"), "B"]


def test_a_worker_that_takes_too_long_costs_one_item() -> None:
    start = time.monotonic()
    results = list(ordered(worked, ["a", "hang", *"bcd"], jobs=2, limit_s=0.5))
    assert results == ["A", Lost("hang", "took longer than 0.5 s to read"), *"BCD"]
    assert time.monotonic() - start < 20


def test_more_items_than_may_wait_behind_a_slow_one() -> None:
    items = ["wait 1", *(f"item {n}" for n in range(700))]
    assert list(ordered(worked, items, jobs=2)) == [item.upper() for item in items]


def test_an_error_of_the_source_is_raised_to_the_caller() -> None:
    def broken() -> Iterator[str]:
        yield "a"
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        list(ordered(worked, broken(), jobs=2))


def test_a_caller_may_stop_early() -> None:
    results = ordered(worked, (str(n) for n in range(100_000)), jobs=2)
    assert next(results) == "0"
    results.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("jobs", [2, 3])
def test_processes_do_not_change_a_byte(jobs: int) -> None:
    dumps = []
    reports = []
    for number in (1, jobs):
        store = Store(seeds=[])
        reports.append(kg.build([SEEDS / "articles"], store, settings=Settings(jobs=number, compare=True)))
        dumps.append(store.dump())
    assert dumps[0] == dumps[1]
    assert reports[0] == reports[1]
    assert len(reports[0].built) > 60


def test_no_process_starts_where_there_is_no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_Worker", None)
    assert list(ordered(worked, [Ready("a"), Ready("b")], jobs=2)) == ["a", "b"]


def test_rejections_come_from_workers_too(tmp_path: Path, sample: Path) -> None:
    (tmp_path / "a.txt").write_bytes(sample.read_bytes())
    (tmp_path / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    report = kg.build([tmp_path], Store(seeds=[]), settings=Settings(jobs=2))
    assert [built.source for built in report.built] == [(tmp_path / "a.txt").as_posix()]
    assert report.rejected[0].reason == "the file is not text, or in an encoding that cannot be told"


DIED = "the process that read it died (exit code 7)"
