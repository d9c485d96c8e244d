"""An answer on its way from a worker to the server: collected, counted, and sent in parts if it is long."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, cast

from kg.errors import KgError, RequestError
from kg.serve.limits import Limits
from kg.serve.wire import Mark, Message

FIRST, PART = 1 << 20, 1 << 18
"""Bytes that are kept before the first is sent, so that a failure up to there is a clean error; bytes of a part."""

_MB = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a worker answers; ``body`` is bytes, or a function that writes them. ``row`` stands between two rows."""

    body: bytes | Callable[[IO[bytes]], object]
    media: str = "application/json"
    status: int = 200
    row: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def as_json(value: Any, status: int = 200) -> Reply:  # noqa: ANN401 - anything that JSON can hold
    """A value as a JSON answer."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Reply(body=text.encode("utf-8", "replace"), status=status)


def problem(status: int, detail: str, **more: object) -> Reply:
    """An error as the answer that RFC 9457 describes."""
    title = TITLES.get(status, "Error")
    reply = as_json({"type": "about:blank", "title": title, "status": status, "detail": detail, **more})
    return Reply(body=reply.body, status=status, media="application/problem+json")


def refused(error: KgError) -> Reply:
    """The answer to a request that cannot be answered."""
    if isinstance(error, RequestError):
        return problem(error.status, str(error), **error.more)
    return problem(400, str(error))


TITLES = {
    400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
    406: "Not Acceptable", 413: "Content Too Large", 415: "Unsupported Media Type", 500: "Internal Server Error",
    503: "Service Unavailable",
}


class Output(io.RawIOBase):
    """Where a worker writes one answer: the reply's head goes out with the first part."""

    def __init__(self, send: Callable[[bytes], object], reply: Reply, limits: Limits) -> None:
        super().__init__()
        self.started = False
        self._send, self._reply, self._limits = send, reply, limits
        self._kept = bytearray()
        self._size = self._rows = 0

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: Any, /) -> int:  # noqa: ANN401 - the buffer protocol has no type in Python 3.11
        """Keep or send some bytes. Raises RequestError once they are more than an answer may have."""
        data = bytes(data)
        self._kept += data
        self._size += len(data)
        self._rows += data.count(self._reply.row) if self._reply.row else 0
        limits = self._limits
        if limits.answer_mb and self._size > limits.answer_mb * _MB:
            raise RequestError("answer", f"is larger than {limits.answer_mb} MB; ask for less, with LIMIT for example")
        if limits.rows and self._rows > limits.rows:
            raise RequestError("answer", f"has more than {limits.rows} rows; ask for less, with LIMIT for example")
        if len(self._kept) >= (PART if self.started else FIRST):
            self._part(Mark.MORE)
        return len(data)

    def finish(self, mark: Mark = Mark.LAST) -> None:
        """Send what is left."""
        self._part(mark)

    def _part(self, mark: Mark) -> None:
        reply = self._reply
        head = {} if self.started else {"status": reply.status, "media": reply.media, "headers": dict(reply.headers)}
        self._send(Message(head, bytes(self._kept), mark).packed())
        self._kept.clear()
        self.started = True


def deliver(send: Callable[[bytes], object], reply: Reply, limits: Limits) -> None:
    """Send a whole reply; if it fails on the way, an error instead, or what breaks it off if a part has gone."""
    output = Output(send, reply, limits)
    try:
        if callable(reply.body):
            reply.body(cast("IO[bytes]", output))
        else:
            output.write(reply.body)
    except (KgError, SyntaxError, ValueError, OSError) as error:
        if output.started:
            output.finish(Mark.BROKEN)
        else:
            known = error if isinstance(error, KgError) else RequestError("answer", f"cannot be written: {error}", 500)
            deliver(send, refused(known), limits)
    else:
        output.finish()
