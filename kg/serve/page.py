"""The page for people: the built front end where it is there, else a plain page that says so."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

ASSETS = Path(__file__).resolve().parent / "assets"

_PLAIN = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Elchi</title><link rel="stylesheet" href="/plain.css"></head>
<body><main><h1>Elchi</h1>
<p>The explorer was not built when this program was installed, so there is no page here. All else is at work:</p>
<ul><li>the SPARQL endpoint: <a href="/sparql">/sparql</a></li>
<li>the interface for programs: <a href="/api/openapi.json">/api/openapi.json</a></li>
<li>a description of the data: <a href="/.well-known/void">/.well-known/void</a></li>
<li>every thing has a page, such as <a href="/id/state/KZ">/id/state/KZ</a></li></ul>
<p>To have the explorer, install again where Node.js and a registry of its packages can be reached.</p>
</main></body></html>
"""


def routes(assets: Path = ASSETS) -> list[BaseRoute]:
    """The page at the root, and the files that it is made of."""
    if not (assets / "index.html").is_file():
        return [Route("/", _plain, methods=["GET"])]

    async def index(_: Request) -> Response:
        return FileResponse(assets / "index.html", media_type="text/html", headers={"cache-control": "no-cache"})

    return [Route("/", index, methods=["GET"]), Mount("/assets", StaticFiles(directory=assets))]


async def _plain(_: Request) -> Response:
    return HTMLResponse(_PLAIN)
