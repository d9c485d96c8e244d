"""Engines of many machines give the bytes of one build, also when a machine is lost on the way."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from builds import fresh, loaded, twins

from kg.build import cluster as cluster_
from kg.build.cluster import on_dask
from kg.build.pool import Lost
from kg.build.shard import Part, Shards, build_shards, parts, shard
from kg.cli import main
from kg.errors import ClusterError

pytestmark = pytest.mark.slow
WORKERS = 4


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles of six languages, each twice with a difference, so that there are copies."""
    return twins(tmp_path_factory.mktemp("articles"))


@pytest.fixture(scope="module")
def built(folder: Path) -> bytes:
    """What one process leaves."""
    found = fresh(folder)
    assert b"#copyOf>" in found
    return found


@pytest.fixture(scope="module")
def cluster() -> Iterator[tuple[str, Callable[[], list[int]]]]:
    """The address of a Dask scheduler with four worker processes, and their process ids."""
    distributed = pytest.importorskip("distributed")
    options = {"n_workers": WORKERS, "threads_per_worker": 1, "dashboard_address": None, "silence_logs": 50}
    with distributed.LocalCluster(**options) as local:
        def pids() -> list[int]:
            return [nanny.pid for nanny in local.workers.values() if nanny.pid]

        yield local.scheduler_address.replace("tcp://", "dask://"), pids


def test_a_cluster_that_loses_a_worker_leaves_what_one_process_leaves(
    folder: Path, built: bytes, cluster: tuple[str, Callable[[], list[int]]], tmp_path: Path
) -> None:
    address, pids = cluster
    given = parts([folder], size=4)
    done: list[Shards] = []
    before = pids()
    for made in build_shards(given, str(tmp_path), engine=on_dask(address)):
        done.append(made)
        if len(done) == 2:
            os.kill(before[0], signal.SIGKILL)
    assert set(pids()) != set(before)
    assert len(done) == len(given) == 20
    assert sum(each.articles for each in done) == 80
    assert loaded(tmp_path).dump() == built


def test_a_part_that_kills_every_worker_is_reported_and_the_others_are_done(
    cluster: tuple[str, Callable[[], list[int]]], folder: Path, tmp_path: Path
) -> None:
    given = [("deadly.txt",), *parts([folder], size=40)]
    done = list(on_dask(cluster[0])(lambda part: deadly(part, str(tmp_path)), given))
    lost = [each for each in done if isinstance(each, Lost)]
    assert [each.item for each in lost] == [("deadly.txt",)]
    assert "no worker could do it" in lost[0].reason
    assert sum(each.articles for each in done if isinstance(each, Shards)) == 80


def deadly(part: Part, to: str) -> Shards:
    if part == ("deadly.txt",):
        os._exit(7)
    return shard(part, to)


def test_the_command_builds_on_a_cluster(
    cluster: tuple[str, Callable[[], list[int]]],
    folder: Path, built: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    place = tmp_path / "shards"
    assert main(["build", str(folder), "--shards", str(place), "--cluster", cluster[0]]) == 0
    assert "80 articles in 1 files" in capsys.readouterr().out
    assert loaded(place).dump() == built


def test_a_scheduler_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(cluster_, "_WAIT_S", 0.5)
    with pytest.raises(ClusterError, match=r"dask://127.0.0.1:1: no scheduler answers"):
        list(on_dask("dask://127.0.0.1:1")(print, [()]))  # type: ignore[arg-type]


SPARK = """
import sys
from pyspark.sql import SparkSession

from kg.build.shard import parts, shard

folder, to = sys.argv[1:]
spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
given = parts([folder], size=20)
for made in spark.sparkContext.parallelize(given, len(given)).map(lambda part: shard(part, to)).collect():
    print(len(made.files), made.articles)
"""


def test_spark_runs_the_same_function(folder: Path, built: bytes, tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    if shutil.which("java") is None:
        pytest.skip("needs Java")
    (tmp_path / "job.py").write_text(SPARK, encoding="utf-8")
    words = [sys.executable, str(tmp_path / "job.py"), str(folder), str(tmp_path / "shards")]
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.split() == ["1", "20"] * 4
    assert loaded(tmp_path / "shards").dump() == built
