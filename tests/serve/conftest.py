"""One server for all tests: a small store, a snapshot of it, and workers that may be ended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

import kg
from kg.paths import SEEDS
from kg.serve.app import Options, application
from kg.serve.limits import Limits
from kg.serve.site import Site
from kg.serve.snapshot import Snapshot, publish
from tests.serve.serving import TIME_S, Running

ARTICLES = ("kazinform-2025-08-22.txt", "en")


@pytest.fixture(scope="session")
def store_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the example articles in two languages."""
    folder = tmp_path_factory.mktemp("serve") / "store"
    with kg.open(folder) as store:
        kg.build([str(SEEDS / "articles" / name) for name in ARTICLES], store)
    return folder


@pytest.fixture(scope="session")
def snapshot_folder(store_folder: Path) -> Path:
    """A snapshot of that store."""
    folder = store_folder.parent / "snapshot"
    publish(store_folder, folder)
    return folder


@pytest.fixture(scope="session")
def snapshot(snapshot_folder: Path) -> Snapshot:
    """The same, open."""
    return Snapshot.open(snapshot_folder)


@pytest.fixture(scope="session")
def limits() -> Limits:
    """Limits under which a test of a limit does not take long."""
    return Limits(time_s=TIME_S, workers=2, queue=16, rows=50_000, request_kb=300, memory_mb=1024)


@pytest.fixture(scope="session")
def client(snapshot_folder: Path, limits: Limits) -> Iterator[httpx.Client]:
    """A client of a server that has time."""
    patient = replace(limits, time_s=60)
    with Running(application(Site(snapshot_folder, patient), Options(limits=patient))) as client:
        yield client


@pytest.fixture(scope="session")
def brisk(snapshot_folder: Path, limits: Limits) -> Iterator[httpx.Client]:
    """A client of a server whose requests may take less than a second."""
    with Running(application(Site(snapshot_folder, limits), Options(limits=limits))) as client:
        yield client
