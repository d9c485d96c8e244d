"""All limits of the server, in one place."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, fields

from kg.errors import ServeError
from kg.store.guard import MAX_DEPTH


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one request may take; 0 stands for no limit, which only a server for its own machine may have.

    ``memory_mb`` is of one worker, for all its data; at most ``workers`` requests run and ``queue`` wait at a time.
    """

    time_s: float = 20.0
    rows: int = 1_000_000
    answer_mb: int = 256
    request_kb: int = 1024
    memory_mb: int = 2048
    workers: int = min(8, max(2, os.cpu_count() or 2))
    queue: int = 64

    def __post_init__(self) -> None:
        for field in fields(self):
            if getattr(self, field.name) < (1 if field.name == "workers" else 0):
                raise ServeError(field.name, f"must be more than that, not {getattr(self, field.name)}")

    def missing(self) -> list[str]:
        """The limits that are not set.

        >>> Limits(time_s=0, rows=0).missing()
        ['time_s', 'rows']
        """
        return [field.name for field in fields(self) if not getattr(self, field.name)]

    def told(self) -> dict[str, float]:
        """For people and programs that ask: every limit, with the depth of brackets in a query."""
        return {**asdict(self), "depth": MAX_DEPTH}
