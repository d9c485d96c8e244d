"""Named queries: a file is plain SPARQL with a header of comments in the grlc convention that says what it takes.

A parameter is a variable ``?__name`` (optional) or ``?_name`` (required) and has a line of its own, ``VALUES ?__name
{ UNDEF }``, so that the file runs unchanged in any SPARQL endpoint; a value takes the place of UNDEF as a typed term.
The name may end in a type: ``_iri``, ``_code``, ``_date``, ``_integer`` or ``_decimal``; without one it is a string.
A line that begins with ``#?`` is part of the query only where its first parameter is given: where an engine begins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.paths import QUERIES
from kg.rdf import iri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_XSD = "http://www.w3.org/2001/XMLSchema#"
_SLOT = re.compile(
    r"VALUES\s+\?(?P<mark>__?)(?P<name>[a-z]+(?:_[a-z]+)*?)(?:_(?P<type>iri|code|date|integer|decimal))?\s*\{\s*UNDEF\s*\}"
)
_LEAD = re.compile(r"^( *)#\? (.*)$", re.MULTILINE)
_CODE = re.compile(r"[\w-]+")
_CODED = ("state", "organization", "body", "publisher")
_NAME = re.compile(r"[A-Za-z][\w-]*(?:/[\w-]+)*")
_HEADER = re.compile(r"#\+ ?(.*)")
_FOLDED = (">", ">-", "|")
_PAIR = re.compile(r"([A-Za-z]\w*): ?(.*)")


class Parameter(NamedTuple):
    """What a query takes: its name, the type of its value, whether it must be given, and what it means."""

    name: str
    type: str
    required: bool
    help: str


@dataclass(frozen=True)
class Query:
    """A query: its SPARQL, and what its header says."""

    name: str
    text: str
    header: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)

    @property
    def summary(self) -> str:
        """What it answers, in one line."""
        return str(self.header.get("summary", ""))

    @property
    def description(self) -> str:
        """What there is to know about its rows."""
        return str(self.header.get("description", ""))

    @property
    def tags(self) -> tuple[str, ...]:
        """The groups of queries that it belongs to."""
        return tuple(re.findall(r"[\w-]+", str(self.header.get("tags", ""))))

    @property
    def lists(self) -> Mapping[str, str]:
        """The columns that hold lists, each with what separates its values."""
        return _section(self.header, "lists")

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """What it takes, by name."""
        helps = _section(self.header, "parameters")
        slots = {slot["name"]: slot for slot in _SLOT.finditer(_LEAD.sub("", self.text))}
        return {
            name: Parameter(name, slot["type"] or "string", slot["mark"] == "_", helps.get(name, ""))
            for name, slot in slots.items()
        }

    def bind(self, values: Mapping[str, object]) -> str:
        """The SPARQL with the values in place. Raises QueryError for one unknown, missing or of another type."""
        for name in values:
            if name not in self.parameters:
                known = ", ".join(self.parameters) or "none"
                raise QueryError(self.name, f"has no parameter {name}; its parameters are: {known}")
        for parameter in self.parameters.values():
            if parameter.required and values.get(parameter.name) is None:
                raise QueryError(self.name, f"needs the parameter {parameter.name}")
        given = {name for name, value in values.items() if value is not None}
        return _SLOT.sub(lambda slot: self._slot(slot, values), _LEAD.sub(lambda line: _led(line, given), self.text))

    def _slot(self, slot: re.Match[str], values: Mapping[str, object]) -> str:
        value = values.get(slot["name"])
        if value is None:
            return slot[0]
        try:
            terms = _TERMS[slot["type"]](str(value))
        except (ValueError, ArithmeticError):
            reason = f"the parameter {slot['name']} must be of the type {slot['type']}, not {str(value)!r}"
            raise QueryError(self.name, reason) from None
        return slot[0].replace("UNDEF", " ".join(map(str, terms)) if isinstance(terms, list) else str(terms))


def queries(folder: Path = QUERIES) -> dict[str, Query]:
    """The named queries of a folder and its subfolders, by name: ``trade``, ``checks/no_evidence``, ``view/nodes``."""
    files = {file.relative_to(folder).with_suffix("").as_posix(): file for file in folder.rglob("*.rq")}
    return {name: _load(name, files[name]) for name in sorted(files, key=lambda name: (name.count("/"), name))}


def query(question: str) -> Query:
    """The query of a name, or of SPARQL text itself. Raises QueryError for a name that is not there.

    >>> query("trade").parameters["party"].type
    'string'
    >>> query("ASK { ?s ?p ?o }").name
    'query'
    """
    if not _NAME.fullmatch(question.strip()):
        return parse("query", question)
    file = QUERIES / f"{question.strip()}.rq"
    if not file.is_file():
        names = [name for name in queries() if "/" not in name]
        near = "".join(f"; did you mean {name}?" for name in get_close_matches(question.strip(), names, n=1))
        raise QueryError(question.strip(), f"there is no such query; there are {', '.join(names)}{near}")
    return _load(question.strip(), file)


def parse(name: str, text: str) -> Query:
    r"""A query from its text; its header is ``key: value`` lines, a value being one line, folded lines or pairs.

    >>> dict(parse("x", '#+ summary: All\n#+ lists:\n#+   states: "+"\nASK {}').lists)
    {'states': '+'}
    """
    header: dict[str, str | Mapping[str, str]] = {}
    for key, value, block in _entries(text):
        pairs = [_PAIR.fullmatch(line) for line in block]
        if value in _FOLDED or not block:
            header[key] = " ".join(block) if block else _unquoted(value)
        else:
            header[key] = {pair[1]: _unquoted(pair[2]) for pair in pairs if pair}
    return Query(name, text, header)


def _entries(text: str) -> Iterator[tuple[str, str, list[str]]]:
    """The keys of a header, each with what follows it on its line and on the indented lines below."""
    lines = [found[1] for line in text.splitlines() if (found := _HEADER.fullmatch(line.rstrip()))]
    starts = [index for index, line in enumerate(lines) if _PAIR.fullmatch(line)]
    for start, end in pairwise([*starts, len(lines)]):
        key, value = lines[start].split(":", 1)
        yield key, value.strip(), [line.strip() for line in lines[start + 1:end]]


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value


def _section(header: Mapping[str, str | Mapping[str, str]], key: str) -> Mapping[str, str]:
    """A part of a header that is pairs; empty where there is none."""
    section = header.get(key)
    return section if isinstance(section, Mapping) else {}


@cache
def _load(name: str, file: Path) -> Query:
    return parse(name, file.read_text(encoding="utf-8"))


def _led(line: re.Match[str], given: set[str]) -> str:
    """A line that leads, if its first parameter is given; else nothing of it is left."""
    first = _SLOT.search(line[2])
    return f"{line[1]}{line[2]}" if first and first["name"] in given else ""


def _codes(value: str) -> list[NamedNode]:
    """The IRIs that a code can end, of whatever class; a code that no IRI can have ends none."""
    return [iri(f"{class_}/{value}") for class_ in _CODED if _CODE.fullmatch(value)]


def _iri(value: str) -> NamedNode:
    return NamedNode(value) if ":" in value else iri(value)


def _typed(name: str, check: Callable[[str], object]) -> Callable[[str], Literal]:
    """A reader of literals of a type, which refuses what the type does not allow."""

    def term(value: str) -> Literal:
        check(value)
        return Literal(value, datatype=NamedNode(_XSD + name))

    return term


_TERMS: Mapping[str | None, Callable[[str], NamedNode | Literal | list[NamedNode]]] = {
    None: Literal,
    "iri": _iri,
    "code": _codes,
    "date": _typed("date", date.fromisoformat),
    "integer": _typed("integer", int),
    "decimal": _typed("decimal", Decimal),
}
