"""What ``--writable`` opens to those who have the token: updates, and articles put in and taken out."""

from __future__ import annotations

import hmac

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.errors import RequestError
from kg.serve.http import body, params, respond
from kg.serve.publisher import Change
from kg.serve.reply import as_json, refused
from kg.serve.site import Site


def routes() -> list[Route]:
    """The addresses that change the graph."""
    return [
        Route("/api/articles", put, methods=["POST"]),
        Route("/api/article/{id:path}", take, methods=["DELETE"]),
    ]


async def update(request: Request, text: str) -> Response:
    """A SPARQL update. Raises RequestError."""
    return await _change(request, ("update", "", text), 200, "result")


async def put(request: Request) -> Response:
    """``POST /api/articles?name=report.txt``: the text of an article, which is read and stored."""
    if refusal := _refusal(request):
        return refusal
    name = params(request).one("name", "article.txt")
    try:
        text = (await body(request, request.app.state.limits)).decode()
    except UnicodeDecodeError:
        raise RequestError(name, "is not UTF-8 text") from None
    return await _change(request, ("put", name, text), 201, "article")


async def take(request: Request) -> Response:
    """``DELETE /api/article/<id>``: the article goes, with the facts that nothing else supports."""
    id_ = request.path_params["id"]
    return await _change(request, ("take", id_ if id_.startswith("article/") else f"article/{id_}", ""), 200, "lost")


async def _change(request: Request, change: Change, status: int, name: str) -> Response:
    """Change the graph, and answer when the change is served."""
    if refusal := _refusal(request):
        return refusal
    site: Site = request.app.state.site
    said = await site.change(change)
    return respond(as_json({name: said.split("\n") if name == "lost" else said, "snapshot": site.version}, status))


def _refusal(request: Request) -> Response | None:
    """The answer to who may not change the graph, or None. Raises RequestError if nobody may."""
    token: str = request.app.state.options.token
    if not token:
        raise RequestError("update", "is refused: this server only reads", 403)
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode()):
        return None
    response = respond(refused(RequestError("request", "needs the bearer token of this server", 401)))
    response.headers["www-authenticate"] = 'Bearer realm="elchi"'
    return response
