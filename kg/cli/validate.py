"""``kg validate``."""

from __future__ import annotations

from kg.check import validate
from kg.cli.terminal import DEFAULT_STORE, StoreDir, open_store, say, show_table
from kg.store.place import shown


def command(store: StoreDir = DEFAULT_STORE) -> int:
    """Check the whole graph against the shapes of the ontology.

    Exit code: 0 nothing breaks a shape, 1 something does.

    \b
    Examples:
      kg validate
    """
    violations = validate(open_store(store).inner)
    rows = [{"focus": found.focus, "path": found.path, "message": found.message} for found in violations]
    if rows:
        show_table(("focus", "path", "message"), rows)
    say(f"{len(rows) or 'no'} violation{'' if len(rows) == 1 else 's'} in {shown(store)}")
    return int(bool(rows))
