"""``kg query``."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from kg.cli.terminal import DEFAULT_STORE, StoreDir, complain, open_store, show, show_table, write
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
    else:
        complain("no rows")
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
    """The questions that have a name, with what each takes; long lines go on below themselves."""
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    grid.add_column("query", no_wrap=True)
    grid.add_column("answers (and takes)")
    for name, query in queries().items():
        if "/" not in name:  # those of the picture and the checks of the data are for programs
            takes = f" ({', '.join(query.parameters)})" if query.parameters else ""
            grid.add_row(name, Text(query.summary).append(takes, style="bright_black"))
    show(grid)
    complain("kg query NAME [--param name=value]")
