"""What the commands share: where they print, and how they open the store."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console, RenderableType

from kg.cli.tables import Row, table
from kg.errors import ExportError
from kg.store import Store

if TYPE_CHECKING:
    from kg.build.work import Rejected

out = Console(highlight=False, soft_wrap=False)
err = Console(highlight=False, soft_wrap=True, stderr=True)

StoreDir = Annotated[
    Path,
    typer.Option("--store", envvar="KG_STORE", metavar="DIR", help="The folder or server (http://...) with the graph."),
]
StoreFolder = Annotated[
    Path, typer.Option("--store", envvar="KG_STORE", metavar="DIR", help="The folder with the graph; no server.")
]
Sources = Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Files, folders or quoted patterns.")]
DEFAULT_STORE = Path("kg-store")
_ENDLESS = 1_000_000


def width() -> int | None:
    """How wide a table may be: the terminal's width, or COLUMNS; None, without limit, into a file or a pipe."""
    return out.width if out.is_terminal or os.environ.get("COLUMNS") else None


def open_store(folder: Path) -> Store:
    """The store in a folder; a command that only asks does not make one. Raises StoreError."""
    return Store(folder, create=False)


def show(thing: RenderableType) -> None:
    """Something to read: wrapped to the terminal, unwrapped into a file or a pipe."""
    limit = width()
    if limit is None:
        Console(highlight=False, width=_ENDLESS).print(thing)
    else:
        out.print(thing)


def show_table(columns: Sequence[str], rows: Sequence[Row]) -> None:
    """Rows as a table that fits."""
    show(table(columns, rows, width=width()))


def say(sentence: str) -> None:
    """One line on stdout, taken as it is."""
    out.print(sentence, soft_wrap=True, markup=False)


def complain(sentence: object) -> None:
    """One line on stderr."""
    err.print(" ".join(str(sentence).split()), markup=False)


def tell(warnings: Iterable[str], rejected: Iterable[Rejected]) -> None:
    """What a build has to say of its sources, on stderr."""
    for warning in warnings:
        complain(f"warning: {warning}")
    for each in rejected:
        complain(f"rejected: {each.source}: {each.reason}")


def cores() -> int:
    """How many cores this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def write(text: str) -> None:
    """Text for other programs: to stdout as UTF-8 as it is, whatever the locale."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def save(file: Path, content: str | bytes) -> None:
    """Write a file, whole or not at all. Raises ExportError."""
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_bytes(content.encode() if isinstance(content, str) else content)
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise ExportError(file, f"cannot be written ({(error.strerror or str(error)).lower()})") from None
