"""Snapshots of a store: immutable folders of hard links, and a pointer that is moved from one to the next in one step.

DIR/0001/  DIR/0002/  ...      the snapshots, in the order in which they were made
DIR/current -> 0002            what readers open; a reader that has the old one open keeps it
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import StoreError

if TYPE_CHECKING:
    from kg.store import Store

CURRENT = "current"
_PART = ".part"


def publish(store: Store, folder: str | os.PathLike[str], *, keep: int | None = None) -> Path:
    """Make a snapshot of a store and point to it; the path of the snapshot.

    With ``keep`` only so many snapshots stay, the newest and the one in use. Raises StoreError; then the pointer is
    where it was.
    """
    place = Path(folder)
    if store.path is None:
        raise StoreError(folder, "only a store in a folder can be published")
    try:
        place.mkdir(parents=True, exist_ok=True)
        for rest in place.glob(f"*{_PART}"):  # of a publication that was killed
            shutil.rmtree(rest)
        name = f"{max(map(int, _names(place)), default=0) + 1:04}"
        store.flush()
        store.inner.backup(str(place / f"{name}{_PART}"))
        (place / f"{name}{_PART}").rename(place / name)
        _point(place, name)
        _drop(place, keep)
    except OSError as error:
        raise StoreError(folder, f"cannot be published to ({error.strerror or error})") from None
    return place / name


def rollback(folder: str | os.PathLike[str]) -> Path:
    """Point to the snapshot before the one in use; the path of it. Raises StoreError if there is none."""
    place = Path(folder)
    now = current(place).name
    before = [name for name in _names(place) if name < now]
    if not before:
        raise StoreError(folder, f"there is no snapshot before {now}")
    try:
        _point(place, before[-1])
    except OSError as error:
        raise StoreError(folder, f"cannot be written to ({error.strerror or error})") from None
    return place / before[-1]


def current(folder: str | os.PathLike[str]) -> Path:
    """The snapshot in use. Raises StoreError where nothing was published."""
    pointer = Path(folder) / CURRENT
    if not pointer.is_symlink() or not pointer.exists():
        raise StoreError(folder, "nothing is published here; publish first with: kg publish DIR")
    return pointer.resolve()


def _names(place: Path) -> list[str]:
    """The names of the snapshots, oldest first."""
    return sorted(path.name for path in place.iterdir() if path.name.isdigit())


def _point(place: Path, name: str) -> None:
    """Swap the pointer: a link is made beside it and renamed over it, which no reader sees half done."""
    new = place / f".{CURRENT}"
    new.unlink(missing_ok=True)
    new.symlink_to(name)
    new.replace(place / CURRENT)


def _drop(place: Path, keep: int | None) -> None:
    """Delete the oldest snapshots; links of files that newer ones share stay theirs."""
    names = _names(place)
    for name in names[: len(names) - max(1, keep)] if keep is not None else ():
        if name != current(place).name:
            shutil.rmtree(place / name)
