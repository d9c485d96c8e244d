"""The addresses of linked data: every thing below ``/id``, and what the server tells of itself."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from kg.rdf import BASE
from kg.serve.formats import GRAPHS, quality
from kg.serve.http import ask, params

_SUFFIXES = {".ttl": "ttl", ".nt": "nt", ".jsonld": "jsonld", ".rdf": "xml", ".html": "html"}
_PLAIN = Path(__file__).resolve().parent / "plain.css"


def routes() -> list[Route]:
    """The addresses."""
    return [
        Route("/id/{id:path}", thing, methods=["GET"]),
        Route("/.well-known/void", well_known, methods=["GET"]),
        Route("/.well-known/sparql-examples", well_known, methods=["GET"]),
        Route("/plain.css", style, methods=["GET"]),
    ]


async def thing(request: Request) -> Response:
    """A thing of the graph, as what the suffix says, else as what the client accepts; nothing said: Turtle."""
    id_, format_ = request.path_params["id"], params(request).one("format")
    raw = request.scope["raw_path"].decode("latin-1").removeprefix("/id/")
    for suffix, name in _SUFFIXES.items():
        if id_.endswith(suffix):
            id_, raw, format_ = id_.removesuffix(suffix), raw.removesuffix(suffix), name
    accept = request.headers.get("accept", "")
    machine = max(quality(accept, media) for offer in GRAPHS for media in (offer.media, *offer.also))
    html = format_ == "html" or (not format_ and _named(accept) and quality(accept, "text/html") >= machine)
    lang = params(request).one("lang")
    args = {"id": id_, "raw": raw, "accept": accept, "format": format_, "html": html, "lang": lang}
    response = await ask(request, "thing", args, varies="Accept")
    if response.status_code == 200:
        response.headers["link"] = _links(id_)
    return response


async def well_known(request: Request) -> Response:
    """VoID, or the named questions as examples."""
    kind = {"void": "void", "sparql-examples": "examples"}[request.url.path.rpartition("/")[2]]
    args = {"accept": request.headers.get("accept", ""), "format": params(request).one("format"),
            "root": str(request.base_url)}
    if quality(args["accept"], "text/html") == 1 and _named(args["accept"]):
        args["format"] = args["format"] or "ttl"  # a browser: show it as text rather than refuse
    return await ask(request, kind, args, varies="Accept")


async def style(_: Request) -> Response:
    """The style of the plain pages."""
    return FileResponse(_PLAIN, media_type="text/css")


def _named(accept: str) -> bool:
    """Whether a client asks for a page by name, as browsers do."""
    return "text/html" in accept.lower() or "application/xhtml" in accept.lower()


def _links(id_: str) -> str:
    """The other forms of a thing, and the IRI that it is known by."""
    address = f"/id/{quote(id_)}"
    forms = ((".ttl", "text/turtle"), (".jsonld", "application/ld+json"), (".html", "text/html"))
    others = [f'<{address}{suffix}>; rel="alternate"; type="{media}"' for suffix, media in forms]
    return ", ".join([f'<{BASE}{quote(id_)}>; rel="canonical"', *others])
