"""The description of the interface for programs (OpenAPI 3.1): the explorer's addresses and all named questions."""

from __future__ import annotations

from functools import cache
from typing import Any

from kg import __version__
from kg.serve.explore.editor import route
from kg.store.query import Parameter, queries

Json = dict[str, Any]

_FILTERS = (
    "class*", "kind*", "status*", "from:date", "to:date", "undated", "support:integer", "publisher*", "language*",
)
_PAGE = ("offset:integer", "limit:integer")

ADDRESSES: dict[str, tuple[str, tuple[str, ...]]] = {
    "/api/search": ("Things and articles by name, in any script", ("q!", "class*", "limit:integer", "lang")),
    "/api/overview": ("The things with most facts, and what ties them", ("limit:integer", "lang", *_FILTERS)),
    "/api/neighbours": ("What a thing is tied to", ("id!", "neighbour*", "lang", *_PAGE, *_FILTERS)),
    "/api/between": ("What ties some things", ("ids*", "nodes", "lang", *_FILTERS)),
    "/api/path": ("A shortest path between two things", ("from_id!", "to_id!", "lang", *_FILTERS)),
    "/api/timeline": ("How many facts there are in each month or year", ("id", "other", "ids*", *_FILTERS)),
    "/api/facets": ("What there is to filter by", ("id", "ids*", "lang", *_FILTERS)),
    "/api/facts": ("Facts with their evidence",
                   ("edge", "from_id", "to_id", "id", "fact", "lang", *_PAGE, *_FILTERS)),
    "/api/entity/{id}": ("One thing or fact", ("lang", *_PAGE, *_FILTERS)),
    "/api/article/{id}": ("One article with its text, mentions and facts", ("lang",)),
    "/api/pair": ("Everything between two things", ("a!", "b!", "lang", *_PAGE, *_FILTERS)),
    "/api/trade-series": ("The figures of one party with each partner", ("id!", "lang")),
    "/api/labels": ("The labels of the ontology", ("lang",)),
    "/api/names": ("What things and facts are called", ("ids*", "lang")),
    "/api/queries": ("The named questions", ()),
    "/api/complete": ("What may be written next in a query", ("what!", "q", "class", "limit:integer", "lang")),
    "/api/status": ("What this server is and holds", ()),
    "/.well-known/void": ("What the data holds (VoID)", ("format",)),
}
"""What each address answers, and its parameters: ``!`` must be given, ``*`` may be repeated, ``:`` has another type."""

_ENUMS = {"what": ["prefix", "class", "property", "entity"], "undated": ["0", "1"], "nodes": ["0", "1"],
          "lang": ["en", "ru", "kk", "ky", "uz-latn", "uz-cyrl"]}
_TYPES: dict[str, Json] = {
    "date": {"type": "string", "format": "date"}, "integer": {"type": "integer", "minimum": 0, "maximum": 10**8},
    "decimal": {"type": "number"}, "iri": {"type": "string"},
}


@cache
def document() -> Json:
    """The whole description."""
    paths = {address: {"get": _operation(summary, [_parameter(each) for each in given], address)}
             for address, (summary, given) in ADDRESSES.items()}
    for name, query in queries().items():
        if "/" not in name:
            given = [_asked(each) for each in query.parameters.values()]
            format_ = {"name": "format", "in": "query", "required": False,
                       "schema": {"type": "string", "enum": ["json", "csv"]}}
            paths[route(name)] = {"get": {
                **_operation(query.summary, [*given, format_], route(name)), "description": query.description,
                "tags": list(query.tags)}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Elchi", "version": __version__,
                 "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
                 "description": "A graph of diplomatic and trade news. SPARQL 1.1 is at /sparql."},
        "paths": {**paths, "/sparql": {"get": _sparql()}, "/api/lint": {"post": _lint()}},
    }


def _operation(summary: str, parameters: list[Json], address: str) -> Json:
    if "{id}" in address:
        parameters = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}},
                      *parameters]
    return {"summary": summary, "operationId": address.strip("/").replace("/", "_"), "parameters": parameters,
            "responses": _responses("application/json")}


def _responses(media: str) -> Json:
    error = {"content": {"application/problem+json": {"schema": {"type": "object"}}}}
    return {"200": {"description": "The answer", "content": {media: {}}},
            "400": {"description": "The request is wrong", **error},
            "404": {"description": "Nothing is there", **error},
            "406": {"description": "No such format", **error},
            "503": {"description": "It took too long, or there was too much at once", **error}}


def _parameter(told: str) -> Json:
    """A parameter from its short form.

    >>> _parameter("class*")["schema"], _parameter("q!")["required"]
    ({'type': 'array', 'items': {'type': 'string'}}, True)
    """
    name, _, type_ = told.rstrip("*!").partition(":")
    schema: Json = _TYPES[type_] if type_ else {"type": "string"}
    if name in _ENUMS:
        schema = {"type": "string", "enum": _ENUMS[name]}
    if told.endswith("*"):
        schema = {"type": "array", "items": schema}
    return {"name": name, "in": "query", "required": told.endswith("!"), "schema": schema}


def _asked(parameter: Parameter) -> Json:
    return {"name": parameter.name, "in": "query", "required": parameter.required, "description": parameter.help,
            "schema": _TYPES.get(parameter.type, {"type": "string"})}


def _sparql() -> Json:
    given = [_parameter(each) for each in ("query", "default-graph-uri*", "named-graph-uri*", "format")]
    return {**_operation("The SPARQL 1.1 Protocol", given, "/sparql"),
            "responses": _responses("application/sparql-results+json")}


def _lint() -> Json:
    return {"summary": "What is wrong in a query", "operationId": "lint", "responses": _responses("application/json"),
            "requestBody": {"required": True, "content": {"text/plain": {"schema": {"type": "string"}}}}}
