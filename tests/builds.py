"""What tests of builds share: a folder of articles with copies, and what a build or a load leaves."""

from __future__ import annotations

from pathlib import Path

import kg
from kg.build.load import load
from kg.paths import SEEDS
from kg.store import Store


def twins(place: Path) -> Path:
    """Eighty articles of six languages in a folder, every second with a line more than the first."""
    for number, file in enumerate(sorted((SEEDS / "articles").rglob("*.txt"))[:40]):
        text = file.read_text(encoding="utf-8")
        (place / f"{number}.txt").write_text(text, encoding="utf-8")
        (place / f"{number}-b.txt").write_text(f"{text}\n{number}", encoding="utf-8")
    return place


def fresh(*folders: Path) -> bytes:
    """The store that one undisturbed build leaves."""
    store = Store(seeds=[])
    kg.build(folders, store)
    return store.dump()


def loaded(*places: Path | str) -> Store:
    """The store that loading shards leaves."""
    store = Store(seeds=[])
    assert load(map(str, places), store).rejected == ()
    return store
