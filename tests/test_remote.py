"""One suite of promises for every engine: in memory, in a folder, a real Oxigraph server, and a real Virtuoso."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import httpx
import pyoxigraph
import pytest
import sample
import stores

from kg.errors import QueryError, StoreError
from kg.rdf import quads, reported, triples_text
from kg.store import Store, queries
from kg.store.defaults import Default
from kg.store.remote import Endpoint
from kg.store.writer import Graph, Writer

SERVERS = {
    "oxigraph": Default.OWN,
    "virtuoso": Default.NAMED,
    "union": Default.SHOWN,  # as Neptune, QLever and a Fuseki that is set up so
}


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with stores.oxigraph(tmp_path_factory.mktemp("oxigraph")) as address:
        yield address


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with stores.virtuoso(tmp_path_factory.mktemp("virtuoso")) as address:
        yield address


@pytest.fixture
def union() -> Iterator[str]:
    with stores.like(stores.Paths("/sparql", "/sparql", None, union=True)) as (address, _):
        yield address + "/sparql"


SLOW = [pytest.param(name, marks=pytest.mark.slow) for name in SERVERS if name != "union"]


@pytest.fixture(params=["memory", "folder", "union", *SLOW])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    """An empty store on each engine."""
    if request.param == "memory":
        return Store(seeds=[])
    if request.param == "folder":
        return Store(tmp_path / "kg", seeds=[])
    return Store(stores.emptied(request.getfixturevalue(request.param)), seeds=[])


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
    with stores.serving(Busy) as address:
        Busy.left = 3
        assert bool(Endpoint(address, pause_s=0.01).query("ASK {}"))
        Busy.left = 50
        with pytest.raises(StoreError, match=f"{address}: answered with status 503"):
            Endpoint(address, pause_s=0.01)


def test_a_server_that_is_not_there_is_one_sentence() -> None:
    with pytest.raises(StoreError, match=r"http://127\.0\.0\.1:9: cannot be reached"):
        Endpoint("http://127.0.0.1:9", pause_s=0.01)


@pytest.mark.parametrize("name", ["union", *SLOW])
def test_how_a_server_has_the_default_graph_is_found_out(name: str, request: pytest.FixtureRequest) -> None:
    address = stores.emptied(request.getfixturevalue(name))
    filled(Store(address, seeds=[]))
    endpoint = Endpoint(address)
    assert endpoint.default is SERVERS[name]
    assert sorted(map(str, endpoint.named_graphs())) == sorted(map(str, filled(Store(seeds=[])).inner.named_graphs()))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["oxigraph", "virtuoso"])
def test_a_command_builds_into_a_server(
    name: str, request: pytest.FixtureRequest, sample: Path, tmp_path: Path
) -> None:
    server = stores.emptied(request.getfixturevalue(name))
    for place in (server, str(tmp_path / "kg")):
        done = subprocess.run(
            [sys.executable, "-m", "kg", "build", str(sample), "--store", place], capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr
    there, here = Store(server), Store(tmp_path / "kg")
    assert there.dump() == here.dump()
    assert there.counts() == here.counts()


def test_other_reference_data_takes_the_place_of_the_old(store: Store, tmp_path: Path) -> None:
    files = [tmp_path / "old.ttl", tmp_path / "new.ttl"]
    files[0].write_text(sample.SEED_TURTLE, encoding="utf-8")
    files[1].write_text(sample.SEED_TURTLE.replace("Kyrgyzstan", "Kyrgyz Republic"), encoding="utf-8")
    for file in files:
        store._load_seeds([file])
        assert store.dump() == Store(seeds=[file]).dump()


@pytest.mark.slow
def test_what_virtuoso_cuts_off_is_said(virtuoso: str) -> None:  # that it is read in pages, the test of a build needs
    store = filled(Store(stores.emptied(virtuoso), seeds=[]))
    every_two = "SELECT ?s ?a { ?s ?p ?o . ?a ?b ?c }"
    with pytest.raises(StoreError, match="gives no more than 30000 rows"):
        store.query(every_two)
    assert len(store.query(f"{every_two} LIMIT 29999")) == 29_999


@pytest.mark.slow
def test_a_graph_by_its_name_is_not_silently_empty_on_virtuoso(virtuoso: str) -> None:
    store = filled(Store(stores.emptied(virtuoso), seeds=[]))
    graph = f"<{store.find('news/session.txt')}>"
    with pytest.raises(StoreError, match="VALUES"):
        store.query(f"SELECT * {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
    assert store.query(f"SELECT * {{ VALUES ?graph {{ {graph} }} GRAPH ?graph {{ ?s ?p ?o }} }}")


@pytest.mark.slow
def test_a_language_that_virtuoso_has_lost_is_noticed_before_anything_is_written(virtuoso: str) -> None:
    store = filled(Store(stores.emptied(virtuoso), seeds=[]))
    lines = "".join(f'<http://a/{n}> <http://b> "{n}"@zz-cut .\n' for n in range(4000))
    cut_off = f"INSERT DATA {{ GRAPH <http://cut> {{ {lines} }} }};\n" * 10
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(virtuoso, content=cut_off, headers={"Content-Type": "application/sparql-update"}, timeout=0.2)
    node = pyoxigraph.NamedNode("https://w3id.org/elchi/id/article/cut")
    before = store.dump()
    with pytest.raises(StoreError, match="lost the names of languages"):
        store.inner.extend([pyoxigraph.Quad(node, node, pyoxigraph.Literal("x", language="zz-cut"), node)])
    assert store.dump() == before


@pytest.mark.slow
def test_virtuoso_takes_a_name_and_a_password_by_digest(virtuoso: str) -> None:
    address = virtuoso.replace("//", "//dba:dba@") + "-auth"
    stores.emptied(address)
    store = filled(Store(address, seeds=[]))
    assert store.address == virtuoso + "-auth"
    assert store.dump() == filled(Store(seeds=[])).dump()
    with pytest.raises(StoreError, match="answered with status 401"):
        Endpoint(virtuoso.replace("//", "//dba:wrong@") + "-auth")


STATEMENTS = "/repositories/news/statements"
KINDS = {
    "graphdb": ("/repositories/news", stores.Paths("/repositories/news", STATEMENTS, STATEMENTS, union=True)),
    "fuseki": ("/news", stores.Paths("/news/query", "/news/update", "/news/data", union=False)),
    "fuseki_without_data": ("/news", stores.Paths("/news/query", "/news/update", None, union=False)),
    "neptune": ("/sparql", stores.Paths("/sparql", "/sparql", None, union=True)),
    "qlever": ("", stores.Paths("/", "/", None, union=True, told="Bearer secret")),
    "named": ("/sparql", stores.Paths("/sparql", "/sparql", None, union=True, told="Basic bWU6c2VjcmV0")),
}
NAMES = {"qlever": ":secret@", "named": "me:secret@"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_address_tells_where_a_server_takes_what(kind: str) -> None:
    path, paths = KINDS[kind]
    with stores.like(paths) as (address, asked):
        store = filled(Store(address.replace("//", "//" + NAMES.get(kind, "")) + path, seeds=[]))
        assert store.dump() == filled(Store(seeds=[])).dump()
        store.remove("news/session.txt")
        assert store.articles()
        assert store.address == address + path
    taken = f"{paths.quads} application/n-quads"
    assert (taken in asked) is (paths.quads is not None)


def test_a_server_is_not_served_again() -> None:
    words = [sys.executable, "-m", "kg", "serve", "--store", "http://me:secret@127.0.0.1:9"]
    done = subprocess.run(words, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()[:40]) == (1, "http://127.0.0.1:9: is a server already;")


def test_a_password_is_in_no_message() -> None:
    with pytest.raises(StoreError, match=r"http://127\.0\.0\.1:9: ") as raised:
        Endpoint("http://me:secret@127.0.0.1:9", pause_s=0.01)
    assert "secret" not in str(raised.value)


@pytest.mark.slow
def test_a_server_that_cannot_count_once_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with stores.oxigraph(tmp_path, "--union-default-graph") as address:
        with pytest.raises(StoreError, match="as often as they say it"):
            Store(address, seeds=[]).replace(sample.seed_quads())
        assert not list(Endpoint(address))
