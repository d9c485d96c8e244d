"""The index of a snapshot: labels to be searched, and the facts as edges between things, in one SQLite file."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pyoxigraph
from pyoxigraph import QuerySolutions

from kg.rdf import BASE
from kg.serve.index.conflicts import contradictions, differing
from kg.serve.index.edges import Edge, edges, parts
from kg.serve.index.names import alphabets, named
from kg.serve.index.read import THINGS, Fact, Reader

_HERE = Path(__file__).resolve().parent
_STAT = """
SELECT ?class ?property (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(*) AS ?triples) { ?s a ?class ; ?property ?o }
GROUP BY ?class ?property
"""
_ARTICLE = ("headline", "sourceFile", "published", "language", "publisher", "relayedFrom", "url")


def build(store: pyoxigraph.Store, file: Path, version: str) -> None:
    """Write the index of a store into a new file."""
    with closing(sqlite3.connect(file, isolation_level=None)) as index:
        index.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;")
        index.executescript((_HERE / "schema.sql").read_text(encoding="utf-8"))
        index.execute("BEGIN")
        _Writer(Reader(store), index).write(version)
        index.execute("COMMIT")
        index.executescript((_HERE / "after.sql").read_text(encoding="utf-8"))


class _Writer:
    """Everything that is read once, by id, and its rows."""

    def __init__(self, reader: Reader, index: sqlite3.Connection) -> None:
        self.reader, self.index = reader, index
        self.things = reader.classes(THINGS)
        self.articles = dict.fromkeys(sorted(reader.classes(("Article",))))
        self.articles = {id_: row for row, id_ in enumerate(self.articles, 1)}
        self.facts = reader.facts()
        self.nodes: dict[str, int] = {}
        self.rows: dict[str, int] = {}

    def write(self, version: str) -> None:
        """Fill all tables."""
        reports = [(fact, article) for article, fact in self.reader.pairs("reports") if article in self.articles]
        told = {fact for fact, _ in reports}
        facts = [fact for id_, fact in sorted(self.facts.items()) if id_ in told]
        self.rows = {fact.id: row for row, fact in enumerate(facts, 1)}
        lines = {fact.id: edges(fact) for fact in facts}
        self._nodes(facts, {end for each in lines.values() for edge in each for end in edge[:2]})
        self._facts(facts)
        self._articles(reports)
        self._edges(facts, lines)
        self._names()
        self._meta(version)

    def _many(self, table: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Insert rows of as many values as the table has columns."""
        count = len(self.index.execute(f"PRAGMA table_info({table})").fetchall())  # table names are ours
        self.index.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * count)})", rows)

    def _nodes(self, facts: list[Fact], ends: set[str]) -> None:
        """Things, and the events that are nodes because more than two take part."""
        countries = _countries(self.reader, self.things, self.facts)
        events = {fact.id: fact for fact in facts if fact.id in ends}
        self.nodes = {id_: row for row, id_ in enumerate(sorted({*self.things, *events}), 1)}
        dates = {id_: fact.date for id_, fact in events.items()}
        countries |= {id_: fact.one("country").removeprefix("state/") for id_, fact in events.items()}
        classes = {id_: fact.class_ for id_, fact in events.items()} | self.things
        self._many("node", ((row, id_, classes[id_], countries.get(id_, ""), dates.get(id_, ""), 0, 0)
                            for id_, row in self.nodes.items()))

    def _facts(self, facts: list[Fact]) -> None:
        self._many("fact", (
            (self.rows[fact.id], fact.id, fact.class_, fact.kind, fact.one("status"), fact.date, fact.one("earliest"),
             max(fact.values.get("latest", ()), default=""), 0, 0, bool(differing(fact)))
            for fact in facts
        ))
        for fact in facts:
            self._many_parts(fact)
        pairs = list(contradictions(facts))
        self._many("contradiction", ((self.rows[a], self.rows[b]) for pair in pairs for a, b in (pair, pair[::-1])))

    def _many_parts(self, fact: Fact) -> None:
        taking = {*parts(fact), *([fact.id] if fact.id in self.nodes else ())}
        rows = [(self.nodes[id_], self.rows[fact.id]) for id_ in taking if id_ in self.nodes]
        self.index.executemany("INSERT OR IGNORE INTO part VALUES (?, ?)", rows)

    def _articles(self, reports: list[tuple[str, str]]) -> None:
        told = {name: dict(self.reader.pairs(name)) for name in _ARTICLE}
        self._many("article", (
            (row, id_, told["headline"].get(id_, ""), told["sourceFile"].get(id_, ""), told["published"].get(id_, ""),
             told["language"].get(id_, ""), told["publisher"].get(id_, ""),
             told["relayedFrom"].get(id_) or told["publisher"].get(id_) or id_, told["url"].get(id_, ""))
            for id_, row in self.articles.items()
        ))
        self._many("report", ((self.rows[fact], self.articles[article]) for fact, article in reports
                              if fact in self.rows))
        self._many("evidence", (
            (self.rows[place.fact], self.articles[place.article], place.start, place.end, place.rule, place.qualifier,
             place.speaker)
            for place in self.reader.evidence() if place.fact in self.rows and place.article in self.articles
        ))
        mentions = self.reader.pairs("mentions")
        self._many("mention", ((self.articles[article], self.nodes[thing]) for article, thing in mentions
                               if article in self.articles and thing in self.nodes))

    def _edges(self, facts: list[Fact], lines: dict[str, set[Edge]]) -> None:
        bundles: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
        for fact in facts:
            for source, target, directed in lines[fact.id]:
                if source in self.nodes and target in self.nodes:
                    ends = (self.nodes[source], self.nodes[target])
                    bundles[*ends, fact.class_, fact.kind, fact.one("status"), directed].append(self.rows[fact.id])
        numbered = list(enumerate(sorted(bundles.items(), key=lambda item: repr(item[0])), 1))
        self._many("edge", ((number, *bundle) for number, (bundle, _) in numbered))
        self._many("edge_fact", ((number, fact) for number, (_, found) in numbered for fact in found))

    def _names(self) -> None:
        names = sorted(self.reader.names(self.things), key=lambda name: (name.id, name.language, name.kind, name.text))
        titles = self.index.execute("SELECT article, title, language FROM article").fetchall()
        rows = [(self.nodes[name.id], name.language, name.text, name.kind) for name in names]
        rows += [(-article, language, title, "title") for article, title, language in titles]  # below zero: no node
        self._many("label", ((number, *row) for number, row in enumerate(rows, 1)))
        self._many("meta", [("alphabets", json.dumps(alphabets(), ensure_ascii=False))])
        found = named((text, language) for _, language, text, _ in rows)
        self.index.executemany(
            "INSERT INTO name(rowid, words, keys) VALUES (?, ?, ?)",
            ((row, *each) for row, each in enumerate(found, 1)))

    def _meta(self, version: str) -> None:
        store = self.reader.store
        triples = next(_solutions(store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")))["n"].value
        meta = {"version": version, "base": BASE, "articles": len(self.articles), "facts": len(self.rows),
                "triples": triples, "quads": len(store)}
        self._many("meta", ((key, str(value)) for key, value in meta.items()))
        self._many("stat", (
            (row["class"].value, row["property"].value, int(row["subjects"].value), int(row["triples"].value))
            for row in _solutions(store.query(_STAT))
        ))


def _solutions(answer: object) -> QuerySolutions:
    """The rows of a SELECT."""
    if not isinstance(answer, QuerySolutions):
        raise TypeError("this query is a SELECT")
    return answer


def _countries(reader: Reader, things: dict[str, str], facts: dict[str, Fact]) -> dict[str, str]:
    """The ISO code that a thing belongs to: a state's own, a place's, the state of the latest office of a person."""
    found = {id_: id_.removeprefix("state/") for id_, class_ in things.items() if class_ == "State"}
    for property_ in ("country", "of"):
        found |= {id_: code.removeprefix("state/") for id_, code in reader.pairs(property_)
                  if code.startswith("state/") and id_ in things}
    latest: dict[str, tuple[bool, str, str]] = {}
    for fact in facts.values():
        if fact.class_ == "Tenure" and fact.one("of").startswith("state/"):
            since = max([*fact.values.get("start", ()), *fact.values.get("observedOn", ())], default="")
            held = (not fact.values.get("end"), since, fact.one("of").removeprefix("state/"))
            latest[fact.one("member")] = max(latest.get(fact.one("member"), held), held)
    return found | {person: code for person, (_, _, code) in latest.items()}
