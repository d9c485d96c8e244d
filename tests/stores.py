"""Servers for the tests: real ones where their programs are installed, and one that behaves like many others."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs

import pytest
from pyoxigraph import Quad, QueryResultsFormat, QueryTriples, RdfFormat, Store, parse, serialize

from kg.store.defaults import UNION, Default
from kg.store.remote import Endpoint

OXIGRAPH = Path(sys.executable).with_name("oxigraph")
VIRTUOSO, ISQL = shutil.which("virtuoso-t"), shutil.which("isql-vt")
VIRTUOSO_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
[HTTPServer]
ServerThreads = 10
ServerPort = 127.0.0.1:{http}
[SPARQL]
ResultSetMaxRows = 30000
"""


def free_port() -> int:
    """A port that nobody listens to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def running(words: list[object], port: int) -> Iterator[None]:
    """A program, from when it listens until the end of the block."""
    with subprocess.Popen(list(map(str, words)), stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(300):
                with socket.socket() as asked:
                    if asked.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield
        finally:
            process.terminate()


@contextmanager
def oxigraph(folder: Path, *options: str) -> Iterator[str]:
    """The address of a running Oxigraph server."""
    if not OXIGRAPH.exists():
        pytest.skip("needs the oxigraph server: pip install oxigraph")
    port = free_port()
    with running([OXIGRAPH, "serve", "--location", folder / "db", "--bind", f"127.0.0.1:{port}", *options], port):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """The address of a running Virtuoso as it is installed, but that anybody may change it."""
    if VIRTUOSO is None or ISQL is None:
        pytest.skip("needs Virtuoso: apt-get install virtuoso-opensource-7-bin")
    http, sql = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(folder=folder, http=http, sql=sql))
    with running([VIRTUOSO, "+foreground", "+configfile", folder / "virtuoso.ini"], http):
        grant = 'exec=GRANT SPARQL_UPDATE TO "SPARQL";'
        subprocess.run([ISQL, f"127.0.0.1:{sql}", "dba", "dba", grant], check=True, capture_output=True)
        yield f"http://127.0.0.1:{http}/sparql"


def emptied(address: str) -> str:
    """The address of a server, from which all that Elchi may have put there has been taken away."""
    endpoint = Endpoint(address)
    assert endpoint.default  # found out now, as it tells which graphs are ours
    graphs = [UNION, *endpoint.named_graphs()]
    endpoint.update(";\n".join(["DROP SILENT DEFAULT"] * (endpoint.default is Default.OWN)
                               + [f"DROP SILENT GRAPH {graph}" for graph in graphs]))
    return address


class Paths(NamedTuple):
    """Where a kind of server takes what, whether its default graph is the union, and what it wants to be told."""

    query: str
    update: str
    quads: str | None
    union: bool
    told: str | None = None


class _Handler(BaseHTTPRequestHandler):
    """A SPARQL server that behaves as its paths tell."""

    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16  # an answer in one piece; in two, each would wait for the other side
    paths: Paths
    inner: Store
    shown: list[Store]
    asked: list[str]

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        media = self.headers["Content-Type"]
        self.asked.append(f"{self.path} {media}")
        paths, told = self.paths, self.headers["Authorization"]
        if paths.told is not None and told != paths.told:
            self._answer(401, "text/plain", b"who are you?")
        elif self.path == paths.query and media == "application/x-www-form-urlencoded":
            self._answer(*self._asked(parse_qs(content.decode())["query"][0]))
        elif self.path == paths.update and media == "application/sparql-update":
            self.inner.update(content.decode())
            self.shown.clear()
            self._answer(204, "text/plain", b"")
        elif self.path == paths.quads and media == "application/n-quads":
            self.inner.extend(parse(input=content, format=RdfFormat.N_QUADS))
            self.shown.clear()
            self._answer(204, "text/plain", b"")
        else:
            self._answer(404, "text/plain", b"not here")

    def _asked(self, query: str) -> tuple[int, str, bytes]:
        if not self.shown:
            self.shown.append(Store())
            self.shown[0].extend(self.inner)
            if self.paths.union:
                self.shown[0].extend(Quad(each.subject, each.predicate, each.object) for each in self.inner)
        try:
            answer = self.shown[0].query(query)
        except SyntaxError as error:
            return 400, "text/plain", str(error).encode()
        if isinstance(answer, QueryTriples):
            return 200, "application/n-triples", serialize(answer, format=RdfFormat.N_TRIPLES)
        return 200, "application/sparql-results+json", answer.serialize(format=QueryResultsFormat.JSON)

    def _answer(self, status: int, media: str, content: bytes) -> None:
        self.send_response(status)
        if status == 401:
            self.send_header("WWW-Authenticate", 'Basic realm="graph"')
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address of a server in this process."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def like(paths: Paths) -> Iterator[tuple[str, list[str]]]:
    """The address of a server that behaves like another, and the list of what it is asked."""
    asked: list[str] = []
    handler = type("Handler", (_Handler,), {"paths": paths, "inner": Store(), "shown": [], "asked": asked})
    with serving(handler) as address:
        yield address, asked
