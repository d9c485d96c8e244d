"""The SPARQL 1.1 Protocol and the reads of the Graph Store Protocol."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from kg.errors import RequestError
from kg.serve import changes
from kg.serve.formats import media_type
from kg.serve.http import ask, body, params
from kg.serve.params import Params, parameters

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"


async def sparql(request: Request) -> Response:
    """``/sparql``: a query by GET, form, POST or QUERY; without one, what the endpoint can do."""
    given = await _given(request)
    if given.all("update"):
        return await changes.update(request, given.one("update"))
    if not given.all("query"):
        if request.method == "GET":
            return await ask(request, "description", _asked(request, given), varies="Accept")
        raise RequestError("request", "has no query")
    args = {
        **_asked(request, given), "query": given.one("query"), "default": given.all("default-graph-uri"),
        "named": given.all("named-graph-uri"), "services": sorted(request.app.state.services),
    }
    return await ask(request, "sparql", args, varies="Accept")


async def store(request: Request) -> Response:
    """``/store``: a whole graph, the default one or the one that is named."""
    given = params(request)
    if given.names() & {"default", "graph"} in (set(), {"default", "graph"}):
        raise RequestError("request", "names no graph; it takes either ?default or ?graph=IRI")
    args = {**_asked(request, given), "graph": given.one("graph")}
    if "graph" in given.names() and not args["graph"]:
        raise RequestError("graph", "is empty; it takes the IRI of a graph")
    return await ask(request, "graph", args, varies="Accept")


def _asked(request: Request, given: Params) -> dict[str, str]:
    """In what format the answer is wanted, and where the server is."""
    return {"accept": request.headers.get("accept", ""), "format": given.one("format"), "root": str(request.base_url)}


async def _given(request: Request) -> Params:
    """The parameters of a request to the endpoint, from wherever its method has them. Raises RequestError."""
    address = params(request)
    if request.method in {"GET", "HEAD"}:
        if address.all("update"):
            raise RequestError("update", "comes by POST, never by GET")
        return address
    kind = media_type(request.headers.get("content-type", ""))
    carried = await body(request, request.app.state.limits)
    if kind == FORM and request.method == "POST":
        return Params([*address.pairs, *parameters(carried.strip())])
    name = {QUERY: "query", UPDATE: "update"}.get(kind)
    if name is None or (name == "update" and request.method != "POST"):
        raise RequestError(kind or "a request without a media type", f"is not what this takes; send {QUERY}", 415)
    try:
        return Params([*address.pairs, (name, carried.decode())])
    except UnicodeDecodeError:
        raise RequestError("request", "carries a text that is not UTF-8") from None
