"""Between HTTP and the workers: a request's parameters, and an answer as a response."""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Send

from kg.errors import KgError, RequestError
from kg.serve.limits import Limits
from kg.serve.params import Params, parameters
from kg.serve.pool import Answer
from kg.serve.reply import Reply, refused
from kg.serve.site import Site

RETRY_S = "2"
_KB = 1024


def params(request: Request) -> Params:
    """The parameters in the address of a request."""
    return Params(parameters(request.scope["query_string"]))


async def body(request: Request, limits: Limits) -> bytes:
    """What a request carries. Raises RequestError (413) as soon as it is too much."""
    kept = bytearray()
    async for part in request.stream():
        kept += part
        if limits.request_kb and len(kept) > limits.request_kb * _KB:
            raise RequestError("request", f"carries more than {limits.request_kb} kB", 413)
    return bytes(kept)


def respond(reply: Reply | Answer) -> Response:
    """An answer as a response; one that comes in parts breaks the connection where it breaks off."""
    headers = {"cache-control": "no-cache", **reply.headers}
    if reply.status == 503:
        headers["retry-after"] = RETRY_S
    media = f"{reply.media}; charset=utf-8" if reply.media.startswith("text/") else reply.media
    if isinstance(reply, Answer) and reply.rest is not None:
        return _Parts(_parts(reply), reply.status, headers, media)
    return Response(reply.body, reply.status, headers, media)


def failed(_: Request, error: Exception) -> Response:
    """The response to a request that raised a KgError."""
    if not isinstance(error, KgError):
        raise error
    return respond(refused(error))


async def ask(request: Request, kind: str, args: Mapping[str, Any], *, varies: str = "") -> Response:
    """The response of a worker, with the snapshot as its ETag; 304 if the client has it. Raises RequestError."""
    site: Site = request.app.state.site
    tag = etag(site.version, request.headers.get("accept", "") if varies else "")
    if request.method == "GET" and request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={"etag": tag})
    response = respond(await site.ask(kind, args))
    if response.status_code == 200:
        response.headers["etag"] = tag
    if varies:
        response.headers["vary"] = varies
    return response


def etag(version: str, accept: str) -> str:
    """The tag of everything in a snapshot, in what a client accepts.

    >>> etag("a1", "") != etag("a1", "text/csv")
    True
    """
    return f'W/"{version}-{zlib.crc32(accept.encode()):08x}"'


class _Parts(StreamingResponse):
    """A response in parts. One that breaks off is left without its end, so that the server cuts the connection."""

    async def stream_response(self, send: Send) -> None:
        """Send the parts."""
        with contextlib.suppress(ConnectionAbortedError):
            await super().stream_response(send)


async def _parts(answer: Answer) -> Any:  # noqa: ANN401 - an asynchronous generator of bytes
    yield answer.body
    if answer.rest is not None:
        async for part in answer.rest:
            yield part
