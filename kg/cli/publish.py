"""``kg publish``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.terminal import DEFAULT_STORE, StoreFolder, open_store, say
from kg.store.snapshots import publish

Place = Annotated[Path, typer.Argument(metavar="DIR", help="Where snapshots are kept; DIR/current is the one in use.")]
Keep = Annotated[int | None, typer.Option("--keep", min=1, metavar="N", help="Delete all but the newest N.")]


def command(folder: Place, store: StoreFolder = DEFAULT_STORE, keep: Keep = None) -> int:
    """Make an immutable snapshot of the graph for readers.

    A snapshot shares its files with the store by hard links, so that it costs little; it never changes. Readers open
    DIR/current, which then points to it and is swapped in one step.

    \b
    Examples:
      kg publish /srv/graph
      kg publish /srv/graph --keep 3 && kg query trade --store /srv/graph/current
    """
    say(f"{publish(open_store(store), folder, keep=keep)}: published")
    return 0
