"""Answers: rows of typed values that also know their RDF terms, and so can be written in every standard format."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeAlias, overload

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, RdfFormat, Triple, parse_query_results, serialize

from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable

Value: TypeAlias = str | int | float | Decimal | bool | date | None
Row: TypeAlias = dict[str, Value]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_PYTHON: Mapping[str, Callable[[str], Value]] = {
    _XSD + "integer": int,
    _XSD + "decimal": Decimal,
    _XSD + "double": float,
    _XSD + "float": float,
    _XSD + "boolean": lambda text: text in {"true", "1"},
    _XSD + "date": date.fromisoformat,
    _XSD + "dateTime": datetime.fromisoformat,
}
PREFIXES = {
    "kg": "https://w3id.org/elchi/ontology#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": _XSD,
}
TRIPLE = ("subject", "predicate", "object")

_RESULTS = {"csv": QueryResultsFormat.CSV, "tsv": QueryResultsFormat.TSV, "xml": QueryResultsFormat.XML}
_GRAPHS = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "xml": RdfFormat.RDF_XML, "jsonld": RdfFormat.JSON_LD}


class Rows(Sequence[Row]):
    """The answer to a query: a sequence of dicts, in the order of the query, with the columns in theirs.

    A value is a str (text, IRI, or a date less precise than a day), int, Decimal, float, bool, date, or None where
    there is none. ASK gives one row with the column ``answer``; CONSTRUCT and DESCRIBE give subject, predicate and
    object. ``form`` is select, ask or construct.
    """

    def __init__(self, columns: Sequence[str], terms: Sequence[Sequence[Any]], form: str = "select") -> None:
        self.columns = tuple(columns)
        self.form = form
        self._terms = terms

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [self._row(terms) for terms in self._terms[index]]
        return self._row(self._terms[index])

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, self._terms)

    def __len__(self) -> int:
        return len(self._terms)

    def __repr__(self) -> str:
        return f"<Rows: {len(self)} of {', '.join(self.columns)}>"

    def formats(self) -> tuple[str, ...]:
        """The formats that ``serialize`` takes: those of graphs for CONSTRUCT, of results for the rest.

        >>> Rows(["a"], []).formats()
        ('json', 'csv', 'tsv', 'xml')
        """
        return tuple(_GRAPHS) if self.form == "construct" else ("json", *_RESULTS)

    def serialize(self, format_: str) -> str:
        r"""The answer as text in a W3C format. Raises QueryError for one that this answer does not have.

        >>> Rows(["n"], [[Literal("1", datatype=NamedNode(_XSD + "integer"))], [None]]).serialize("csv")
        'n\r\n1\r\n\r\n'
        """
        if format_ not in self.formats():
            raise QueryError(format_, f"is not a format of this answer; it has {', '.join(self.formats())}")
        if self.form == "construct":
            triples = [Triple(*terms) for terms in self._terms]
            return _text(serialize(triples, format=_GRAPHS[format_], prefixes=PREFIXES))
        text = json.dumps(self._json(), ensure_ascii=False)
        if format_ == "json":
            return text
        return _text(parse_query_results(text, format=QueryResultsFormat.JSON).serialize(format=_RESULTS[format_]))

    def to_pandas(self) -> Any:  # noqa: ANN401 - pandas is optional, its types are too
        """The rows as a data frame. Raises ImportError, which says what to install, without pandas."""
        try:
            pandas = import_module("pandas")
        except ImportError:
            raise ImportError("a data frame needs pandas; install it with: pip install 'elchi[pandas]'") from None
        return pandas.DataFrame(list(self), columns=list(self.columns))

    def _row(self, terms: Sequence[Any]) -> Row:
        return dict(zip(self.columns, map(value, terms), strict=True))

    def _json(self) -> dict[str, object]:
        """The SPARQL 1.1 Query Results JSON Format."""
        if self.form == "ask":
            return {"head": {}, "boolean": self[0]["answer"]}
        bindings = [
            {name: _json_term(term) for name, term in zip(self.columns, terms, strict=True) if term is not None}
            for terms in self._terms
        ]
        return {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}


def value(term: Any) -> Value:  # noqa: ANN401 - pyoxigraph has no base type of terms
    """The Python value of an RDF term; a literal that breaks its type, or has none here, is its text.

    >>> value(Literal("2.5", datatype=NamedNode(_XSD + "decimal"))), value(Literal("2024-05"))
    (Decimal('2.5'), '2024-05')
    """
    if term is None:
        return None
    if not isinstance(term, Literal):
        return str(getattr(term, "value", term))
    try:
        return _PYTHON.get(term.datatype.value, str)(term.value)
    except (ValueError, ArithmeticError):
        return str(term.value)


def _json_term(term: Any) -> dict[str, object]:  # noqa: ANN401
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, Literal):
        if term.language:
            return {"type": "literal", "value": term.value, "xml:lang": term.language}
        if term.datatype.value == _XSD + "string":
            return {"type": "literal", "value": term.value}
        return {"type": "literal", "value": term.value, "datatype": term.datatype.value}
    if isinstance(term, Triple):
        parts = (term.subject, term.predicate, term.object)
        return {"type": "triple", "value": dict(zip(TRIPLE, map(_json_term, parts), strict=True))}
    return {"type": "bnode", "value": term.value}


def _text(serialized: bytes | None) -> str:
    return (serialized or b"").decode()
