"""What the editor needs to know: labels of the ontology, the named queries, and what can be completed."""

from __future__ import annotations

import re
from typing import Any

from kg.errors import RequestError
from kg.rdf import LISTS, ONTOLOGY
from kg.serve.explore.graph import MOST
from kg.serve.explore.labels import Labels
from kg.serve.explore.search import search
from kg.serve.params import Params
from kg.serve.snapshot import Snapshot
from kg.store.query import Parameter, queries
from kg.store.rows import PREFIXES

Json = dict[str, Any]

KNOWN = {
    **PREFIXES,
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "schema": "https://schema.org/",
}
"""The prefixes that an editor offers."""

_SHOWN = (("map", "country"), ("timeline", "earliest"), ("timeline", "date"), ("chart", "amount"))


def labels(snapshot: Snapshot, params: Params) -> Json:
    """All labels of the ontology in one language."""
    chosen = Labels(snapshot, params.one("lang"))
    terms = {name: chosen.term(name) for name in snapshot.terms}
    lists: dict[str, dict[str, str]] = {list_: {} for list_ in LISTS.values()}
    for name, label in terms.items():
        list_, dash, member = name.partition("-")
        if dash and list_ in lists:
            lists[list_][member] = label
    plain = {name: label for name, label in terms.items() if "-" not in name}
    return {
        "lang": chosen.language, "languages": snapshot.languages,
        "classes": {name: label for name, label in plain.items() if name[:1].isupper()},
        "properties": {name: label for name, label in plain.items() if name[:1].islower()},
        "lists": lists, "descriptions": snapshot.definitions,
    }


def names(snapshot: Snapshot, params: Params) -> dict[str, str]:
    """What things and facts are called, by id; those without a name are left out. Raises RequestError for too many."""
    ids = params.all("ids")
    if len(ids) > MOST:
        raise RequestError("ids", f"are more than {MOST}")
    named = Labels(snapshot, params.one("lang")).of(ids)
    return {id_: label for id_, label in named.items() if label != id_.rsplit("/", 1)[-1]}


def menu(_: Snapshot, __: Params) -> list[Json]:
    """The named queries as an editor shows them."""
    return [
        {"name": name, "summary": query.summary, "description": query.description, "tags": list(query.tags),
         "parameters": [_parameter(each, query.header) for each in query.parameters.values()],
         "sparql": query.text, "route": route(name), "view": view(query.text)}
        for name, query in queries().items() if "/" not in name
    ]


TAKEN = ("between", "facts")
"""Questions whose names are addresses of the explorer."""


def route(name: str) -> str:
    """The address of a named question.

    >>> route("trade"), route("facts")
    ('/api/trade', '/api/query/facts')
    """
    return f"/api/query/{name}" if name in TAKEN else f"/api/{name}"


def view(text: str) -> str:
    """How the rows of a query are best seen, by the columns that it has.

    >>> view("SELECT ?from ?amount WHERE {}"), view("SELECT ?source ?title WHERE {}")
    ('chart', 'table')
    """
    head = re.split(r"\bWHERE\b", text, maxsplit=1)[0]
    columns = set(re.findall(r"\?(\w+)", head.partition("SELECT")[2]))
    return next((shown for shown, column in _SHOWN if column in columns), "table")


def complete(snapshot: Snapshot, params: Params) -> list[Json]:
    """What may be written next: prefixes, classes, properties or entities. Raises RequestError."""
    what, limit = params.one("what"), params.number("limit", 20, MOST)
    asked = params.one("q").lower()
    if what == "prefix":
        return [{"prefix": name, "iri": iri} for name, iri in KNOWN.items() if name.startswith(asked)][:limit]
    if what == "entity":
        found = Params([(key, value) for key, value in params.pairs if key != "class"])
        return [{**each, "name": f"<{each['iri']}>"} for each in search(snapshot, found)]
    if what == "class":
        rows = snapshot.index.execute(
            "SELECT class AS iri, MAX(subjects) AS count FROM stat GROUP BY class ORDER BY count DESC, class")
    elif what == "property" and params.one("class"):
        rows = snapshot.index.execute(
            "SELECT property AS iri, triples AS count FROM stat WHERE class = ? ORDER BY count DESC, property",
            [_whole(params.one("class"))])
    elif what == "property":
        rows = snapshot.index.execute(
            "SELECT property AS iri, SUM(triples) AS count FROM stat GROUP BY property ORDER BY count DESC, property")
    else:
        raise RequestError(what or "what", "must be prefix, class, property or entity")
    chosen = Labels(snapshot, params.one("lang"))
    found_terms = [_term(row["iri"], row["count"], chosen) for row in rows]
    return [each for each in found_terms if _fits(each, asked)][:limit]


def short_name(iri: str) -> str:
    """An IRI with a known prefix, else in brackets.

    >>> short_name(ONTOLOGY + "party"), short_name("urn:x")
    ('kg:party', '<urn:x>')
    """
    for prefix, space in KNOWN.items():
        if iri.startswith(space) and re.fullmatch(r"\w[\w-]*", iri.removeprefix(space)):
            return f"{prefix}:{iri.removeprefix(space)}"
    return f"<{iri}>"


def _term(iri: str, count: int, chosen: Labels) -> Json:
    label = chosen.term(iri.removeprefix(ONTOLOGY)) if iri.startswith(ONTOLOGY) else short_name(iri)
    return {"iri": iri, "name": short_name(iri), "label": label, "count": count}


def _fits(term: Json, asked: str) -> bool:
    """Whether a term begins as is asked, by its name, the end of its name, or a word of its label."""
    name = term["name"].lower()
    starts = (name, name.partition(":")[2], *term["label"].lower().split())
    return any(start.startswith(asked) for start in starts)


def _whole(name: str) -> str:
    """The IRI of a class from its IRI or its short name."""
    prefix, _, local = name.strip("<>").partition(":")
    return KNOWN[prefix] + local if prefix in KNOWN else name.strip("<>")


def _parameter(parameter: Parameter, header: Any) -> Json:  # noqa: ANN401 - a header holds text or pairs
    examples = header.get("examples", {})
    example = examples.get(parameter.name, "") if isinstance(examples, dict) else ""
    return {"name": parameter.name, "type": parameter.type, "required": parameter.required, "help": parameter.help,
            "example": example}
