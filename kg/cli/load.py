"""``kg load``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.build.load import load
from kg.cli.progress import progress
from kg.cli.terminal import DEFAULT_STORE, StoreDir, say, tell
from kg.store import Store
from kg.store.place import shown

Files = Annotated[
    list[str], typer.Argument(metavar="SHARDS...", help="Folders, files, quoted patterns or addresses of N-Quads.")
]


def command(files: Files, store: StoreDir = DEFAULT_STORE) -> int:
    """Put shards or exports of other graphs into the graph.

    Takes what "kg build --shards" and "kg export x.nq" write. The graph is then the same as if all the articles had
    been built into it: copies are linked anew, and what is there already stays as it is.

    Exit code: 0 all loaded, 1 some files rejected and the rest loaded, 2 wrong usage.

    \b
    Examples:
      kg load shards/
      kg load s3://bucket/shards/ --store /data/graph
      kg load backup.nq
    """
    with Store(store) as opened, progress("loading") as show:
        done = load(files, opened, progress=show)
    tell((), done.rejected)
    more = f", {done.unchanged} unchanged" if done.unchanged else ""
    say(f"{done.articles} articles loaded{more}, from {done.files} files, into {shown(store)}")
    return 1 if done.rejected else 0
