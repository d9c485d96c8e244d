"""A build killed at any moment leaves whole articles only, and the same command completes it to the same bytes."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from builds import fresh, twins

import kg
from kg.build import Settings
from kg.errors import StoreError
from kg.store import Store

KILLS_QUICK, KILLS = 3, 50
"""In the quick suite, and in the slow one."""

COPY_OF = b"#copyOf>"
BUILD = """
import sys
import kg
from kg.build import Settings
from kg.store import Store
from kg.store import writer
if __name__ == "__main__":
    writer.BATCH_BYTES = 400_000  # many batches, so that kills fall between and into them
    jobs, folder, store = int(sys.argv[1]), sys.argv[2], Store(sys.argv[3], seeds=[])
    kg.build([folder], store, settings=Settings(jobs=jobs, prune=True), progress=lambda *_: print(flush=True))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles of six languages, each twice with a difference."""
    return twins(tmp_path_factory.mktemp("articles"))


@pytest.fixture(scope="module")
def undisturbed(folder: Path) -> bytes:
    """What a build leaves that nobody disturbs."""
    return fresh(folder)


def start(folder: Path, store: Path, jobs: int = 1, program: Path | None = None) -> subprocess.Popen[str]:
    file = program or store.with_name("build.py")
    file.write_text(BUILD, encoding="utf-8")
    words = [sys.executable, str(file), str(jobs), str(folder), str(store)]
    environment = {**os.environ, "PYTHONPATH": str(Path(kg.__file__).parent.parent)}
    return subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, start_new_session=True
    )


def check_whole(store: Store, undisturbed: bytes) -> int:
    """Hold that a store has whole articles of the undisturbed build only; how many it has.

    Which article is whose copy depends on those that are there, and is held at the end.
    """
    lines = [line for line in store.dump().splitlines() if COPY_OF not in line]
    all_lines = [line for line in undisturbed.splitlines() if COPY_OF not in line]
    assert set(lines) <= set(all_lines)
    graphs = {line.rsplit(b" ", 2)[1] for line in lines if line.rsplit(b" ", 2)[1].startswith(b"<https")}
    articles = {f"<{name}>".encode() for name in store.articles()}
    whole = [line for line in all_lines if line.rsplit(b" ", 2)[1] in articles]
    assert set(whole) <= set(lines)
    assert articles <= graphs
    return len(articles)


def kill_and_complete(folder: Path, place: Path, undisturbed: bytes, kills: int) -> None:
    """Kill builds into one store at random moments; then complete it; and begin with a new store."""
    choose, killed, found, round_ = random.Random(1), 0, set(), 0
    while killed < kills:
        store = place / f"kg{round_}"
        for _ in range(5):
            process = start(folder, store, jobs=choose.choice([1, 1, 2]))
            assert process.stdout is not None
            for _ in range(choose.randint(1, 70)):
                process.stdout.readline()
            time.sleep(choose.random() * 0.2)
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            killed += process.returncode == -signal.SIGKILL
            if store.exists():
                opened = Store(store, seeds=[])
                found.add(check_whole(opened, undisturbed))
                del opened
            if killed >= kills:
                break
        opened = Store(store, seeds=[])
        kg.build([folder], opened)
        assert opened.dump() == undisturbed
        del opened
        round_ += 1
    assert len(found) > 1, "the kills all fell into the same moment"


def test_a_killed_build_is_whole_and_can_be_completed(folder: Path, tmp_path: Path, undisturbed: bytes) -> None:
    kill_and_complete(folder, tmp_path, undisturbed, KILLS_QUICK)


@pytest.mark.slow
def test_fifty_killed_builds_are_whole_and_can_be_completed(folder: Path, tmp_path: Path, undisturbed: bytes) -> None:
    kill_and_complete(folder, tmp_path, undisturbed, KILLS)


def test_no_worker_outlives_a_killed_build(folder: Path, tmp_path: Path) -> None:
    process = start(folder, tmp_path / "kg", jobs=2)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(1)
    process.kill()
    process.communicate()  # returns when the last process that holds the other ends of the pipes is gone


def test_a_full_disk_is_one_sentence_and_harms_nothing(folder: Path, tmp_path: Path, undisturbed: bytes) -> None:
    """A limit on the size of files stands for a full disk: writing fails in the same way, at the same place."""
    store = Store(tmp_path / "kg", seeds=[])
    some = sorted(folder.glob("1*.txt"))
    kg.build(some, store)
    before = store.dump()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal_before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(StoreError, match="cannot be written"):
            kg.build([folder], store, settings=Settings(jobs=1))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, signal_before)
    del store
    again = Store(tmp_path / "kg", seeds=[])
    assert again.dump() == before
    kg.build([folder], again)
    assert again.dump() == undisturbed
