# ruff: noqa: PTH110, PTH112 - os.path answers False where Path raises: a name too long, a null byte in it
"""From files to articles: the only step before the store that touches the world."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from kg.article import Article
from kg.errors import SourceError
from kg.read import text

READERS: dict[str, Callable[[Path], Article]] = {
    "": text.read,
    ".txt": text.read,
}
"""Which reader opens a file, by its ending in lower case."""


def read(source: Path) -> Article:
    """The article in a file, opened by the reader for its ending.

    Raises SourceError, one sentence that names the file, for whatever cannot be read as an article.
    """
    if os.path.isdir(source):
        raise SourceError(source, _empty_folder(source))
    if not os.path.exists(source) and _is_pattern(source):
        raise SourceError(source, "no file matches this pattern")
    reader = READERS.get(source.suffix.lower())
    if reader is None:
        raise SourceError(source, f"no reader for files ending in {source.suffix}; there is one for {_endings()}")
    return reader(source)


def sources(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Path]:
    """Every file that the paths stand for, each once: files as they are, folders searched through, patterns expanded.

    The files of one folder or pattern come sorted. A path that stands for nothing comes out as it went in, so that
    reading it says what is wrong and the other files are still read.
    """
    seen: set[Path] = set()
    for path in paths:
        for file in _expand(Path(path)):
            if file not in seen:
                seen.add(file)
                yield file


def _expand(path: Path) -> list[Path]:
    if os.path.isdir(path):
        return _articles(path) or [path]
    if not os.path.exists(path) and _is_pattern(path):
        matches = (Path(match) for match in glob.glob(str(path), recursive=True))  # noqa: PTH207 - Path.glob refuses absolute patterns
        files = [file for match in matches for file in (_articles(match) if match.is_dir() else [match])]
        return sorted(files) or [path]
    return [path]


def _articles(folder: Path) -> list[Path]:
    """Every file below the folder that a reader is named for; a dangling link too, for its reader to refuse."""
    endings = {ending for ending in READERS if ending}
    return sorted(file for file in folder.rglob("*") if file.suffix.lower() in endings and not file.is_dir())


def _is_pattern(path: Path) -> bool:
    return glob.has_magic(str(path))


def _empty_folder(folder: Path) -> str:
    if not os.access(folder, os.R_OK | os.X_OK):
        return "the folder may not be opened"
    return f"the folder holds no article; looked for files ending in {_endings()}"


def _endings() -> str:
    return ", ".join(sorted(ending for ending in READERS if ending))
