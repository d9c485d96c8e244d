"""Readers see whole snapshots only: a published one never changes, and the pointer moves in one step."""

from __future__ import annotations

import threading
from pathlib import Path

import pyoxigraph
import pytest
import sample

from kg.cli import main
from kg.errors import StoreError
from kg.rdf import quads
from kg.store import Store
from kg.store.snapshots import current, publish, rollback


@pytest.fixture
def store(tmp_path: Path) -> Store:
    found = Store(tmp_path / "kg", seeds=[])
    found.replace(quads(sample.seed()))
    return found


def articles(folder: Path) -> int:
    return len(Store(folder / "current", seeds=[], create=False).articles())


def test_a_snapshot_stays_as_it_was_when_the_store_goes_on(store: Store, tmp_path: Path) -> None:
    first = publish(store, tmp_path / "out")
    store.replace(quads(sample.other()))
    assert articles(tmp_path / "out") == 1
    second = publish(store, tmp_path / "out")
    assert (first.name, second.name) == ("0001", "0002")
    assert articles(tmp_path / "out") == 2
    assert len(pyoxigraph.Store.read_only(str(first))) < len(pyoxigraph.Store.read_only(str(second)))


def test_a_snapshot_shares_its_files_with_the_store(store: Store, tmp_path: Path) -> None:
    files = [file for file in publish(store, tmp_path / "out").iterdir() if file.suffix == ".sst"]
    assert files
    assert all(file.stat().st_nlink > 1 for file in files)


def test_rollback_points_to_the_one_before(store: Store, tmp_path: Path) -> None:
    publish(store, tmp_path / "out")
    store.replace(quads(sample.other()))
    publish(store, tmp_path / "out")
    assert rollback(tmp_path / "out").name == "0001"
    assert articles(tmp_path / "out") == 1
    with pytest.raises(StoreError, match="there is no snapshot before 0001"):
        rollback(tmp_path / "out")
    assert publish(store, tmp_path / "out").name == "0003"


def test_old_snapshots_go_but_never_the_one_in_use(store: Store, tmp_path: Path) -> None:
    for _ in range(3):
        publish(store, tmp_path / "out")
    assert publish(store, tmp_path / "out", keep=2) == tmp_path / "out" / "0004"
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["0003", "0004", "current"]
    assert articles(tmp_path / "out") == 1


def test_what_a_killed_publication_left_is_cleared(store: Store, tmp_path: Path) -> None:
    (tmp_path / "out" / "0001.part").mkdir(parents=True)
    (tmp_path / "out" / ".current").symlink_to("nowhere")
    publish(store, tmp_path / "out")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["0001", "current"]


def test_readers_always_find_a_whole_snapshot(store: Store, tmp_path: Path) -> None:
    publish(store, tmp_path / "out")
    done = threading.Event()

    def publishing() -> None:
        for _ in range(8):
            publish(store, tmp_path / "out")
        done.set()

    thread = threading.Thread(target=publishing)
    thread.start()
    seen = 0
    while not done.is_set() or not seen:
        assert len(pyoxigraph.Store.read_only(str(current(tmp_path / "out")))) > 0
        seen += 1
    thread.join()


def test_only_a_folder_can_be_published_and_only_what_was_published_is_current(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="only a store in a folder"):
        publish(Store(seeds=[]), tmp_path)
    with pytest.raises(StoreError, match="nothing is published here"):
        current(tmp_path)


def test_the_commands(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--store", str(tmp_path / "kg")]
    assert main(["build", str(sample), *words]) == 0
    for _ in range(2):
        assert main(["publish", str(tmp_path / "out"), *words]) == 0
    assert main(["rollback", str(tmp_path / "out")]) == 0
    assert f"{tmp_path}/out/0001: in use again" in capsys.readouterr().out
    assert main(["query", "trade", "--store", str(tmp_path / "out" / "current")]) == 0
    assert main(["rollback", str(tmp_path / "out")]) == 1
    assert "there is no snapshot before 0001" in capsys.readouterr().err
