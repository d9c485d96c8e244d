"""Queries and graphs in the formats of the SPARQL 1.1 Protocol, answered in a worker."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import IO, Any

import pyoxigraph
from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples

from kg.errors import QueryError, RequestError
from kg.serve.formats import GRAPHS, RESULTS, choose
from kg.serve.reply import Reply, as_json
from kg.serve.snapshot import Snapshot
from kg.store.guard import guard
from kg.store.rows import PREFIXES

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_LETTERS = re.compile(r"\[(?:'(?:[^'\\]|\\.)*'|[^\]'])*\]")  # what the parser would take letter by letter
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
NOT_VALID = "is not valid SPARQL: "
_EMPTY = pyoxigraph.Store()


def sparql(snapshot: Snapshot, args: Mapping[str, Any]) -> Reply:
    """The answer to a query.

    Takes ``query``, ``accept``, ``format``, ``default`` and ``named`` (IRIs of graphs) and ``services``, the endpoints
    that it may ask. Raises RequestError with the line and column of a mistake, and for what the guard refuses.
    """
    guard("query", args["query"], frozenset(args.get("services", ())))
    answer = asked(snapshot.store, args["query"], args.get("default", ()), args.get("named", ()))
    if isinstance(answer, QueryTriples):
        chosen = choose(GRAPHS, args["accept"], args["format"])
        return Reply(media=chosen.media, body=lambda out: write(answer, out, chosen.inner))
    chosen = choose(RESULTS, args["accept"], args["format"])
    return Reply(media=chosen.media, row=chosen.row, body=lambda out: answer.serialize(out, chosen.inner))  # type: ignore[arg-type]


def graph(snapshot: Snapshot, args: Mapping[str, Any]) -> Reply:
    """A whole graph: the one that ``graph`` names, or the default graph if that is empty. Raises RequestError."""
    chosen = choose(GRAPHS, args["accept"], args["format"])
    name = _node(args["graph"]) if args["graph"] else pyoxigraph.DefaultGraph()
    if isinstance(name, NamedNode) and not snapshot.store.contains_named_graph(name):
        raise RequestError(args["graph"], "there is no such graph", 404)
    quads = snapshot.store.quads_for_pattern(None, None, None, name)
    return Reply(media=chosen.media, body=lambda out: write((quad.triple for quad in quads), out, chosen.inner))


def lint(_: Snapshot, args: Mapping[str, Any]) -> Reply:
    """What the parser of the store finds wrong in a query, as an editor shows it."""
    form = _FORM.search(re.sub(r"#[^\n]*|<[^>\s]*>", "", args["query"]))
    errors: list[dict[str, object]] = []
    try:
        guard("query", args["query"], frozenset(args.get("services", ())))
        asked(_EMPTY, args["query"])
    except RequestError as error:
        line, column = int(str(error.more["line"])), int(str(error.more["column"]))
        errors.append({"line": line, "column": column, "endLine": line, "endColumn": column + 1, "severity": "error",
                       "message": error.reason.removeprefix(NOT_VALID)})
    except QueryError as error:
        errors.append({"line": 1, "column": 1, "endLine": 1, "endColumn": 2, "severity": "error",
                       "message": error.reason})
    return as_json({"errors": errors, "form": form[1].lower() if form else ""})


def mistake(error: SyntaxError) -> RequestError:
    """What the parser says, with line and column, and without the letters that it could also go on with.

    >>> mistake(SyntaxError("error at 3:7: expected one of GRAPH, MINUS, [_]")).more
    {'line': 3, 'column': 7}
    >>> print(mistake(SyntaxError("error at 1:9: expected one of Prefix not found, ['%'], [':']")))
    query: is not valid SPARQL: Prefix not found
    """
    found = _PLACE.search(str(error))
    line, column, said = (int(found[1]), int(found[2]), found[3]) if found else (1, 1, str(error))
    said = said.removeprefix("expected one of ").removeprefix("expected ")
    parts = [part.strip() for part in _LETTERS.sub("", said).split(",") if part.strip()]
    told = [part for part in parts if " " in part]
    words = told[0] if told else f"expected {' or '.join(parts[:8])}" if parts else "this cannot stand here"
    return RequestError("query", NOT_VALID + words, 400, line=line, column=column)


def asked(
    store: pyoxigraph.Store, text: str, default: Sequence[str] = (), named: Sequence[str] = ()
) -> QuerySolutions | QueryBoolean | QueryTriples:
    """The answer of a store over the whole of it, or over the graphs that are named. Raises RequestError."""
    dataset: dict[str, Any] = {}
    if default or named:
        dataset = {"default_graph": [_node(name) for name in default], "named_graphs": [_node(name) for name in named]}
    try:
        return store.query(text, prefixes=PREFIXES, **dataset)
    except SyntaxError as error:
        raise mistake(error) from None
    except (ValueError, OSError) as error:
        raise RequestError("query", f"cannot be answered: {' '.join(str(error).split())}") from None


def _node(name: str) -> NamedNode:
    try:
        return NamedNode(name)
    except ValueError:
        raise RequestError(name, "is not an IRI") from None


def write(triples: Any, out: IO[bytes], format_: Any) -> None:  # noqa: ANN401 - an iterator of one of two classes
    """Serialise triples with the usual prefixes."""
    pyoxigraph.serialize(triples, out, format=format_, prefixes=PREFIXES)
