"""How long the named questions take, and how that grows with the store and with the answer.

    python benchmarks/queries.py 1000 10000 [100000] [--json queries.json]

Each store has so many articles with random facts about real states (``made``). A question is asked five times in one
process; the medians of time and of processor time are printed, in milliseconds, with the number of rows.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from pathlib import Path

import pyoxigraph
from made import fill

from kg.store import query
from kg.store.place import opened

REPEATS = 5
PERIOD = {"since": "2025-06-01", "until": "2025-06-30"}
CASES: list[tuple[str, dict[str, str]]] = [
    ("planned", {"since": "2025-06-01"}),
    ("leaders", {"of": "KZ"}),
    ("leaders", {"person": "ghani"}),
    ("visits", {"to": "KZ"}),
    ("visits", {"person": "ghani"}),
    ("travels", {"person": "ghani"}),
    ("statements", {"person": "ghani"}),
    ("who_speaks_of_whom", {"person": "ghani"}),
    ("who_met_whom", {"person": "ghani"}),
    ("relations", {"state": "KZ"}),
    ("between", {"one": "KZ", "other": "UZ"}),
    ("trade", {"party": "KZ", "with": "UZ"}),
    ("trade", {"party": "KZ"}),
    ("trade_over_time", {"state": "KZ"}),
    ("agreements", {"party": "KZ"}),
    ("agreements_of_pairs", {"party": "KZ"}),
    ("articles", PERIOD),
    ("meetings", PERIOD),
    ("meetings", {"since": "2025-06-01", "until": "2025-06-03"}),
    ("meetings", {"state": "KZ"}),
    ("states", {"code": "KZ"}),
    ("topics_of_states", {"code": "KZ"}),
]


def asked(store: pyoxigraph.Store, text: str) -> tuple[int, float, float]:
    """The rows of an answer, and the medians of time and of processor time, in milliseconds."""
    found = []
    for _ in range(REPEATS):
        start, used = time.perf_counter(), time.process_time()
        rows = sum(1 for _ in store.query(text))
        found.append((rows, (time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000))
    rows, took, used = map(statistics.median, zip(*found, strict=True))
    return int(rows), took, used


def main() -> None:
    """Print a table for each number of articles."""
    parser = argparse.ArgumentParser()
    parser.add_argument("numbers", type=int, nargs="+")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    figures: dict[int, dict[str, tuple[int, float, float]]] = {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        for number in given.numbers:
            articles, quads = fill(Path(folder) / str(number), number)
            print(f"{articles} articles, {quads} quads{'rows':>29} {'ms':>9} {'cpu ms':>9}")
            store = opened(Path(folder) / str(number), create=False)
            figures[number] = {}
            for name, values in CASES:
                words = " ".join((name, *(f"{key}={value}" for key, value in values.items())))
                rows, took, used = figures[number][words] = asked(store, query(name).bind(values))
                print(f"{words:50} {rows:9} {took:9.1f} {used:9.1f}", flush=True)
    if given.json:
        given.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
