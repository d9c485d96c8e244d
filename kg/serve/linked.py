"""Linked data: every thing of the graph in the formats of RDF, or as a plain page for people."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pyoxigraph import DefaultGraph, Literal, NamedNode

from kg.errors import RequestError
from kg.rdf import BASE, ONTOLOGY, iri
from kg.serve.explore import facts, things
from kg.serve.explore.editor import short_name
from kg.serve.explore.labels import Labels
from kg.serve.formats import GRAPHS, choose
from kg.serve.index.read import short
from kg.serve.params import Params
from kg.serve.reply import Reply
from kg.serve.snapshot import Snapshot
from kg.serve.sparql import write

SHOWN = 500
"""Values and facts that a page lists; all of them are in the formats for machines."""

_HERE = Path(__file__).resolve().parent


def thing(snapshot: Snapshot, args: Mapping[str, Any]) -> Reply:
    """What is said of the thing with an ``id``: as a page if ``html``, else by ``accept`` or ``format``.

    Of an article, all that it says. Raises RequestError (404) if nothing is said.
    """
    node = _node(snapshot, (args["raw"], args["id"]))
    graph = node if snapshot.store.contains_named_graph(node) else DefaultGraph()
    subject = None if graph is node else node
    if args["html"]:
        page = _page(snapshot, node, Labels(snapshot, args["lang"]))
        return Reply(media="text/html", body=page.encode("utf-8", "replace"))
    chosen = choose(GRAPHS, args["accept"], args["format"])
    quads = snapshot.store.quads_for_pattern(subject, None, None, graph)
    return Reply(media=chosen.media, body=lambda out: write((quad.triple for quad in quads), out, chosen.inner))


def _node(snapshot: Snapshot, ids: tuple[str, str]) -> NamedNode:
    """The first of two ids of which something is said: an IRI may itself be percent-encoded. Raises RequestError."""
    for id_ in ids:
        with contextlib.suppress(ValueError):  # not every path is the end of an IRI
            node = iri(id_)
            said = snapshot.store.quads_for_pattern(node, None, None, DefaultGraph())
            if snapshot.store.contains_named_graph(node) or next(iter(said), None) is not None:
                return node
    raise RequestError(ids[1], "there is no such thing in the graph", 404)


def _page(snapshot: Snapshot, node: NamedNode, labels: Labels) -> str:
    """The page of a thing; everything in it is text, and only web addresses become links."""
    id_ = short(node.value)
    values: dict[str, list[dict[str, str]]] = {}
    for quad in snapshot.store.quads_for_pattern(node, None, None, DefaultGraph()):
        name = quad.predicate.value
        shown = labels.term(name.removeprefix(ONTOLOGY)) if name.startswith(ONTOLOGY) else short_name(name)
        values.setdefault(shown, []).append(_link(quad.object, labels))
    names = labels.of([id_])
    fact = snapshot.index.execute("SELECT 1 FROM fact WHERE id = ?", [id_]).fetchone()
    found: list[dict[str, Any]] = []
    if fact:
        found = facts.facts(snapshot, Params([("fact", id_), ("lang", labels.language)]))["facts"]
    elif snapshot.index.execute("SELECT 1 FROM node WHERE id = ?", [id_]).fetchone():
        asked = Params([("id", id_), ("lang", labels.language), ("limit", str(SHOWN))])
        found = things.entity(snapshot, asked)["facts"]
    headline = values.get(labels.term("headline"), [{"text": names[id_]}])[0]["text"]
    heading = found[0]["label"] if fact and found else headline
    page: str = _template().render(
        heading=heading, iri=node.value, id=id_, language=labels.language, values=values, facts=found, shown=SHOWN,
        address=f"/id/{quote(id_)}", explore=_explore(id_), labels=labels, whole=bool(fact),
    )
    return page


def _explore(id_: str) -> str:
    """The address of the explorer on a thing."""
    return f"/?{'article' if id_.startswith('article/') else 'id'}={quote(id_, safe='/')}"


def _link(term: object, labels: Labels) -> dict[str, str]:
    """A value as text, with the address that it is a link to, if any."""
    if isinstance(term, Literal):
        return {"text": term.value, "language": term.language or "", "address": ""}
    name = str(getattr(term, "value", term))
    address = ""
    if name.startswith(BASE):
        address = "/id/" + quote(name.removeprefix(BASE), safe="/~")
        name = labels.of([name.removeprefix(BASE)]).popitem()[1]
    elif name.startswith(ONTOLOGY):
        name = labels.term(name.removeprefix(ONTOLOGY))
    elif name.startswith(("https://", "http://")):
        address = name
    return {"text": name, "language": "", "address": address}


@cache
def _template() -> Any:  # noqa: ANN401 - jinja2's own type
    environment = Environment(loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True)
    environment.filters["address"] = lambda id_: "/id/" + quote(id_, safe="/~")
    return environment.get_template("thing.html")


