"""The interface for programs: each address below ``/api`` and what answers it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg import __version__
from kg.errors import RequestError
from kg.serve.answers import EXPLORE
from kg.serve.http import ask, body, params, respond
from kg.serve.openapi import document
from kg.serve.reply import as_json

BY_ID = ("entity", "article")
"""Those that take an id as the rest of their path."""


def routes() -> list[Route]:
    """The addresses, the special ones first: the last takes any named query."""
    return [
        Route("/api/status", status, methods=["GET"]),
        Route("/api/lint", lint, methods=["POST"]),
        *(Route(f"/api/{name}/{{id:path}}", _explored(name), methods=["GET"]) for name in BY_ID),
        *(Route(f"/api/{name}", _explored(name), methods=["GET"]) for name in EXPLORE if name not in BY_ID),
        Route("/api/openapi.json", described, methods=["GET"]),
        Route("/api/query/{name}", question, methods=["GET"]),
        Route("/api/{name}", question, methods=["GET"]),
    ]


def _explored(name: str) -> Callable[[Request], Awaitable[Response]]:
    """What answers one of the explorer's addresses."""

    async def answer(request: Request) -> Response:
        pairs = params(request).pairs
        if "id" in request.path_params:
            pairs = [*((key, value) for key, value in pairs if key != "id"), ("id", request.path_params["id"])]
        return await ask(request, name, {"params": pairs})

    return answer


async def question(request: Request) -> Response:
    """``/api/<name>``: the rows of a named question."""
    given = params(request)
    args = {"name": request.path_params["name"], "accept": request.headers.get("accept", ""),
            "format": given.one("format"), "params": [pair for pair in given.pairs if pair[0] != "format"]}
    return await ask(request, "named", args, varies="Accept")


async def described(_: Request) -> Response:
    """``/api/openapi.json``: this interface for programs that read descriptions."""
    return respond(as_json(document()))


async def lint(request: Request) -> Response:
    """``/api/lint``: what is wrong in a query."""
    try:
        text = (await body(request, request.app.state.limits)).decode()
    except UnicodeDecodeError:
        raise RequestError("request", "carries a text that is not UTF-8") from None
    return await ask(request, "lint", {"query": text, "services": sorted(request.app.state.services)})


async def status(request: Request) -> Response:
    """``/api/status``: what this server is, what it holds, and what it allows."""
    options, site = request.app.state.options, request.app.state.site
    return respond(as_json({
        "version": __version__, "snapshot": site.version, **site.holds,
        "writable": bool(options.token), "limits": options.limits.told(), "endpoint": "/sparql",
    }))
