"""Which facts pass: by class, kind, status, time, support, publisher and language."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from kg.serve.params import Params

_SUPPORT = """
(SELECT COUNT(DISTINCT article.origin) FROM report JOIN article USING (article)
  WHERE report.fact = fact.fact {which}) >= ?
"""


def listed(values: Sequence[object]) -> str:
    """Values as one parameter of a statement, for ``IN (SELECT value FROM json_each(?))``."""
    return json.dumps(list(values))


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a fact must be to count; a condition that is empty lets everything pass."""

    class_: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    undated: bool = True
    support: int = 0

    @classmethod
    def of(cls, params: Params) -> Self:
        """The filters in a request. Raises RequestError."""
        return cls(
            class_=tuple(params.all("class")),
            kind=tuple(params.all("kind")),
            status=tuple(params.all("status")),
            publisher=tuple(params.all("publisher")),
            language=tuple(params.all("language")),
            start=params.day("from"),
            end=params.day("to"),
            undated=params.one("undated", "1") != "0",
            support=params.number("support", 0, 1000),
        )

    def timeless(self) -> Self:
        """The same without a range of time."""
        return replace(self, start="", end="")

    def where(self) -> tuple[str, list[object]]:
        """A condition on rows of the table ``fact``, with its values.

        >>> Filters().where()
        ('1', [])
        >>> Filters(status=("held",)).where()
        ('fact.status IN (SELECT value FROM json_each(?))', ['["held"]'])
        """
        parts: list[str] = []
        values: list[object] = []
        for column, wanted in (("class", self.class_), ("kind", self.kind), ("status", self.status)):
            if wanted:
                parts.append(f"fact.{column} IN (SELECT value FROM json_each(?))")
                values.append(listed(wanted))
        if self.start or self.end:
            within = "(fact.latest >= ? AND fact.earliest <= ? AND fact.earliest <> '')"
            parts.append(f"({within} OR fact.earliest = '')" if self.undated else within)
            values += [self.start or "0000", self.end or "9999"]
        self._articles(parts, values)
        return " AND ".join(parts) or "1", values

    def _articles(self, parts: list[str], values: list[object]) -> None:
        """Conditions on who states a fact, and on how many."""
        which, wanted = "", []
        for column, names in (("publisher", self.publisher), ("language", self.language)):
            if names:
                which += f" AND article.{column} IN (SELECT value FROM json_each(?))"
                wanted.append(listed(names))
        if which:
            parts.append(_SUPPORT.format(which=which))
            values += [*wanted, max(1, self.support)]
        elif self.support > 1:
            parts.append("fact.support >= ?")
            values.append(self.support)
