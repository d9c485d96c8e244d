"""What every request passes first and every answer carries: a known host, headers for the browser, and a log."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.http import respond
from kg.serve.reply import problem

POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; script-src 'self'; worker-src 'self' blob:; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "content-security-policy": POLICY,
}
LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})

_HOST = re.compile(r"[A-Za-z0-9._:\[\]-]{1,260}")
_LOG = logging.getLogger("kg.serve")


class Guarded:
    """An application behind a check of the host that a request names: it keeps other sites' scripts out.

    ``hosts`` are names without a port; none at all lets every name through. Texts of queries stay out of the log unless
    told. ``shared``: other sites may read the answers.
    """

    def __init__(
        self, app: ASGIApp, hosts: Collection[str], *, log_queries: bool = False, shared: bool = False
    ) -> None:
        self.app, self.hosts, self.log_queries = app, frozenset(hosts), log_queries
        self.headers = HEADERS if shared else {**HEADERS, "cross-origin-resource-policy": "same-origin"}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(raw=message.setdefault("headers", []))
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            named = Headers(scope=scope).get("host", "")
            if not _HOST.fullmatch(named) or (self.hosts and host(named) not in self.hosts):
                await respond(problem(400, "the Host header names another server"))(scope, receive, send_with_headers)
            else:
                await self.app(scope, receive, send_with_headers)
        finally:
            self._log(scope, status, time.perf_counter() - started)

    def _log(self, scope: Scope, status: int, seconds: float) -> None:
        query = f"?{scope['query_string'].decode('latin-1')}" if self.log_queries and scope["query_string"] else ""
        client = scope["client"][0] if scope["client"] else "-"
        path = scope["path"].encode("unicode_escape").decode()  # a line break in a path would forge a line
        _LOG.info("%s %s %s%s %s %.0f ms", client, scope["method"], path, query, status, seconds * 1000)


def host(header: str) -> str:
    """The name in a Host header, without the port, in lower case.

    >>> host("LocalHost:8080"), host("[::1]:80"), host("")
    ('localhost', '[::1]', '')
    """
    name = header.strip().lower()
    if name.startswith("["):
        name, closed, _ = name.partition("]")
        return name + closed
    return name.partition(":")[0]
