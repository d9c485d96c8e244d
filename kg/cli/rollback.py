"""``kg rollback``."""

from __future__ import annotations

from kg.cli.publish import Place
from kg.cli.terminal import say
from kg.store.snapshots import rollback


def command(folder: Place) -> int:
    """Let readers see the snapshot before again.

    \b
    Examples:
      kg rollback /srv/graph
    """
    say(f"{rollback(folder)}: in use again")
    return 0
