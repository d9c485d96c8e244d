"""One suite of promises for every engine: in memory, in a folder, and a real Oxigraph server."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph
import pytest
import sample

from kg.errors import QueryError, StoreError
from kg.rdf import quads, reported, triples_text
from kg.store import Store, queries
from kg.store.remote import Endpoint
from kg.store.writer import Graph, Writer

OXIGRAPH = Path(sys.executable).with_name("oxigraph")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running Oxigraph server."""
    if not OXIGRAPH.exists():
        pytest.skip("needs the oxigraph server: pip install oxigraph")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("server")
    words = [OXIGRAPH, "serve", "--location", folder / "db", "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(words, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(100):
                with socket.socket() as asked:
                    if asked.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


@pytest.fixture(params=["memory", "folder", pytest.param("server", marks=pytest.mark.slow)])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An empty store on each engine."""
    if request.param == "memory":
        return Store(seeds=[])
    if request.param == "folder":
        return Store(tmp_path / "kg", seeds=[])
    address = request.getfixturevalue("server")
    Endpoint(address).update("DROP ALL")
    return Store(address, seeds=[])


def filled(store: Store) -> Store:
    """The same articles in any store."""
    store.replace(sample.seed_quads())
    store.replace(quads(sample.seed()))
    store.replace(quads(sample.other()))
    return store


def test_the_same_articles_leave_the_same_bytes(store: Store) -> None:
    assert filled(store).dump() == filled(Store(seeds=[])).dump()


def test_bulk_writing_leaves_the_same_bytes_as_one_by_one(store: Store) -> None:
    writer = Writer(store)
    store.replace(sample.seed_quads())
    for extraction in (sample.seed(), sample.other()):
        graph = quads(extraction)
        article = extraction.article
        writer.put(
            Graph(article=article.id, source=article.source, triples=triples_text(graph), reports=(*reported(graph),))
        )
    writer.flush()
    assert store.dump() == filled(Store(seeds=[])).dump()


def test_every_named_query_gives_the_same_rows(store: Store) -> None:
    filled(store)
    expected = filled(Store(seeds=[]))
    for name, query in queries().items():
        needed = (parameter.name for parameter in query.parameters.values() if parameter.required)
        given = {each: PARAMETERS[each] for each in needed}
        mine, theirs = (sorted(map(repr, each.query(name, **given))) for each in (store, expected))
        assert mine == theirs, name


PARAMETERS = {"fact": "relation/KG-KZ.alliance", "a": "KZ", "b": "KG"}


def test_removing_takes_back_what_nobody_else_says(store: Store) -> None:
    filled(store)
    expected = filled(Store(seeds=[]))
    assert store.remove("news/session.txt") == expected.remove("news/session.txt")
    assert store.dump() == expected.dump()
    with pytest.raises(StoreError, match="no such article"):
        store.remove("news/session.txt")


@pytest.mark.parametrize("text", ['a "quoted" \\word\\', "tab\t and\r\nlines", "😀\u2028", "} }; DROP ALL"])
def test_any_text_survives(store: Store, text: str) -> None:
    extraction = sample.other()
    article = extraction.article
    graph = {quad for quad in quads(extraction) if not str(quad.predicate).endswith("#headline>")}
    node = next(iter(graph)).graph_name
    headline = pyoxigraph.NamedNode("https://w3id.org/elchi/ontology#headline")
    graph.add(pyoxigraph.Quad(node, headline, pyoxigraph.Literal(text), node))  # type: ignore[arg-type]
    store.replace(graph)
    assert article.source in store.articles().values()
    assert {quad for quad in store.inner if quad.graph_name != pyoxigraph.DefaultGraph()} == graph


def test_questions_of_every_form(store: Store) -> None:
    filled(store)
    assert store.query("ASK { ?s ?p ?o }")[0] == {"answer": True}
    assert store.query("fact", fact="relation/KG-KZ.alliance").columns == ("subject", "predicate", "object")
    assert store.counts()["articles"] == 2
    with pytest.raises(QueryError, match="not valid SPARQL"):
        store.query("SELECT * { ?s ?p }")


class Busy(BaseHTTPRequestHandler):
    """A server that is busy the first times."""

    left = 0

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        busy = type(self).left > 0
        type(self).left -= 1
        content = b"busy" if busy else b'{"head": {}, "boolean": true}'
        self.send_response(503 if busy else 200)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_busy_server_is_asked_again_and_given_up_in_a_sentence() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Busy) as busy:
        thread = threading.Thread(target=busy.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{busy.server_address[1]}"
        try:
            Busy.left = 3
            assert bool(Endpoint(address, pause_s=0.01).query("ASK {}"))
            Busy.left = 50
            with pytest.raises(StoreError, match=f"{address}: answered with status 503"):
                Endpoint(address, pause_s=0.01)
        finally:
            busy.shutdown()
            thread.join()


def test_a_server_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(StoreError, match=r"http://127\.0\.0\.1:9: cannot be reached"):
        Endpoint("http://127.0.0.1:9", pause_s=0.01)


@pytest.mark.slow
def test_a_command_builds_into_a_server(server: str, sample: Path, tmp_path: Path) -> None:
    Endpoint(server).update("DROP ALL")
    for place in (server, str(tmp_path / "kg")):
        done = subprocess.run(
            [sys.executable, "-m", "kg", "build", str(sample), "--store", place], capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr
    assert Store(server).dump() == Store(tmp_path / "kg").dump()
