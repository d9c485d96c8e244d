"""How quickly `kg serve` answers, beside `oxigraph serve-read-only` and rdflib-endpoint, in one run on the same data.

    python -m venv /tmp/others && /tmp/others/bin/pip install oxigraph rdflib-endpoint oxrdflib
    .venv/bin/python benchmarks/serve.py --others /tmp/others [--articles 10000] [--json FILE]

It writes articles with random facts about real states into a store of its own (illustrative: nobody said that), starts
one server after the other, and prints requests a second of eight clients and the median time of one. Any server that is
not there is left out. The named queries are not asked of rdflib-endpoint, where one can take minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlencode

from kg import seeds
from kg.article import Article, EntityId, Extraction, Mention
from kg.facts import (
    AGREEMENT_KINDS,
    FLOWS,
    MEETING_KINDS,
    RELATION_KINDS,
    Agreement,
    Evidence,
    Fact,
    Meeting,
    Relation,
    Statement,
    Tenure,
    TradeVolume,
    Visit,
    When,
)
from kg.rdf import quads
from kg.serve.snapshot import publish
from kg.store import Store, queries

CLIENTS, SECONDS = 8, 3.0
ASK = "ASK {}"
LOOK_UP = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 10"
OFFICES = ("head_of_state", "head_of_government", "foreign_minister")


def articles(count: int) -> Iterator[Extraction]:
    """Articles with three to eight random facts each; the same for the same count."""
    dice = random.Random(7)
    names = seeds.load().label
    people = sorted(id_ for id_ in names if id_.startswith("person/"))[:300]
    states = sorted(id_ for id_ in names if id_.startswith("state/"))
    weights = [1 / (rank + 1) for rank in range(len(states))]
    dice.shuffle(states)
    for number in range(count):
        day = date(2015, 1, 1) + timedelta(days=dice.randrange(3900))
        some = list(dict.fromkeys(EntityId(id_) for id_ in dice.choices(states, weights, k=8)))
        if len(some) < 2:
            continue
        who = [EntityId(id_) for id_ in dice.sample(people, 3)]
        yield extraction(dice, number, (day, some, who))


def extraction(dice: random.Random, number: int, told: tuple[date, list[EntityId], list[EntityId]]) -> Extraction:
    """One article: a sentence for each fact."""
    day, states, people = told
    names = seeds.load().label
    sentences = [f"Report {number} of {day}: {names[states[0]]} and {names[states[1]]}"]
    facts: list[Fact] = []
    for _ in range(dice.randint(3, 8)):
        start = len("\n".join(sentences)) + 1
        one, other = (names[person] for person in people[:2])
        sentences.append(f"{one} of {names[states[0]]} spoke with {other}, sentence {dice.random()}.")
        place = Evidence(start=start, end=start + len(sentences[-1]), rule="made")
        facts.append(fact(dice, (day, states, people), place))
    article = Article(
        source=f"made/{number}.txt", headline=sentences[0], text="\n".join(sentences), published=day,
        language=dice.choice(["en", "ru", "kk", "ky", "uz-latn", "uz-cyrl"]),
        publisher=EntityId(f"publisher/{dice.choice(['kazinform', 'kabar', 'uza', 'tass', 'xinhua'])}"),
    )
    mentions = tuple(Mention(start=0, end=6, kind=id_.partition("/")[0], id=id_, label=names[id_])
                     for id_ in (*states, *people))
    return Extraction(article=article, mentions=mentions, facts=tuple(facts))


def fact(  # noqa: PLR0911 - one for each class
    dice: random.Random, told: tuple[date, list[EntityId], list[EntityId]], place: Evidence
) -> Fact:
    """A random fact about states and people on a day."""
    day, states, people = told
    one, other = states[:2]
    when, where = When(day.isoformat()), (place,)
    match dice.randrange(7):
        case 0:
            everyone = (*states[:dice.randint(2, len(states))], *people[:2])
            return Meeting(evidence=where, kind=dice.choice(MEETING_KINDS), participant=everyone, date=when)
        case 1:
            return Visit(evidence=where, visitor=people[0], destination=one, date=when, kind="official")
        case 2:
            amount = Decimal(dice.randrange(10, 9000)) * 1_000_000
            return TradeVolume(evidence=where, party=(one, other), flow=dice.choice(FLOWS), amount=amount, low=amount,
                               high=amount, currency="USD", period=When(str(day.year)))
        case 3:
            return Agreement(evidence=where, party=(one, other), kind=dice.choice(AGREEMENT_KINDS), date=when)
        case 4:
            return Relation(evidence=where, party=(one, other), kind=dice.choice(RELATION_KINDS))
        case 5:
            return Statement(evidence=where, speaker=people[0], text=f"words {dice.random()}", about=(one,))
    return Tenure(evidence=where, member=people[0], office=dice.choice(OFFICES), of=one)


def request(query: str) -> bytes:
    """A request as bytes, asking for JSON."""
    return (f"GET /sparql?{urlencode({'query': query})} HTTP/1.1\r\nHost: localhost\r\n"
            "Accept: application/sparql-results+json\r\n\r\n").encode()


class Client:
    """One connection that sends the same request again and again; a library would be slower than the servers."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=180)
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
        while size := int(self.stream.readline().partition(b";")[0], 16):
            length += len(self.stream.read(size))
            self.stream.readline()
        self.stream.readline()
        return status, length


def rate(port: int, query: str) -> float:
    """Answers a second for some clients at once."""
    counts = [0] * CLIENTS
    until = time.perf_counter() + SECONDS

    def work(number: int) -> None:
        client, wanted = Client(port), request(query)
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


def median_ms(port: int, query: str, budget_s: float) -> float | None:
    """The median time of one answer, in milliseconds, of three to fifty in the time; None if it is refused."""
    client, wanted, times = Client(port), request(query), []
    until = time.perf_counter() + budget_s
    while len(times) < 3 or (time.perf_counter() < until and len(times) < 50):
        started = time.perf_counter()
        if client.ask(wanted)[0] != 200:
            return None
        times.append(time.perf_counter() - started)
    return 1000 * statistics.median(times)


RDFLIB = """
import sys, uvicorn, pyoxigraph
from oxrdflib import OxigraphStore
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
graph = Dataset(store=OxigraphStore(store=pyoxigraph.Store.read_only(sys.argv[1])))
uvicorn.run(SparqlEndpoint(graph=graph, path="/sparql"), port=int(sys.argv[2]), log_level="error", access_log=False)
"""


def servers(others: Path | None, work: Path, port: int) -> Iterator[tuple[str, list[str]]]:
    """The name and the command of each server that is there."""
    yield "kg serve", [sys.executable, "-m", "kg", "serve", "--store", str(work / "store"), "--port", str(port),
                       "--time", "120"]
    data = str(work / "snapshot" / "store")
    if others and (oxigraph := others / "bin" / "oxigraph").exists():
        yield "oxigraph", [str(oxigraph), "serve-read-only", "--location", data, "--bind", f"127.0.0.1:{port}"]
    if others and (others / "bin" / "rdflib-endpoint").exists():
        yield "rdflib-endpoint", [str(others / "bin" / "python"), "-c", RDFLIB, data, str(port)]


@contextmanager
def running(command: list[str], port: int) -> Iterator[float]:
    """A server, with the seconds that it took to start."""
    path = "/query" if "serve-read-only" in command else "/sparql"
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        while True:
            try:
                if Client(port).ask(request(ASK).replace(b"/sparql", path.encode(), 1))[0] == 200:
                    break
            except (OSError, IndexError):
                time.sleep(0.1)
            if process.poll() is not None:
                raise SystemExit(f"{command[0]} did not start")
        yield time.perf_counter() - started
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def measure(port: int, budget_s: float, *, named: bool) -> dict[str, float | None]:
    """All figures of the server on a port; ``named`` with each named query."""
    found: dict[str, float | None] = {"ASK qps": rate(port, ASK), "10 rows qps": rate(port, LOOK_UP)}
    for name, text in [("ASK", ASK), ("10 rows", LOOK_UP)]:
        found[f"{name} ms"] = median_ms(port, text, 2.0)
    for name, query in queries().items() if named else ():
        if "/" not in name and not any(each.required for each in query.parameters.values()):
            found[f"{name} ms"] = median_ms(port, query.text, budget_s)
            print(f"  {name}: {found[f'{name} ms']} ms", file=sys.stderr, flush=True)
    return found


def main() -> None:
    """Make the data, measure each server, and print a table."""
    global request  # noqa: PLW0603 - one server has another path
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--others", type=Path, help="the environment that has the other servers")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--budget", type=float, default=4.0, help="seconds for each named query")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    plain = request
    with tempfile.TemporaryDirectory() as folder, closing(socket.create_server(("127.0.0.1", 0))) as free:
        work, port = Path(folder), free.getsockname()[1]
        free.close()
        fill(work / "store", options.articles)
        started = time.perf_counter()
        publish(work / "store", work / "snapshot")
        print(f"snapshot and index: {time.perf_counter() - started:.1f} s", flush=True)
        table: dict[str, dict[str, float | None]] = {}
        for name, command in servers(options.others, work, port):
            with running(command, port) as seconds:
                print(f"{name}: answers after {seconds:.1f} s", flush=True)
                if name == "oxigraph":
                    request = lambda query: plain(query).replace(b"/sparql", b"/query", 1)  # noqa: E731
                table[name] = measure(port, options.budget, named=name != "rdflib-endpoint")
                request = plain
        shutil.rmtree(work / "snapshot")
    show(table)
    if options.json:
        options.json.write_text(json.dumps(table, indent=1))


def fill(folder: Path, count: int) -> None:
    """Write the articles into a new store."""
    started = time.perf_counter()
    known = seeds.load().label
    with Store(folder) as store:
        for each in articles(count):
            store.replace(quads(each, known=known))
        print(f"{len(store.articles())} articles, {len(store.inner)} quads in {time.perf_counter() - started:.0f} s",
              flush=True)


def show(table: dict[str, dict[str, float | None]]) -> None:
    """The figures side by side."""
    print(f"{'':28}" + "".join(f"{name:>18}" for name in table))
    for row in next(iter(table.values())):
        cells = [figures.get(row) for figures in table.values()]
        print(f"{row:28}" + "".join(f"{'' if cell is None else format(cell, '.1f'):>18}" for cell in cells))


if __name__ == "__main__":
    main()
