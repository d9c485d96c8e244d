"""Compiled language data, kept between runs: made once, found again by a digest of all that it was made from."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import kg

T = TypeVar("T")


def folder() -> Path:
    """Where compiled data is kept: ``KG_CACHE``, else the user's cache folder."""
    given = os.environ.get("KG_CACHE")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(given) if given else home / "elchi"


def kept(name: str, sources: Iterable[Path], make: Callable[[], T]) -> T:
    """What ``make`` makes from the files ``sources``; read back if they, Python and Elchi are still the same.

    A file that cannot be read, written or understood only means that it is made again. Written under a temporary name
    and renamed, so that two processes never see half a file.
    """
    digest = hashlib.sha256(f"{kg.__version__} {sys.version}".encode())
    for path in sources:
        digest.update(path.read_bytes())
    path = folder() / f"{name}-{digest.hexdigest()[:20]}.pickle"
    with contextlib.suppress(
        OSError, pickle.UnpicklingError, AttributeError, ImportError, EOFError, IndexError, ValueError
    ):
        made: T = pickle.loads(path.read_bytes())  # noqa: S301  # the user's own cache folder
        return made
    made = make()
    with contextlib.suppress(OSError):
        _write(path, pickle.dumps(made, protocol=pickle.HIGHEST_PROTOCOL))
    return made


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    Path(file.name).replace(path)
    for old in path.parent.glob(f"{path.name.rpartition('-')[0]}-*.pickle"):
        if old != path:
            old.unlink(missing_ok=True)
