"""The named questions, answered as plain JSON or CSV."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pyoxigraph import QueryResultsFormat

from kg.errors import QueryError, RequestError
from kg.serve.formats import Format, choose
from kg.serve.reply import Reply, as_json
from kg.serve.snapshot import Snapshot
from kg.serve.sparql import asked
from kg.store import Value, queries, rows

FORMATS = (
    Format("json", "application/json", (), QueryResultsFormat.JSON),
    Format("csv", "text/csv", (), QueryResultsFormat.CSV),
)


def named(snapshot: Snapshot, args: Mapping[str, Any]) -> Reply:
    """The rows of the query of a ``name`` for the values in ``params``; ``accept`` and ``format`` choose the format.

    Raises RequestError for a name that is not there, QueryError for a parameter that does not fit.
    """
    known = queries()
    if args["name"] not in known or "/" in args["name"]:
        raise RequestError(args["name"], "there is no such question; /api/queries lists them", 404)
    chosen = choose(FORMATS, args["accept"], args["format"])
    question = known[args["name"]]
    names = [name for name, _ in args["params"]]
    if len(names) > len(set(names)):
        raise QueryError(question.name, "takes each parameter only once")
    found = rows(question, asked(snapshot.store, question.bind(dict(args["params"]))))
    if chosen.name == "csv":
        return Reply(media=chosen.media, body=found.serialize("csv").encode())
    told = [{name: _plain(value) for name, value in row.items()} for row in found]
    return as_json({"columns": list(found.columns), "rows": told})


def _plain(value: Value) -> object:
    """A value as JSON has it; decimals as text, because numbers in browsers lose digits."""
    return str(value) if isinstance(value, Decimal | date) else value
