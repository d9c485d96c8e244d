"""Starting and stopping: the first snapshot, the port, and cleaning up."""

from __future__ import annotations

import contextlib
import ipaddress
import logging
import os
import secrets
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import uvicorn

from kg.errors import ServeError
from kg.serve.app import Options, application
from kg.serve.publisher import Publisher
from kg.serve.security import LOCAL
from kg.serve.site import Site
from kg.serve.snapshot import is_published
from kg.store.snapshots import CURRENT

STOP_S = 3
PUBLISH_S = 3600.0


def serve(store: Path, options: Options, host: str, port: int, say: Callable[[str], None]) -> None:
    """Serve a store until the process is told to stop. Raises KgError if it cannot be started."""
    if store.name == CURRENT and is_published(store.parent):
        store = store.parent
    if options.token and is_published(store):
        raise ServeError(store, "was made by kg publish and never changes; --writable needs the store itself")
    local = _is_local(host)
    missing = options.limits.missing()
    if not local and missing:
        raise ServeError(host, f"is open to other machines, so these limits must be set: {', '.join(missing)}")
    if local:
        options = replace(options, hosts=LOCAL | {host.lower()} | {name.lower() for name in options.hosts})
    listening = _bound(host, port)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    with listening, _root(store) as root:
        first = root / secrets.token_hex(6)
        publisher = Publisher(store, root, PUBLISH_S)
        publisher.first(first)
        site = Site(first, options.limits, publisher)
        config = uvicorn.Config(
            application(site, options), log_config=None, log_level="warning", access_log=False, server_header=False,
            lifespan="on", timeout_graceful_shutdown=STOP_S, ws="none",
        )
        say(f"http://{_shown(host)}:{listening.getsockname()[1]}/")
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listening])


def _is_local(host: str) -> bool:
    """Whether only this machine reaches an address.

    >>> _is_local("localhost"), _is_local("::1"), _is_local("0.0.0.0"), _is_local("example.org")
    (True, True, False, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _bound(host: str, port: int) -> socket.socket:
    """The port, so that nobody else gets it while the snapshot is made. Raises ServeError."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except (OSError, OverflowError) as error:
        raise ServeError(f"{host}:{port}", f"cannot be listened on ({error.args[-1]})") from None


@contextlib.contextmanager
def _root(store: Path) -> Iterator[Path]:
    """A folder for snapshots beside the store, because links need the same disk; else among temporary files."""
    beside = store.absolute().parent
    _sweep(beside, store.name)
    where = beside if os.access(beside, os.W_OK) else Path(tempfile.gettempdir())
    root = Path(tempfile.mkdtemp(prefix=f".{store.name}-serve-{os.getpid()}-", dir=where))
    try:
        yield root
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _sweep(folder: Path, name: str) -> None:
    """Remove what servers left behind that were killed."""
    for old in folder.glob(f".{name}-serve-*"):
        pid = old.name.removeprefix(f".{name}-serve-").partition("-")[0]
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            shutil.rmtree(old, ignore_errors=True)
        except (ValueError, OSError):  # not ours to judge
            continue
