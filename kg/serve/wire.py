"""How the server and its workers talk: messages of a JSON head and a body of bytes, over a pair of sockets.

A request is one message. An answer is one or more: the first has the head, all have a part of the body, and the last
says that it is the last, or that the answer broke off.
"""

from __future__ import annotations

import json
import struct
from asyncio import StreamReader
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import IO, Any

_FRAME = struct.Struct("!IIB")


class Mark(IntEnum):
    """What comes after a message."""

    MORE = 0
    LAST = 1
    BROKEN = 2


@dataclass(frozen=True)
class Message:
    """One message; the head is empty in all but the first of an answer."""

    head: Mapping[str, Any] = field(default_factory=dict)
    body: bytes = b""
    mark: Mark = Mark.LAST

    def packed(self) -> bytes:
        """The message as it is sent."""
        head = json.dumps(self.head, ensure_ascii=False).encode("utf-8", "surrogatepass") if self.head else b""
        return _FRAME.pack(len(head), len(self.body), self.mark) + head + self.body


def read(stream: IO[bytes]) -> Message | None:
    """The next message, for a worker; None when the server has closed its end."""
    frame = stream.read(_FRAME.size)
    if len(frame) < _FRAME.size:
        return None
    head, body, mark = _FRAME.unpack(frame)
    return _message(stream.read(head), stream.read(body), mark)


async def receive(stream: StreamReader) -> Message:
    """The next message, for the server. Raises IncompleteReadError when the worker has fallen."""
    head, body, mark = _FRAME.unpack(await stream.readexactly(_FRAME.size))
    rest = await stream.readexactly(head + body)
    return _message(rest[:head], rest[head:], mark)


def _message(head: bytes, body: bytes, mark: int) -> Message:
    return Message(json.loads(head.decode("utf-8", "surrogatepass")) if head else {}, body, Mark(mark))
