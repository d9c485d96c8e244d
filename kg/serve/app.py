"""The application: which path is answered by what."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.errors import KgError, RequestError
from kg.serve import changes, data, endpoint, page, routes
from kg.serve.http import failed
from kg.serve.limits import Limits
from kg.serve.security import LOCAL, Guarded
from kg.serve.site import Site

GZIP_BYTES, GZIP_LEVEL = 2000, 4


@dataclass(frozen=True, kw_only=True)
class Options:
    """How a server is told to behave: which names it answers to, whose scripts may read it, what it may ask itself."""

    hosts: Collection[str] = LOCAL
    origins: Collection[str] = ()
    services: Collection[str] = ()
    log_queries: bool = False
    token: str = ""
    limits: Limits = field(default_factory=Limits)


def application(site: Site, options: Options) -> Starlette:
    """The application that serves a site."""

    @asynccontextmanager
    async def running(_: Starlette) -> AsyncIterator[None]:
        await site.start()
        try:
            yield
        finally:
            await site.close()

    app = Starlette(
        routes=_routes(),
        lifespan=running,
        exception_handlers={KgError: failed, 404: _missing, 405: _method},
        middleware=[
            Middleware(Guarded, options.hosts, log_queries=options.log_queries, shared=bool(options.origins)),
            *([Middleware(CORSMiddleware, allow_origins=list(options.origins), allow_methods=["GET", "POST", "QUERY"],
                          allow_headers=["content-type"], expose_headers=["etag", "link"])] if options.origins else []),
            Middleware(GZipMiddleware, minimum_size=GZIP_BYTES, compresslevel=GZIP_LEVEL),
        ],
    )
    app.state.site = site
    app.state.limits = options.limits
    app.state.options = options
    app.state.services = frozenset(options.services)
    return app


def _routes() -> list[BaseRoute]:
    return [
        Route("/sparql", endpoint.sparql, methods=["GET", "POST", "QUERY"]),
        Route("/store", endpoint.store, methods=["GET"]),
        *routes.routes(),
        *data.routes(),
        *changes.routes(),
        *page.routes(),
    ]


def _missing(request: Request, _: Exception) -> Response:
    return failed(request, RequestError(request.url.path, "there is nothing here", 404))


def _method(request: Request, error: Exception) -> Response:
    response = failed(request, RequestError(request.method, "is not a method of this address", 405))
    response.headers.update(getattr(error, "headers", None) or {})
    return response
