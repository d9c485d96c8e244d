"""How a build grows: time, memory and disk against articles; loading beside raw loading; queries; removal.

    python benchmarks/scale.py 500 1000 2000 [--jobs 2] [--json scale.json]

Each step is a program of its own, so that its memory is its own. Machines are noisy: compare within one run.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph

from kg.store import Store

KG = [sys.executable, "-m", "kg"]
QUERIES = {
    "meetings": {"state": "KZ"},
    "trade": {"party": "KZ", "with": "UZ"},
    "articles": {"since": "2025-06-01"},
    "between": {"one": "KZ", "other": "UZ"},
}


def timed(words: list[str]) -> dict[str, float]:
    """Run a program: its seconds, processor seconds with its children, and the peak of their memory together."""
    start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, start_new_session=True) as process:
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, memory(process.pid))
            time.sleep(0.1)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall_s": time.monotonic() - start, "cpu_s": used, "peak_mb": peak}


def memory(session: int) -> float:
    """The proportional memory of all processes of a session, in MB; what they share is counted once."""
    total = 0
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(place.name)) == session:
                rollup = (place / "smaps_rollup").read_text()
                total += int(rollup.split("Pss:")[1].split()[0])
        except (OSError, IndexError):
            continue  # it has ended meanwhile
    return total / 1024


def measure(number: int, jobs: int, folder: Path) -> dict[str, float]:
    """All figures for a number of articles."""
    file, store = folder / f"{number}.jsonl", folder / f"kg-{number}"
    subprocess.run([sys.executable, str(Path(__file__).with_name("corpus.py")), str(number), str(file)], check=True)
    build = timed([*KG, "build", str(file), "--store", str(store), "--jobs", str(jobs)])
    again = timed([*KG, "build", str(file), "--store", str(store), "--jobs", str(jobs)])
    found = {"articles": float(number), **build, "again_s": again["wall_s"]}
    found["disk_mb"] = sum(each.stat().st_size for each in store.iterdir()) / 1e6
    with Store(store) as opened:
        found["quads"] = float(len(opened.inner))
        found |= latencies(opened)
        found |= loading(opened, folder / f"raw-{number}")
        names = list(opened.articles())[: min(20, number)]
        found["remove_ms"] = statistics.median(once(lambda name=name: opened.remove(name)) for name in names)
    return found


def latencies(store: Store) -> dict[str, float]:
    """The median milliseconds of some named queries, each with what it is asked for."""
    found = {}
    for name, given in QUERIES.items():
        known = store.query(name, **given)  # warm
        found[f"{name}_ms"] = statistics.median(once(lambda n=name, g=given: store.query(n, **g)) for _ in range(5))
        found[f"{name}_rows"] = float(len(known))
    return found


def loading(store: Store, folder: Path) -> dict[str, float]:
    """Processor seconds of raw loading of the store's quads at once."""
    quads = store.dump()
    raw, start = pyoxigraph.Store(str(folder)), time.process_time()
    raw.bulk_load(quads, pyoxigraph.RdfFormat.N_QUADS)
    return {"raw_load_cpu_s": time.process_time() - start}


def once(work: object) -> float:
    """Milliseconds of one call."""
    start = time.perf_counter()
    work()  # type: ignore[operator]
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Print a table, a column for each number of articles."""
    parser = argparse.ArgumentParser()
    parser.add_argument("numbers", type=int, nargs="+")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        columns = [measure(number, given.jobs, Path(folder)) for number in given.numbers]
    for name in columns[0]:
        print(f"{name:18}", *(f"{column[name]:12.1f}" for column in columns))
    if given.json:
        given.json.write_text(json.dumps(columns, indent=1) + "\n")


if __name__ == "__main__":
    main()
