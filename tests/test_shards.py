"""Shards made anywhere and loaded anywhere leave what one build leaves, to the byte."""

from __future__ import annotations

import errno
import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import fsspec
import pytest
from builds import fresh, loaded
from fsspec.implementations.local import LocalFileSystem

from kg.build import shard as shards
from kg.build.load import load
from kg.build.shard import Shards, build_shards, on_processes, parts
from kg.build.work import Outcome, Rejected, work
from kg.cli import main
from kg.errors import SourceError
from kg.paths import SEEDS
from kg.read import Item
from kg.store import Store

TEXT = """date 2025-03-0{day} Kazakhstan and Uzbekistan meet
TASHKENT. The presidents of Kazakhstan and Uzbekistan met in Tashkent."""
TRIPLE = b"<http://e.x/a> <http://e.x/b> <http://e.x/c>"
LONG = " ".join(f"Delegate {number} spoke of item {number * 7} on the list." for number in range(12))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles of six languages; one text in two files, one nearly the same on another day, one that cannot be read."""
    place = tmp_path_factory.mktemp("articles")
    for number, file in enumerate(sorted((SEEDS / "articles").rglob("*.txt"))[::12]):
        shutil.copy(file, place / f"{number:02}.txt")
    shutil.copy(place / "03.txt", place / "later-copy.txt")
    for day, name in ((2, "00-day-two.txt"), (1, "99-day-one.txt")):
        (place / name).write_text(f"{TEXT.format(day=day)}\n{LONG}\nThat was day {day}.", encoding="utf-8")
    (place / "empty.txt").write_text("", encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def built(folder: Path) -> bytes:
    """What one build leaves."""
    found = fresh(folder)
    assert b"#copyOf>" in found
    assert b"#alsoSource>" in found
    return found


def made(folder: Path, to: Path, size: int = 5) -> list[Shards]:
    return list(build_shards(parts([folder], size), str(to), engine=on_processes(1)))


def test_many_sources_are_a_part_each_and_files_come_together(tmp_path: Path) -> None:
    for name in ("a.txt", "b.warc", "c.html", "d.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    found = [[Path(source).name for source in part] for part in parts([tmp_path], size=2)]
    assert found == [["b.warc"], ["a.txt", "c.html"], ["d.txt"]]


@pytest.mark.parametrize("size", [1, 5, 500])
def test_shards_of_any_size_leave_what_one_build_leaves(folder: Path, built: bytes, tmp_path: Path, size: int) -> None:
    done = made(folder, tmp_path / "shards", size)
    assert sum(each.articles for each in done) == len(list(folder.iterdir())) - 1
    assert [rejected.source for each in done for rejected in each.rejected] == [f"{folder}/empty.txt"]
    assert loaded(tmp_path / "shards").dump() == built


def test_the_order_of_loading_leaves_no_trace(folder: Path, built: bytes, tmp_path: Path) -> None:
    files = sorted(file for each in made(folder, tmp_path, 2) for file in each.files)
    assert loaded(*files[::-1]).dump() == built
    assert loaded(*files[1::2], *files[::2]).dump() == built


def test_a_part_that_is_there_is_not_made_again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(folder, tmp_path / "in")
    done = made(tmp_path / "in", tmp_path / "out")
    before = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    asked: list[str] = []

    def counted(item: Item) -> Outcome | Rejected:
        asked.append(item.source)
        return work(item)

    monkeypatch.setattr(shards, "work", counted)
    assert made(tmp_path / "in", tmp_path / "out") == done
    assert asked == []
    (tmp_path / "in" / "00.txt").write_text("Another text", encoding="utf-8")
    made(tmp_path / "in", tmp_path / "out")
    after = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    assert len(asked) == 5
    assert before.keys() == after.keys()
    assert sum(before[name] != after[name] for name in before) == 2  # the shard and its report


def test_an_address_of_any_file_system_will_do(folder: Path, built: bytes) -> None:
    files = [file for each in made(folder, "memory://shards/of/mine") for file in each.files]  # type: ignore[arg-type]
    assert all(file.startswith("memory://") for file in files)
    assert loaded("memory://shards/of/mine/").dump() == built
    assert not any(file.endswith(".part") for file in fsspec.filesystem("memory").find("/shards"))


def test_what_is_loaded_twice_is_there_once(folder: Path, built: bytes, tmp_path: Path) -> None:
    done = made(folder, tmp_path)
    store = loaded(tmp_path)
    again = load([str(tmp_path)], store)
    assert (again.articles, again.unchanged) == (0, sum(each.articles for each in done))
    assert store.dump() == built


def test_an_export_can_be_loaded(built: bytes, tmp_path: Path) -> None:
    (tmp_path / "backup.nq").write_bytes(built)
    (tmp_path / "backup.nq.gz").write_bytes(gzip.compress(built))
    assert loaded(tmp_path / "backup.nq").dump() == built
    assert loaded(tmp_path / "backup.nq.gz").dump() == built
    assert loaded(tmp_path).dump() == built


def test_a_damaged_file_costs_itself_alone(folder: Path, tmp_path: Path) -> None:
    good, *_ = [Path(file) for each in made(folder, tmp_path / "shards") for file in each.files]
    content, lines = good.read_bytes(), gzip.decompress(good.read_bytes())
    bad = {
        "cut.nq.gz": (content[: len(content) // 2], "is cut off or damaged"),
        "text.nq": (b"Kazakhstan and Uzbekistan\n", "is not N-Quads"),
        "loose.nq": (lines.split(b"\n")[0] + b"\n" + TRIPLE + b" .\n", "belongs to no article"),
        "other.nq": (TRIPLE + b" <https://w3id.org/elchi/id/article/1> .\n", "names no source"),
        "gone.nq": (None, "there is no such file"),
        "empty": (None, "the folder holds no file ending in .nq.gz or .nq"),
    }
    (tmp_path / "empty").mkdir()
    for name, (text, _) in bad.items():
        if text is not None:
            (tmp_path / name).write_bytes(text)
    store = Store(seeds=[])
    done = load([*(str(tmp_path / name) for name in bad), str(good)], store)
    assert store.dump() == loaded(good).dump()
    for rejected, (name, (_, reason)) in zip(done.rejected, bad.items(), strict=True):
        assert rejected.source == str(tmp_path / name)
        assert reason in rejected.reason


def test_a_place_that_cannot_be_written_is_named(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SourceError, match="file/x: cannot be written"):
        made(folder, tmp_path / "file" / "x")


def test_a_part_that_cannot_be_written_is_rejected_and_the_others_are_done(
    folder: Path, built: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        refusals = iter([OSError(errno.ENOSPC, "No space left on device")])
        write = LocalFileSystem.pipe_file

        def full(self: LocalFileSystem, path: str, value: bytes) -> None:
            for error in refusals:
                raise error
            write(self, path, value)

        patched.setattr(LocalFileSystem, "pipe_file", full)
        refused, *others = made(folder, tmp_path)
    assert {rejected.source for rejected in refused.rejected} == set(parts([folder], 5)[0])
    assert all("cannot be written (no space left on device)" in rejected.reason for rejected in refused.rejected)
    assert all(each.files for each in others)
    made(folder, tmp_path)
    assert loaded(tmp_path).dump() == built


@pytest.mark.slow
def test_a_killed_command_is_completed_by_the_same(folder: Path, built: bytes, tmp_path: Path) -> None:
    more, out = tmp_path / "more", tmp_path / "out"
    more.mkdir()
    for number in range(60):  # a part each
        (more / f"{number}.jsonl").write_text(json.dumps({"title": "Talks", "text": f"Item {number}"}))
    words = [sys.executable, "-m", "kg", "build", str(folder), str(more), "--shards", str(out), "--jobs", "2"]
    with subprocess.Popen(words, start_new_session=True) as process:
        while len(list(out.glob("*.json"))) < 5 and process.poll() is None:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert len(list(out.glob("*.json"))) < 61
    assert subprocess.run(words, check=False, capture_output=True).returncode == 1  # the empty file
    assert loaded(out).dump() == fresh(folder, more) != built


def test_the_command_tells_what_was_made(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(folder), "--shards", str(tmp_path / "out"), "--jobs", "1"]) == 1
    told = capsys.readouterr()
    assert "rejected: " in told.err
    assert "articles in 2 files, 1 rejected" in told.out
    assert main(["load", str(tmp_path / "out"), str(tmp_path / "no.nq"), "--store", str(tmp_path / "kg")]) == 1
    told = capsys.readouterr()
    assert f"rejected: {tmp_path}/no.nq: there is no such file" in told.err
    assert "articles loaded, from 3 files" in told.out


@pytest.mark.parametrize(("words", "reason"), [
    (["--cluster", "dask://localhost:1"], "--cluster needs --shards"),
    (["--cluster", "localhost:1", "--shards", "x"], "is not an address such as dask://"),
    (["--shards", "x", "--prune"], "--shards writes none"),
])  # fmt: skip
def test_options_that_do_not_fit(words: list[str], reason: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "a.txt", *words]) == 2
    assert reason in " ".join(capsys.readouterr().err.split())
