"""``kg query``."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.terminal import DEFAULT_STORE, StoreDir, complain, open_store, show_table, write
from kg.errors import QueryError
from kg.store import Rows, Store, queries


class Format(StrEnum):
    """How the answer is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    XML = "xml"
    TTL = "ttl"
    NT = "nt"
    JSONLD = "jsonld"


Question = Annotated[
    str | None,
    typer.Argument(metavar="NAME|FILE.rq|-", help="A named query, a file, or - for standard input."),
]
FormatOption = Annotated[
    Format, typer.Option("--format", "-f", help="ttl, nt and jsonld are for CONSTRUCT and DESCRIBE.")
]
Params = Annotated[
    list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="A parameter of the query; repeatable.")
]


def command(
    question: Question = None,
    format_: FormatOption = Format.TABLE,
    param: Params = None,
    store: StoreDir = DEFAULT_STORE,
) -> int:
    """Ask the graph a question.

    Without a name, lists the questions that have one. A file or standard input holds any SPARQL 1.1 query.

    \b
    Examples:
      kg query
      kg query leaders
      kg query trade --param party=KZ --format csv
      kg query my-question.rq --format json
      echo "SELECT DISTINCT ?class { ?thing a ?class }" | kg query -
    """
    if question is None:
        _list_queries()
        return 0
    params = dict(_pair(text) for text in param or ())
    rows = _answer(open_store(store), question, params)
    if format_ is not Format.TABLE:
        text = rows.serialize(format_)
        write(text if text.endswith("\n") else f"{text}\n")
        return 0
    if rows:
        show_table(rows.columns, list(rows))
    complain("no rows" if not rows else f"{len(rows)} row{'s' if len(rows) > 1 else ''}")
    return 0


def _answer(store: Store, question: str, params: dict[str, str]) -> Rows:
    """The rows for a name, a file or standard input. Raises QueryError that names the one that was given."""
    if question == "-":
        name, text = "standard input", sys.stdin.read()
    elif question.endswith((".rq", ".sparql")) or Path(question).is_file():
        name, text = question, _text(Path(question))
    else:
        return store.query(question, **params)
    if not text.strip():
        raise QueryError(name, "holds no query")
    try:
        return store.query(text, **params)
    except QueryError as error:
        raise QueryError(name, error.reason) from None


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise QueryError(file, "is not UTF-8 text") from None
    except OSError as error:
        raise QueryError(file, f"cannot be read ({(error.strerror or str(error)).lower()})") from None


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise typer.BadParameter(f"{text!r} is not of the form NAME=VALUE", param_hint="--param")
    return name, value


def _list_queries() -> None:
    """The questions that have a name, with what each takes."""
    named = {name: query for name, query in queries().items() if "/" not in name}
    rows = [
        {"query": name, "answers": query.summary, "parameters": ", ".join(query.parameters)}
        for name, query in named.items()
    ]
    show_table(("query", "answers", "parameters"), rows)
    complain("kg query NAME [--param name=value]")
