"""Whether a graph keeps the rules of the ontology: of facts before they are stored, and by SHACL of a whole store.

``check`` says of typed facts what ``ontology/shapes.ttl`` says of their triples; a property test keeps them alike.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import MISSING, Field, dataclass, fields
from decimal import Decimal, InvalidOperation, localcontext
from functools import cache
from typing import Any

import pyshacl
import rdflib
from oxrdflib import OxigraphStore
from pyoxigraph import Store
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.namespace import SH

from kg.facts import (
    AGREEMENT_KINDS,
    AGREEMENT_STATUSES,
    EVENT_STATUSES,
    FIGURE_STATUSES,
    FLOWS,
    MEETING_KINDS,
    OFFICES,
    QUALIFIERS,
    RELATION_KINDS,
    TOPICS,
    VISIT_KINDS,
    Evidence,
    Fact,
    Meeting,
    Relation,
    TradeVolume,
    Visit,
    When,
)
from kg.paths import ONTOLOGY
from kg.rdf import LISTS

MEMBERS = {
    "office": OFFICES,
    "meeting": MEETING_KINDS,
    "event": EVENT_STATUSES,
    "visit": VISIT_KINDS,
    "flow": FLOWS,
    "qualifier": QUALIFIERS,
    "figure": FIGURE_STATUSES,
    "agreement": AGREEMENT_KINDS,
    "agreementStatus": AGREEMENT_STATUSES,
    "relation": RELATION_KINDS,
    "topic": TOPICS,
}
"""The members of each closed list, by the prefix that their terms have in the ontology."""

_STATE = ("state",)
_PERSON = ("person",)
_PARTY = ("state", "organization")
_ACTOR = ("person", "state", "organization", "body")

_ENTITIES = {
    ("Tenure", "member"): _PERSON,
    ("Tenure", "of"): _PARTY,
    ("Meeting", "participant"): _ACTOR,
    ("Meeting", "chair"): _ACTOR,
    ("Meeting", "place"): ("place",),
    ("Meeting", "country"): _STATE,
    ("Meeting", "body"): ("body", "organization"),
    ("Visit", "visitor"): _PERSON,
    ("Visit", "delegation_of"): _PARTY,
    ("Visit", "destination"): _STATE,
    ("TradeVolume", "party"): _PARTY,
    ("TradeVolume", "from_"): _PARTY,
    ("TradeVolume", "to"): _PARTY,
    ("Agreement", "party"): _PARTY,
    ("Relation", "party"): _STATE,
    ("Statement", "speaker"): _ACTOR,
    ("Statement", "addressee"): _ACTOR,
    ("Statement", "about"): (*_ACTOR, "place"),
    ("Evidence", "speaker"): _ACTOR,
}
"""The kinds of entity that a field of a class can hold."""

_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~+-]*")  # plain letters: other scripts and accents have several encodings
_STATE_KEY = re.compile(r"[A-Z]{2}")
_CURRENCY = re.compile(r"[A-Z]{3}")
_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")


@dataclass(frozen=True, kw_only=True, order=True)
class Violation:
    """A node of a graph that breaks a shape: the property at fault (empty: the node itself), and what is expected."""

    graph: str
    focus: str
    path: str
    message: str


def check(facts: Iterable[Fact]) -> list[str]:
    """What is wrong with some facts, one sentence each; nothing if they keep the shapes of the ontology.

    >>> from kg.facts import Topic
    >>> check([Topic(topic="energy", evidence=(Evidence(start=0, end=6, rule="word"),))])
    []
    >>> check([Topic(topic="sport", evidence=())])
    ['Topic: evidence is missing.', 'Topic: topic "sport" is not in the list of the ontology.']
    """
    return [f"{type(fact).__name__}: {reason}." for fact in facts for reason in _fact(fact)]


def validate(store: Store) -> list[Violation]:
    """What breaks a SHACL shape in a store, sorted; about 0.04 s a graph.

    Each named graph is validated by itself, because the union of two articles may well give a fact two values where
    each of them gives one. Of a store that has no named graph, the default graph is validated.
    """
    with _silence():
        return sorted(violation for graph in _graphs(store) for violation in _violations(graph))


def _fact(fact: Fact) -> Iterator[str]:
    yield from _by_field(fact)
    if rule := _RULES.get(type(fact)):
        yield from rule(fact)
    for place in fact.evidence:
        yield from (f"evidence {place.start}-{place.end}: {reason}" for reason in _evidence(place))


def _by_field(thing: Fact | Evidence) -> Iterator[str]:
    """What is wrong with single values, by the tables above and the type of the value."""
    for field in fields(thing):
        value = getattr(thing, field.name)
        if value is None or value in ((), ""):
            if _is_required(field) or value == "":
                yield f"{field.name} is missing"
            continue
        for one in value if isinstance(value, tuple) else (value,):
            yield from (f'{field.name} "{one}" {reason}' for reason in _value(type(thing).__name__, field.name, one))


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING or field.default not in (None, ())


def _value(class_: str, field: str, value: object) -> Iterator[str]:
    if (list_ := LISTS.get((class_, field))) and value not in MEMBERS[list_]:
        yield "is not in the list of the ontology"
    if (kinds := _ENTITIES.get((class_, field))) and not _is_entity(str(value), kinds):
        yield f"is not a {' or '.join(kinds)}"
    if isinstance(value, Decimal) and not value.is_finite():
        yield "is not a number"
    if isinstance(value, When):
        yield from _when(value)
    if isinstance(value, str) and not value.strip():
        yield "is empty"


def _is_entity(id_: str, kinds: tuple[str, ...]) -> bool:
    kind, _, key = id_.partition("/")
    return kind in kinds and bool((_STATE_KEY if kind == "state" else _KEY).fullmatch(key))


def _when(when: When) -> Iterator[str]:
    if not all(_DAY.fullmatch(part) for part in (when.start, when.end) if part is not None):
        yield "is not a year, month or day"
        return
    try:
        if when.earliest > when.latest:
            yield "ends before it begins"
    except ValueError:
        yield "is not in the calendar"


def _evidence(place: Evidence) -> Iterator[str]:
    yield from _by_field(place)
    if not 0 <= place.start < place.end:
        yield "is no stretch of a text"


def _meeting(fact: Meeting) -> Iterator[str]:
    if fact.ordinal is not None and fact.ordinal < 1:
        yield f"ordinal {fact.ordinal} is not a number of a series"


def _visit(fact: Visit) -> Iterator[str]:
    if not fact.visitor and not fact.delegation_of:
        yield "has neither a visitor nor a delegation"
    if fact.delegation_of == fact.destination:
        yield f'delegation_of "{fact.delegation_of}" is the destination'


def _trade_volume(fact: TradeVolume) -> Iterator[str]:
    if fact.from_ and fact.from_ == fact.to:
        yield f'from_ "{fact.from_}" is where the flow goes to'
    if fact.currency is not None and not _CURRENCY.fullmatch(fact.currency):
        yield f'currency "{fact.currency}" is not an ISO 4217 code'
    if fact.qualifier == "at_least" and fact.high is not None:
        yield "high is told, but the amount is a lower bound"
    if fact.qualifier == "at_most" and fact.low is not None:
        yield "low is told, but the amount is an upper bound"
    if not any(value.is_nan() for value in (fact.amount, fact.low, fact.high) if value is not None):
        yield from _bounds(fact)


def _bounds(fact: TradeVolume) -> Iterator[str]:
    if fact.amount <= 0:
        yield f"amount {fact.amount} is not above zero"
    if fact.low is not None and not 0 <= fact.low <= fact.amount:
        yield f"low {fact.low} is not between zero and the amount"
    if fact.high is not None and fact.high < fact.amount:
        yield f"high {fact.high} is less than the amount"


def _relation(fact: Relation) -> Iterator[str]:
    if len(fact.party) != 2 or len(set(fact.party)) != 2:
        yield "party is not two different states"


_RULES: dict[type[Fact], Callable[[Any], Iterator[str]]] = {
    Meeting: _meeting,
    Visit: _visit,
    TradeVolume: _trade_volume,
    Relation: _relation,
}
"""What concerns several fields of a class, or the size of a number."""


@cache
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(ONTOLOGY / "shapes.ttl", format="turtle")


def _violations(graph: rdflib.Graph) -> Iterator[Violation]:
    with localcontext() as context:
        context.traps[InvalidOperation] = False  # comparing with a NaN is then false, not an error
        conforms, report, _ = pyshacl.validate(graph, shacl_graph=_shapes())
    if isinstance(report, Exception):  # shapes that cannot be run
        raise report
    for result in () if conforms else report.objects(None, SH.result):
        path = report.value(result, SH.resultPath)
        yield Violation(
            graph="" if graph.identifier == DATASET_DEFAULT_GRAPH_ID else str(graph.identifier),
            focus=str(report.value(result, SH.focusNode)),
            path=str(path) if isinstance(path, rdflib.URIRef) else "",
            message=str(report.value(result, SH.resultMessage)),
        )


@contextmanager
def _silence() -> Iterator[None]:
    """An ill-typed literal is a violation in the report; rdflib would log a traceback of each besides."""
    logger = logging.getLogger("rdflib.term")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def _graphs(store: Store) -> Iterator[rdflib.Graph]:
    """Each graph by itself and in memory.

    pySHACL also takes the store as it is, but then counts all of it at each constraint that fails, and stops with a
    TypeError at a literal where a node should be.
    """
    names = [rdflib.URIRef(name.value) for name in store.named_graphs()]
    for name in sorted(names) or [DATASET_DEFAULT_GRAPH_ID]:
        graph = rdflib.Graph(identifier=name)
        graph += rdflib.Graph(OxigraphStore(store=store), identifier=name)
        yield graph
