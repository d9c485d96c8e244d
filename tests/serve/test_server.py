"""``kg serve`` as people start it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

import kg
from kg.cli import main
from kg.paths import SEEDS
from kg.serve.page import routes
from kg.store.snapshots import publish, rollback


@contextmanager
def serving(store: Path, *options: str) -> Iterator[tuple[httpx.Client, subprocess.Popen[str]]]:
    command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0", "--workers", "1", *options]
    environment = os.environ | {"KG_TOKEN": "a-token-for-tests-only"}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=environment, **pipes) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        assert url.startswith("http://127.0.0.1:"), process.communicate()
        try:
            with httpx.Client(base_url=url, timeout=30) as client:
                yield client, process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(15)


@pytest.fixture
def store(store_folder: Path, tmp_path: Path) -> Path:
    """A store of its own."""
    return Path(shutil.copytree(store_folder, tmp_path / "store"))


def wait(client: httpx.Client, path: str) -> httpx.Response:
    """The answer of the server, which may not listen yet."""
    for _ in range(200):
        try:
            return client.get(path)
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("the server never answered")


@pytest.mark.slow
def test_it_answers_until_it_is_told_to_stop_and_leaves_nothing_behind(store: Path) -> None:
    with serving(store) as (client, process):
        status = wait(client, "/api/status").json()
        assert (status["writable"], status["limits"]["workers"]) == (False, 1)
        assert any(file.name.startswith(".store-serve-") for file in store.parent.iterdir())
        client.get("/sparql", params={"query": "ASK { ?secret ?p ?o }"})
    assert [file.name for file in store.parent.iterdir()] == ["store"]
    assert process.returncode in {0, -signal.SIGTERM}
    log = process.stderr.read() if process.stderr and not process.stderr.closed else ""
    assert "secret" not in log


@pytest.mark.slow
def test_what_is_built_meanwhile_is_served_within_seconds(store: Path) -> None:
    with serving(store) as (client, _):
        before = wait(client, "/api/status").json()["articles"]
        with kg.open(store) as opened:
            kg.build([str(SEEDS / "articles" / "ru")], opened)
        del opened
        deadline = time.monotonic() + 60
        while client.get("/api/status").json()["articles"] == before:
            assert time.monotonic() < deadline
            time.sleep(0.2)


def refusal(capsys: pytest.CaptureFixture[str], *options: str) -> str:
    assert main(["serve", *options]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    return lines[0]


def test_it_refuses_to_start_open_to_others_without_limits(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for options in (["--public"], ["--host", "0.0.0.0"], ["--host", "::"]):  # noqa: S104
        assert "time_s" in refusal(capsys, "--store", str(store), "--port", "0", *options, "--time", "0")
        assert "rows, memory_mb" in refusal(
            capsys, "--store", str(store), "--port", "0", *options, "--rows", "0", "--memory", "0")


def test_it_refuses_to_be_writable_without_a_good_token(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "KG_TOKEN" in refusal(capsys, "--store", str(store), "--writable")
    assert "KG_TOKEN" in refusal(capsys, "--store", str(store), "--writable", "--token", "short")


def test_a_port_that_is_taken_is_told(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert "cannot be listened on" in refusal(capsys, "--store", str(store), "--port", str(taken.getsockname()[1]))


def test_a_store_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "there is no store here" in refusal(capsys, "--store", str(tmp_path / "none"), "--port", "0")
    assert list(tmp_path.iterdir()) == []


def test_the_page_is_the_built_one_where_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<!doctype html>", encoding="utf-8")
    assert len(routes(tmp_path)) == 2
    assert len(routes(tmp_path / "none")) == 1


@pytest.mark.slow
def test_a_published_folder_is_followed_without_a_pause(store: Path, tmp_path: Path) -> None:
    folder, opened = tmp_path / "published", kg.open(store)
    publish(opened, folder)
    with serving(folder) as (client, _):
        before = wait(client, "/api/status").json()["articles"]
        kg.build([str(SEEDS / "articles" / "ru")], opened)
        publish(opened, folder, keep=1)
        counts = answers_until(client, lambda articles: articles > before)
        assert set(counts) == {before, counts[-1]}
        publish(opened, folder)
        rollback(folder)
        assert answers_until(client, lambda articles: articles == counts[-1])


def answers_until(client: httpx.Client, done: Callable[[int], bool]) -> list[int]:
    """The numbers of articles that the server has told, each answer being whole, until one is as it should be."""
    counts: list[int] = []
    deadline = time.monotonic() + 60
    while not counts or not done(counts[-1]):
        assert time.monotonic() < deadline
        counts.append(client.get("/api/status").json()["articles"])
        assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
        time.sleep(0.05)
    return counts


def test_what_was_published_cannot_be_written_to(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with kg.open(store) as opened:
        publish(opened, tmp_path / "published")
    for folder in (tmp_path / "published", tmp_path / "published" / "current"):
        said = refusal(capsys, "--store", str(folder), "--writable", "--token", "a-token-for-tests-only")
        assert "never changes" in said
