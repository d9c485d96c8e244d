"""``kg view``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.terminal import DEFAULT_STORE, StoreDir, open_store, save, say
from kg.view import picture, relations

Output = Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The HTML file to write.")]
Title = Annotated[str, typer.Option("--title", help="The heading of the page.")]


def command(output: Output = Path("graph.html"), title: Title = "Elchi", store: StoreDir = DEFAULT_STORE) -> int:
    """Draw the relationships as one interactive HTML file.

    Leaders, states, organisations, and the meetings, visits, agreements and trade between them; each with the
    sentences that say so. The file needs no network and can be sent as it is.

    \b
    Examples:
      kg view
      kg view -o report.html --title "Central Asia, August 2025"
    """
    nodes, edges = relations(open_store(store))
    save(output, picture(nodes, edges, title))
    say(f"{len(nodes)} nodes and {len(edges)} edges in {output}; open it in a browser")
    return 0
