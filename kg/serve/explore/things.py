"""One entity, and one article with its text."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import groupby
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.errors import RequestError
from kg.normal import fold
from kg.rdf import BASE, ONTOLOGY, iri
from kg.serve.explore.facts import LATEST_FIRST, evidence, page, rows_of, text, told
from kg.serve.explore.graph import number
from kg.serve.explore.labels import Labels
from kg.serve.index.read import SKOS, short
from kg.serve.params import Params
from kg.serve.snapshot import Snapshot

Json = dict[str, Any]

SHORTEST = 3
"""Letters of a name whose places in a text are shown; shorter ones are found inside abbreviations."""
_SAME = NamedNode(SKOS + "exactMatch")


def entity(snapshot: Snapshot, params: Params) -> Json:
    """All that is known of one thing or fact, but for the evidence. Raises RequestError."""
    id_, labels = params.one("id"), Labels(snapshot, params.one("lang"))
    if rows := rows_of(snapshot, [id_]):
        fact = told(snapshot, rows, labels, whole=False)[0]
        return {"id": id_, "iri": iri(id_).value, "class": fact["class"], "label": fact["label"], "country": "",
                "labels": [], "same": [], "counts": [], "articles": fact["articles"], "offices": [], "facts": [fact],
                "total": 1, "more": False}
    node = number(snapshot, id_)
    row = snapshot.index.execute("SELECT * FROM node WHERE node = ?", [node]).fetchone()
    counts = snapshot.index.execute(
        "SELECT class, COUNT(*) AS facts FROM part JOIN fact USING (fact) WHERE node = ? GROUP BY class "
        "ORDER BY facts DESC, class", [node])
    names = snapshot.index.execute(
        "SELECT language AS lang, text AS label, kind FROM label WHERE node = ? AND kind <> 'adjective' "
        "ORDER BY language, kind DESC, text", [node])
    articles = snapshot.index.execute("SELECT COUNT(*) FROM mention WHERE node = ?", [node]).fetchone()[0]
    same = (quad.object for quad in snapshot.store.quads_for_pattern(iri(id_), _SAME, None, DefaultGraph()))
    return {
        "id": id_, "iri": iri(id_).value, "class": row["class"], "label": labels.of([id_])[id_],
        "country": row["country"], "labels": [dict(name) for name in names],
        "same": sorted(term.value for term in same if isinstance(term, NamedNode)),
        "counts": [dict(each) for each in counts], "articles": articles, "offices": offices(snapshot, id_, labels),
        **page(snapshot, params, ("JOIN part USING (fact)", "part.node = ?", [node]), LATEST_FIRST),
    }


def offices(snapshot: Snapshot, id_: str, labels: Labels) -> list[Json]:
    """The offices of a person, or of a state's or organisation's people, from articles and reference data, in time."""
    role = "member" if id_.startswith("person/") else "of"
    found: list[dict[str, list[str]]] = []
    store = snapshot.store
    for quad in store.quads_for_pattern(None, NamedNode(ONTOLOGY + role), iri(id_), DefaultGraph()):
        values: defaultdict[str, list[str]] = defaultdict(list)
        for each in store.quads_for_pattern(quad.subject, None, None, DefaultGraph()):
            term = each.object
            if isinstance(term, NamedNode | Literal):
                values[short(each.predicate.value)].append(short(term.value))
        if values[ONTOLOGY + "office"]:
            found.append({**values, "fact": [short(str(getattr(quad.subject, "value", "")))]})
    names = labels.of(id_ for each in found for role in ("member", "of") for id_ in each.get(ONTOLOGY + role, ()))
    told = [_office(each, names) for each in found]
    return sorted(told, key=lambda each: (each["start"] or min(each["observed"], default="9999"), each["fact"]))


def _office(values: dict[str, list[str]], names: dict[str, str]) -> Json:
    def one(name: str) -> str:
        return min(values.get(ONTOLOGY + name, ()), default="")

    def named(name: str) -> Json | None:
        return {"id": one(name), "label": names[one(name)]} if one(name) else None

    return {"office": one("office"), "of": named("of"), "person": named("member"), "start": one("start"),
            "end": one("end"), "observed": sorted(values.get(ONTOLOGY + "observedOn", ())), "fact": values["fact"][0]}


def article(snapshot: Snapshot, params: Params) -> Json:
    """An article with its text, where it names what, and its facts with their places in it. Raises RequestError."""
    wanted, labels = params.one("id"), Labels(snapshot, params.one("lang"))
    id_ = wanted if wanted.startswith("article/") else f"article/{wanted}"
    row = snapshot.index.execute("SELECT * FROM article WHERE id = ?", [id_]).fetchone()
    if row is None:
        raise RequestError(wanted, "there is no such article", 404)
    links = {name: _linked(snapshot, id_, name) for name in ("publisher", "relayedFrom", "dateline")}
    names = labels.of(link for link in links.values() if link)
    rows = snapshot.index.execute(
        "SELECT fact.* FROM fact JOIN report USING (fact) WHERE article = ? ORDER BY fact.id", [row["article"]]
    ).fetchall()
    facts = told(snapshot, rows, labels, whole=False)
    places = evidence(snapshot, [each["fact"] for each in rows], labels, id_)
    for fact in facts:
        fact["evidence"] = places.get(fact["id"], [])
    words = text(snapshot, id_)
    return {
        **{key: row[key] for key in ("id", "title", "published", "language", "url", "source")},
        "iri": iri(id_).value, "text": words, "mentions": _mentions(snapshot, row["article"], words, labels),
        "facts": sorted(facts, key=lambda fact: min((place["start"] for place in fact["evidence"]), default=0)),
        **{name: {"id": link, "label": names[link]} if link else None for name, link in links.items()},
    }


def _linked(snapshot: Snapshot, id_: str, property_: str) -> str:
    """The id of what a property of an article names, or nothing."""
    found = snapshot.store.quads_for_pattern(iri(id_), NamedNode(ONTOLOGY + property_), None, DefaultGraph())
    ids = sorted(quad.object.value for quad in found if isinstance(quad.object, NamedNode))
    return ids[0].removeprefix(BASE) if ids else ""


def _mentions(snapshot: Snapshot, article_row: int, words: str, labels: Labels) -> list[Json]:
    """What an article names, with the places where one of its known names begins a word of the text."""
    rows = snapshot.index.execute(
        "SELECT node.id, node.class, label.text FROM mention JOIN node USING (node) "
        "LEFT JOIN label ON label.node = node.node "
        "WHERE article = ? ORDER BY node.id", [article_row]).fetchall()
    names = labels.of({row["id"] for row in rows})
    found, folded = [], fold(words)
    for (id_, class_), group in groupby(rows, key=lambda row: (row["id"], row["class"])):
        known = {fold(row["text"]) for row in group if row["text"] and len(row["text"]) >= SHORTEST}
        found.append({"id": id_, "class": class_, "label": names[id_], "spans": _spans(folded, known)})
    return sorted(found, key=lambda each: (each["spans"][:1] or [[len(words), 0]], each["id"]))


def _spans(folded: str, names: set[str]) -> list[list[int]]:
    """Where names stand in a text, whole words with their endings; of names that overlap, the longest.

    >>> _spans("in kazakhstan, the kazakhstani steppe", {"kazakhstan", "kazakh"})
    [[3, 13], [19, 30]]
    """
    if not names:
        return []
    longest = sorted(names, key=lambda name: (-len(name), name))
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, longest)) + r")\w*")
    return [[place.start(), place.end()] for place in pattern.finditer(folded)]
