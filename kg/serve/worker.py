"""A worker: a process that answers one request after the other from a snapshot, and may be ended at any moment."""

from __future__ import annotations

import contextlib
import signal
import socket
import sys
from pathlib import Path
from types import ModuleType

from kg.errors import KgError
from kg.serve.answers import ANSWERS
from kg.serve.limits import Limits
from kg.serve.reply import deliver, refused
from kg.serve.snapshot import Snapshot
from kg.serve.wire import Message, read

try:
    import resource as _resource
except ImportError:  # Windows has no such limits
    resource: ModuleType | None = None
else:
    resource = _resource


def work(connection: socket.socket, folder: str, limits: Limits) -> None:
    """Answer what comes over a connection until the server closes it; the first message tells that it is ready."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then closes the connection
    _bound(limits)
    snapshot = Snapshot.open(Path(folder))
    with connection, connection.makefile("rb") as requests, contextlib.suppress(BrokenPipeError):
        connection.sendall(Message({"status": 200}).packed())
        while request := read(requests):
            try:
                reply = ANSWERS[request.head["kind"]](snapshot, request.head["args"])
            except KgError as error:
                reply = refused(error)
            deliver(connection.sendall, reply, limits)


def _bound(limits: Limits) -> None:
    """Let the process end rather than take the memory of the machine, and leave no core file when it falls."""
    if resource is None:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if limits.memory_mb and sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (limits.memory_mb << 20, limits.memory_mb << 20))
