"""``kg stats``."""

from __future__ import annotations

from kg.cli.terminal import DEFAULT_STORE, StoreDir, open_store, show_table


def command(store: StoreDir = DEFAULT_STORE) -> int:
    """Count what the graph holds.

    \b
    Examples:
      kg stats
    """
    rows = [{"what": name, "number": number} for name, number in open_store(store).counts().items()]
    show_table(("what", "number"), rows)
    return 0
