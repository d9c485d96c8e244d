"""Everything that a worker answers, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kg.serve import sparql
from kg.serve.reply import Reply
from kg.serve.snapshot import Snapshot

ANSWERS: Mapping[str, Callable[[Snapshot, Mapping[str, Any]], Reply]] = {
    "sparql": sparql.sparql,
    "graph": sparql.graph,
    "lint": sparql.lint,
}
