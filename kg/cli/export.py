"""``kg export``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.terminal import DEFAULT_STORE, StoreDir, open_store, say
from kg.export import EXPORTS, export

Destination = Annotated[Path, typer.Argument(metavar="FILE", help=f"Its ending is one of {', '.join(EXPORTS)}.")]


def command(file: Destination, store: StoreDir = DEFAULT_STORE) -> int:
    """Write the whole graph to a file, in the format of its ending.

    The same graph gives the same bytes. nq, trig and jsonld keep which article says what; graphml and gexf are the
    relationships for network tools; csv has a line for each place where a fact is stated.

    \b
    Examples:
      kg export graph.ttl
      kg export relations.graphml
      kg export backup.nq --store /data/graph
    """
    written = export(open_store(store), file)
    say(f"{written}: {written.stat().st_size} bytes")
    return 0
