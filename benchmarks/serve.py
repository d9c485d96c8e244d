"""How quickly `kg serve` answers, beside `oxigraph serve-read-only` and rdflib-endpoint, in one run on the same data.

    python -m venv /tmp/others && /tmp/others/bin/pip install oxigraph "rdflib-endpoint[web]" oxrdflib
    .venv/bin/python benchmarks/serve.py --others /tmp/others [--articles 10000] [--json FILE]

It writes articles with random facts about real states into a store of its own (see ``made``), starts one server after
the other, and prints requests a second of eight clients and the median time of one. Every server gets the same text:
each named query as it is, and with a value where one is natural. What takes longer than --limit seconds is told as
such and the server started anew. Any server that is not there is left out. Then texts that crash or hang are sent to
`kg serve` with a single worker, and the time of the request after each is printed beside the usual one.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from made import fill

from kg.serve.snapshot import publish
from kg.store import queries

CLIENTS, SECONDS, REPEATS = 8, 3.0, 30
ASK = "ASK {}"
LOOK_UP = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 10"
NATURAL = {
    "party": "KZ", "state": "KZ", "code": "KZ", "of": "KZ", "one": "KZ", "other": "KG", "to": "KZ",
    "person": "Kassym-Jomart Tokayev", "language": "kk", "class": "Visit", "topic": "trade",
}
"""What people give for a parameter; a query with several gets the first, ``between`` both of its own."""

Figures = dict[str, float | None]


@dataclass(frozen=True)
class Server:
    """A server to be measured: its command, and where it takes queries."""

    command: list[str]
    port: int
    path: str = "/sparql"

    def request(self, query: str) -> bytes:
        """A request as bytes, asking for JSON."""
        return (f"GET {self.path}?{urlencode({'query': query})} HTTP/1.1\r\nHost: localhost\r\n"
                "Accept: application/sparql-results+json\r\n\r\n").encode()

    def posted(self, query: str) -> bytes:
        """The same for a text that is too long for an address."""
        body = query.encode()
        return (f"POST {self.path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
                f"Accept: application/sparql-results+json\r\nContent-Length: {len(body)}\r\n\r\n").encode() + body

    @contextmanager
    def running(self) -> Iterator[float]:
        """The server as it runs, with the seconds that it took to start."""
        started = time.perf_counter()
        process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   start_new_session=True)
        try:
            while not self._answers():
                if process.poll() is not None:
                    raise SystemExit(f"{self.command[0]} did not start")
                time.sleep(0.1)
            yield time.perf_counter() - started
        finally:
            try:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait(5)
            except ProcessLookupError:
                process.wait()
            except subprocess.TimeoutExpired:  # in a query that nothing stops
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def _answers(self) -> bool:
        try:
            return Client(self.port, 60).ask(self.request(ASK))[0] == 200
        except (OSError, IndexError):
            return False


class Client:
    """One connection that sends the same request again and again; a library would be slower than the servers."""

    def __init__(self, port: int, limit_s: float = 180) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=limit_s)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.stream = self.socket.makefile("rb")

    def ask(self, wanted: bytes) -> tuple[int, int]:
        """The status of the answer and its length."""
        self.socket.sendall(wanted)
        status = int(self.stream.readline().split()[1])
        headers = {}
        while (line := self.stream.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            headers[name.strip().lower()] = value.strip()
        if b"content-length" in headers:
            return status, len(self.stream.read(int(headers[b"content-length"])))
        length = 0
        while size := self._size_of_chunk():
            length += len(self.stream.read(size))
            self.stream.readline()
        self.stream.readline()
        return status, length

    def _size_of_chunk(self) -> int:
        """The bytes that follow; an answer that breaks off has taken too long."""
        if not (line := self.stream.readline()):
            raise TimeoutError
        return int(line.partition(b";")[0], 16)


def rate(server: Server, query: str) -> float:
    """Answers a second for some clients at once."""
    counts = [0] * CLIENTS
    until = time.perf_counter() + SECONDS

    def work(number: int) -> None:
        client, wanted = Client(server.port), server.request(query)
        while time.perf_counter() < until:
            assert client.ask(wanted)[0] == 200
            counts[number] += 1

    threads = [threading.Thread(target=work, args=(number,)) for number in range(CLIENTS)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - started)


def median_ms(server: Server, query: str, limit_s: float, budget_s: float) -> float | None:
    """The median milliseconds of answers, as many as the time allows after one that is not counted.

    None if the server refuses; raises TimeoutError if it takes too long.
    """
    times: list[float] = []
    client, wanted = Client(server.port, limit_s), server.request(query)
    until = time.perf_counter() + budget_s
    while len(times) < 2 or (time.perf_counter() < until and len(times) <= REPEATS):
        started = time.perf_counter()
        if client.ask(wanted)[0] != 200:
            return None
        times.append(time.perf_counter() - started)
        if sum(times) > 2 * budget_s:  # slow enough that one tells it
            return 1000 * min(times)
    return 1000 * statistics.median(times[1:])


RDFLIB = """
import sys, uvicorn, pyoxigraph
from oxrdflib import OxigraphStore
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
graph = Dataset(store=OxigraphStore(store=pyoxigraph.Store.read_only(sys.argv[1])))
uvicorn.run(SparqlEndpoint(graph=graph, path="/sparql"), port=int(sys.argv[2]), log_level="error", access_log=False)
"""


def ours(work: Path, port: int, *more: str) -> Server:
    """`kg serve` on the store."""
    command = [sys.executable, "-m", "kg", "serve", "--store", str(work / "store"), "--port", str(port), *more]
    return Server(command, port)


def servers(others: Path | None, work: Path, port: int, limit_s: float) -> Iterator[tuple[str, Server]]:
    """The name of each server that is there."""
    yield "kg serve", ours(work, port, "--time", str(limit_s))
    data = str(work / "snapshot" / "store")
    if others and (oxigraph := others / "bin" / "oxigraph").exists():
        command = [str(oxigraph), "serve-read-only", "--location", data, "--bind", f"127.0.0.1:{port}"]
        yield "oxigraph", Server(command, port, "/query")
    if others and (others / "bin" / "rdflib-endpoint").exists():
        yield "rdflib-endpoint", Server([str(others / "bin" / "python"), "-c", RDFLIB, data, str(port)], port)


def questions() -> Iterator[tuple[str, str]]:
    """The named queries, as they are and with a natural value, each with what to call it."""
    for name, query in queries().items():
        if "/" in name or any(each.required for each in query.parameters.values()):
            continue
        yield name, query.text
        natural = {each: NATURAL[each] for each in query.parameters if each in NATURAL}
        given = natural if name == "between" else dict(list(natural.items())[:1])
        if given:
            yield f"{name} {'+'.join(given)}", query.bind(given)


def measure(server: Server, asked: Mapping[str, str], limit_s: float, budget_s: float) -> Figures:
    """All figures of a server; None for what took too long."""
    found: Figures = {}
    waiting = dict(asked)
    while waiting:
        with server.running() as seconds:
            if not found:
                found |= {"start s": seconds, "ASK qps": rate(server, ASK), "10 rows qps": rate(server, LOOK_UP)}
            for name in list(waiting):
                found[f"{name} ms"] = None
                try:
                    found[f"{name} ms"] = median_ms(server, waiting.pop(name), limit_s + 1, budget_s)
                except TimeoutError:  # it goes on with it, so it is started anew
                    break
                finally:
                    print(f"  {name}: {found[f'{name} ms']} ms", file=sys.stderr, flush=True)
    return found


HOSTILE = {
    "crash": "ASK { FILTER(" + "!" * 90_000 + "true) }",
    "nested": "SELECT * " + "{" * 5000 + "?s ?p ?o" + "}" * 5000,
    "runaway": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "optimiser": "SELECT * { ?s ?p (" + " 1" * 1000 + ") }",
    "service": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
}


def after_hostile(server: Server) -> None:
    """Print what each hostile text gets, and how long the next request takes."""
    with server.running():
        print(f"usual request: {median_ms(server, ASK, 60, 1.0):.1f} ms")
        for name, text in HOSTILE.items():
            statuses, times = [], []
            for _ in range(3):
                statuses.append(Client(server.port).ask(server.posted(text))[0])
                started = time.perf_counter()
                assert Client(server.port).ask(server.request(ASK))[0] == 200
                times.append(1000 * (time.perf_counter() - started))
            print(f"after {name}: {', '.join(f'{each:.1f}' for each in times)} ms; it got {statuses[0]}", flush=True)


def main() -> None:
    """Make the data, measure each server, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--others", type=Path, help="the environment that has the other servers")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--limit", type=float, default=10.0, help="seconds that an answer may take")
    parser.add_argument("--budget", type=float, default=1.0, help="seconds for each named query")
    parser.add_argument("--only", nargs="*", metavar="NAME", help="measure these named queries alone")
    parser.add_argument("--work", type=Path, help="a folder to keep the data in, or where an earlier run has kept it")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, closing(socket.create_server(("127.0.0.1", 0))) as free:
        work, port = options.work or Path(folder), free.getsockname()[1]
        free.close()
        if not (work / "snapshot").exists():
            prepare(work, options.articles)
        table: dict[str, Figures] = {}
        named = {key: text for key, text in questions() if options.only is None or key.split()[0] in options.only}
        asked = {"ASK": ASK, "10 rows": LOOK_UP, **named}
        for name, server in servers(options.others, work, port, options.limit):
            some = asked if name != "rdflib-endpoint" else {key: asked[key] for key in ("ASK", "10 rows")}
            table[name] = measure(server, some, options.limit, options.budget)
        show(table)
        after_hostile(ours(work, port, "--time", "1", "--workers", "1"))
    if options.json:
        options.json.write_text(json.dumps(table, indent=1))


def prepare(work: Path, count: int) -> None:
    """The store, and a snapshot of it for the other servers."""
    started = time.perf_counter()
    articles, quads = fill(work / "store", count)
    print(f"{articles} articles, {quads} quads in {time.perf_counter() - started:.0f} s", flush=True)
    started = time.perf_counter()
    publish(work / "store", work / "snapshot")
    print(f"snapshot and index: {time.perf_counter() - started:.1f} s", flush=True)


def show(table: Mapping[str, Figures]) -> None:
    """The figures side by side."""
    print(f"{'':32}" + "".join(f"{name:>18}" for name in table))
    for row in next(iter(table.values())):
        cells = [figures.get(row, "") for figures in table.values()]
        told = ["too long" if cell is None else cell if isinstance(cell, str) else f"{cell:.1f}" for cell in cells]
        print(f"{row:32}" + "".join(f"{cell:>18}" for cell in told))


if __name__ == "__main__":
    main()
