"""What the endpoint tells of itself: the service description, VoID, and the named questions as examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode, Triple

from kg import __version__
from kg.rdf import BASE, ONTOLOGY
from kg.serve.formats import GRAPHS, RESULTS, choose
from kg.serve.reply import Reply
from kg.serve.snapshot import Snapshot
from kg.serve.sparql import write
from kg.store.query import queries

_SD, _VOID = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#"
_SH, _RDFS, _DCT = "http://www.w3.org/ns/shacl#", "http://www.w3.org/2000/01/rdf-schema#", "http://purl.org/dc/terms/"
_SCHEMA, _XSD = "https://schema.org/", "http://www.w3.org/2001/XMLSchema#"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_FORMATS = "http://www.w3.org/ns/formats/"
_NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON", "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV", "text/tab-separated-values": "SPARQL_Results_TSV", "text/turtle": "Turtle",
    "application/n-triples": "N-Triples", "application/ld+json": "JSON-LD", "application/rdf+xml": "RDF_XML",
    "application/trig": "TriG", "application/n-quads": "N-Quads",
}

Triples = Iterator[Triple]


def description(snapshot: Snapshot, args: Mapping[str, Any]) -> Reply:
    """The SPARQL 1.1 Service Description of the endpoint below ``root``."""
    return _reply(args, _service(snapshot, args["root"]))


def void(snapshot: Snapshot, args: Mapping[str, Any]) -> Reply:
    """The VoID description of the data: how much of which class, with which properties."""
    return _reply(args, _dataset(snapshot, args["root"]))


def examples(_: Snapshot, args: Mapping[str, Any]) -> Reply:
    """The named questions as SHACL executables, in the way of the SIB's SPARQL examples."""
    return _reply(args, _examples(args["root"]))


def _reply(args: Mapping[str, Any], triples: Triples) -> Reply:
    chosen = choose(GRAPHS, args["accept"], args["format"])
    return Reply(media=chosen.media, body=lambda out: write(triples, out, chosen.inner))


def _service(snapshot: Snapshot, root: str) -> Triples:
    endpoint = NamedNode(f"{root}sparql")
    dataset, graph = NamedNode(f"{root}.well-known/void#dataset"), NamedNode(f"{root}.well-known/void#default")
    yield Triple(endpoint, _TYPE, NamedNode(_SD + "Service"))
    yield Triple(endpoint, NamedNode(_SD + "endpoint"), endpoint)
    yield Triple(endpoint, NamedNode(_SD + "supportedLanguage"), NamedNode(_SD + "SPARQL11Query"))
    for format_ in (*RESULTS, *GRAPHS):
        yield Triple(endpoint, NamedNode(_SD + "resultFormat"), NamedNode(_FORMATS + _NAMES[format_.media]))
    yield Triple(endpoint, NamedNode(_SD + "defaultDataset"), dataset)
    yield Triple(dataset, _TYPE, NamedNode(_SD + "Dataset"))
    yield Triple(dataset, NamedNode(_SD + "defaultGraph"), graph)
    yield Triple(graph, _TYPE, NamedNode(_SD + "Graph"))
    yield Triple(graph, NamedNode(_VOID + "triples"), _number(snapshot.meta["triples"]))


def _dataset(snapshot: Snapshot, root: str) -> Triples:
    dataset = NamedNode(f"{root}.well-known/void#dataset")
    yield Triple(dataset, _TYPE, NamedNode(_VOID + "Dataset"))
    title = Literal("Elchi: diplomatic and trade news as a graph", language="en")
    yield Triple(dataset, NamedNode(_DCT + "title"), title)
    yield Triple(dataset, NamedNode(_DCT + "hasVersion"), Literal(snapshot.meta["version"]))
    yield Triple(dataset, NamedNode(_DCT + "creator"), Literal(f"elchi {__version__}"))
    yield Triple(dataset, NamedNode(_VOID + "sparqlEndpoint"), NamedNode(f"{root}sparql"))
    yield Triple(dataset, NamedNode(_VOID + "uriSpace"), Literal(BASE))
    yield Triple(dataset, NamedNode(_VOID + "vocabulary"), NamedNode(ONTOLOGY.rstrip("#")))
    yield Triple(dataset, NamedNode(_VOID + "triples"), _number(snapshot.meta["triples"]))
    partitions: dict[str, NamedNode] = {}
    for row in snapshot.index.execute("SELECT * FROM stat ORDER BY class, property"):
        class_ = row["class"]
        if class_ not in partitions:
            partitions[class_] = NamedNode(f"{dataset.value}-class-{len(partitions) + 1}")
            yield Triple(dataset, NamedNode(_VOID + "classPartition"), partitions[class_])
            yield Triple(partitions[class_], NamedNode(_VOID + "class"), NamedNode(class_))
        part = NamedNode(f"{partitions[class_].value}-{row['property'].rsplit('/', 1)[-1].rsplit('#', 1)[-1]}")
        if row["property"] == _TYPE.value:
            yield Triple(partitions[class_], NamedNode(_VOID + "entities"), _number(row["subjects"]))
        yield Triple(partitions[class_], NamedNode(_VOID + "propertyPartition"), part)
        yield Triple(part, NamedNode(_VOID + "property"), NamedNode(row["property"]))
        yield Triple(part, NamedNode(_VOID + "triples"), _number(row["triples"]))
        yield Triple(part, NamedNode(_VOID + "distinctSubjects"), _number(row["subjects"]))


def _examples(root: str) -> Triples:
    for name, query in queries().items():
        if "/" in name:
            continue
        example = NamedNode(f"{root}.well-known/sparql-examples#{name}")
        yield Triple(example, _TYPE, NamedNode(_SH + "SPARQLExecutable"))
        yield Triple(example, _TYPE, NamedNode(_SH + "SPARQLSelectExecutable"))
        yield Triple(example, NamedNode(_RDFS + "comment"), Literal(query.summary, language="en"))
        yield Triple(example, NamedNode(_SH + "select"), Literal(query.text))
        yield Triple(example, NamedNode(_SCHEMA + "target"), NamedNode(f"{root}sparql"))
        for tag in query.tags:
            yield Triple(example, NamedNode(_SCHEMA + "keywords"), Literal(tag))


def _number(value: object) -> Literal:
    return Literal(str(value), datatype=NamedNode(_XSD + "integer"))
