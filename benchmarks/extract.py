"""Articles a second on one core, by language, and the time as a multiple of a bare ``re.findall`` over the same text.

    python benchmarks/extract.py [FOLDER]      (default: the example articles)

Each text is repeated or cut to three kilobytes and read warm. Both are timed by turns, in processor time, and the
median of the rounds counts; the last column is the fastest round, which other work on the machine slows least.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

from kg.article import Article
from kg.extract import extract
from kg.paths import SEEDS
from kg.read import read
from kg.text.doc import parse

SIZE = 3_000
ROUNDS = 9
_WORDS = re.compile(r"\w+|[^\w\s]")


def articles(folder: Path) -> Iterator[tuple[str, list[Article]]]:
    """The articles of each language, each about three thousand characters long."""
    for place in sorted(path for path in folder.iterdir() if path.is_dir()):
        found = [read(path) for path in sorted(place.glob("*.txt"))]
        yield place.name, [replace(item, text=(item.text + "\n" + item.text * 5)[:SIZE]) for item in found]


def seconds(work: Callable[[], object]) -> float:
    """Processor time of one round."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print one line a language."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SEEDS / "articles"
    print(f"{'language':10} {'articles/s':>10} {'x findall':>10} {'fastest':>10}")
    for language, found in articles(folder):
        for item in found:
            extract(parse(item))
        rounds = [
            (
                seconds(lambda found=found: [extract(parse(item)) for item in found]),
                seconds(lambda found=found: [_WORDS.findall(item.text) for item in found]),
            )
            for _ in range(ROUNDS)
        ]
        mine = median(extracting for extracting, _ in rounds)
        ratio = median(extracting / bare for extracting, bare in rounds)
        fastest = min(extracting for extracting, _ in rounds)
        print(f"{language:10} {len(found) / mine:10.0f} {ratio:10.1f} {len(found) / fastest:10.0f}")


if __name__ == "__main__":
    main()
