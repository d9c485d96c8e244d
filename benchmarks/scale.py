"""How a build grows: time, memory and disk against articles and jobs; its steps beside raw loading; queries; removal.

    python benchmarks/scale.py 2000 20000 [--jobs 1 2] [--json scale.json]

Each step is a program of its own, so that its memory is its own. Machines are noisy: compare within one run.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pyoxigraph

from kg.build.work import Outcome, extraction_of, work
from kg.read import Item, items
from kg.store import Store
from kg.store.writer import Graph, Writer

SAMPLE = 2_000
KG = [sys.executable, "-m", "kg"]
QUERIES = {
    "meetings": {"state": "KZ"},
    "trade": {"party": "KZ", "with": "UZ"},
    "articles": {"since": "2025-06-01"},
    "between": {"one": "KZ", "other": "UZ"},
}


def timed(words: list[str]) -> dict[str, float]:
    """Run a program: seconds, processor seconds of all its processes, and the peak of their memory together, in MB."""
    start = time.monotonic()
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, start_new_session=True) as process:
        peak, used = 0.0, {}
        while process.poll() is None:
            seen = dict(processes(process.pid))
            peak = max(peak, sum(memory for memory, _ in seen.values()))
            used |= {place: seconds for place, (_, seconds) in seen.items()}
            time.sleep(0.05)
    return {"wall_s": time.monotonic() - start, "cpu_s": sum(used.values()), "peak_mb": peak}


def processes(session: int) -> Iterator[tuple[str, tuple[float, float]]]:
    """The processes of a session: proportional memory in MB, what they share counted once, and processor seconds."""
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(place.name)) == session:
                memory = int((place / "smaps_rollup").read_text().split("Pss:")[1].split()[0]) / 1024
                ticks = (place / "stat").read_text().rpartition(")")[2].split()[11:13]
                yield place.name, (memory, sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK"))
        except (OSError, IndexError):
            continue  # it has ended meanwhile


def measure(number: int, jobs: int, folder: Path) -> dict[str, float]:
    """All figures for a build of a number of articles by a number of processes."""
    file, store = folder / f"{number}.jsonl", folder / f"kg-{number}-{jobs}"
    if not file.exists():
        subprocess.run([sys.executable, str(Path(__file__).with_name("corpus.py")), str(number), str(file)], check=True)
    words = [*KG, "build", str(file), "--store", str(store), "--jobs", str(jobs)]
    build, again = timed(words), timed(words)
    found = {"articles": float(number), "jobs": float(jobs), **build}
    found |= {"again_s": again["wall_s"], "again_cpu_s": again["cpu_s"]}
    found["disk_mb"] = sum(each.stat().st_size for each in store.iterdir()) / 1e6
    with Store(store) as opened:
        found["quads"] = float(len(opened.inner))
        found |= latencies(opened)
        names = list(opened.articles())[: min(20, number)]
        found["remove_ms"] = statistics.median(once(lambda name=name: opened.remove(name)) for name in names)
    shutil.rmtree(store, ignore_errors=True)
    return found


def latencies(store: Store) -> dict[str, float]:
    """The median milliseconds of some named queries, each with what it is asked for."""
    found = {}
    for name, given in QUERIES.items():
        known = store.query(name, **given)  # warm
        found[f"{name}_ms"] = statistics.median(once(lambda n=name, g=given: store.query(n, **g)) for _ in range(5))
        found[f"{name}_rows"] = float(len(known))
    return found


def steps(file: Path, folder: Path) -> dict[str, float]:
    """The steps apart, for some articles in one process: extraction, all but storing, storing, raw loading."""
    some = [item for item in islice(items([file]), SAMPLE) if isinstance(item, Item)]
    for item in some[:100]:
        work(item)  # warm
    found = {"articles": float(len(some))}
    found |= cost("extract", lambda: [extraction_of(item) for item in some])
    graphs: list[Graph] = []
    found |= cost("work", lambda: graphs.extend(done.graph for item in some if isinstance(done := work(item), Outcome)))
    with Store(folder / "steps", seeds=[]) as store:
        writer = Writer(store)
        found |= cost("store", lambda: ([writer.put(graph) for graph in graphs], writer.flush()))
        quads = store.dump()
    raw = pyoxigraph.Store(str(folder / "raw"))
    return found | cost("raw_load", lambda: raw.bulk_load(quads, pyoxigraph.RdfFormat.N_QUADS))


def cost(name: str, work: Callable[[], object]) -> dict[str, float]:
    """Seconds and processor seconds, those of all threads, of one call."""
    start, used = time.monotonic(), time.process_time()
    work()
    return {f"{name}_s": time.monotonic() - start, f"{name}_cpu_s": time.process_time() - used}


def once(work: object) -> float:
    """Milliseconds of one call."""
    start = time.perf_counter()
    work()  # type: ignore[operator]
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Print a table, a column for each number of articles and of jobs, and one of the steps."""
    parser = argparse.ArgumentParser()
    parser.add_argument("numbers", type=int, nargs="+")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        columns = [measure(number, jobs, folder) for number in given.numbers for jobs in given.jobs]
        apart = steps(folder / f"{given.numbers[0]}.jsonl", folder)
    for figure in columns[0]:
        print(f"{figure:18}", *(f"{column[figure]:12.1f}" for column in columns))
    print()
    for figure, value in apart.items():
        print(f"{figure:18} {value:12.2f}")
    if given.json:
        given.json.write_text(json.dumps({"builds": columns, "steps": apart}, indent=1) + "\n")


if __name__ == "__main__":
    main()
