"""Writes README.md, tables of classes, properties and closed lists, from kg.ttl: run it when the ontology changes."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

HERE = Path(__file__).resolve().parent

_PREFIXES = {
    "https://w3id.org/elchi/ontology#": "kg:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs:",
    "http://www.w3.org/2001/XMLSchema#": "xsd:",
    "http://www.w3.org/2002/07/owl#": "owl:",
    "http://www.w3.org/2004/02/skos/core#": "skos:",
    "http://www.w3.org/ns/oa#": "oa:",
    "http://www.w3.org/ns/org#": "org:",
    "http://www.w3.org/ns/prov#": "prov:",
    "http://purl.org/dc/terms/": "dct:",
    "http://purl.org/linked-data/cube#": "qb:",
    "http://purl.org/linked-data/sdmx/2009/dimension#": "sdmx-dimension:",
    "http://purl.org/linked-data/sdmx/2009/measure#": "sdmx-measure:",
    "http://semanticweb.cs.vu.nl/2009/11/sem/": "sem:",
    "https://schema.org/": "schema:",
}

_INTRODUCTION = """\
# The ontology of Elchi

<!-- Written by readme.py from kg.ttl: change the ontology and run `python ontology/readme.py`. -->

Namespace `https://w3id.org/elchi/ontology#`, prefix `kg:`. Apache-2.0.

| file | contents |
|---|---|
| `kg.ttl` | classes, properties and closed lists, each with a definition and with labels in the six languages |
| `shapes.ttl` | SHACL shapes: what every graph of an article keeps |
| `align.ttl` | how the terms map to schema.org, ORG, SEM, PROV-O, Web Annotation, Data Cube, SKOS and OWL-Time |

A fact class and its fields are also a dataclass of `kg/facts.py`, under the same names in snake case. Where a fact is
stated is told by a `kg:Evidence`: an `oa:Annotation` with `oa:hasBody` the fact and `oa:hasTarget` a stretch of the
article, selected by position (`oa:start`, `oa:end`: code points of `kg:text`) and by quotation (`oa:exact`). Every node
has an IRI.

`kg validate` runs the shapes over each graph of a store; `kg build` checks the same of an article before storing it.
"""


class Terms:
    """The triples of the ontology, by subject and predicate, with shortened names."""

    def __init__(self, path: Path) -> None:
        self.objects: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self.subjects: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for quad in parse(path=path, format=RdfFormat.TURTLE):
            subject, predicate, value = _short(quad.subject), _short(quad.predicate), _short(quad.object)
            if isinstance(quad.object, Literal) and quad.object.language not in (None, "en"):
                continue
            self.objects[subject, predicate].append(value)
            self.subjects[predicate, value].append(subject)

    def all(self, *types: str) -> list[str]:
        """The terms of some types, in the order of the file."""
        return [term for type_ in types for term in self.subjects["rdf:type", type_]]

    def cell(self, term: str, predicate: str) -> str:
        """The values of a term's property, as a table cell."""
        values = self.objects[term, predicate]
        return ", ".join(value if " " in value else f"`{value}`" for value in values)

    def definition(self, term: str) -> str:
        """What a term means, in English."""
        return self.objects[term, "skos:definition"][0]


def text() -> str:
    """The whole README."""
    terms = Terms(HERE / "kg.ttl")
    return "\n".join([_INTRODUCTION, *_classes(terms), *_properties(terms), *_lists(terms)]) + "\n"


def _classes(terms: Terms) -> list[str]:
    rows = [
        f"| `{name}` | {terms.definition(name)} | {_joined(terms, name, 'rdfs:subClassOf', 'dct:source')} |"
        for name in terms.all("owl:Class")
    ]
    return ["## Classes", "", "| class | meaning | kind of, after |", "|---|---|---|", *rows, ""]


def _properties(terms: Terms) -> list[str]:
    rows = [
        f"| `{name}` | {terms.cell(name, 'schema:domainIncludes')} | {terms.cell(name, 'schema:rangeIncludes')} "
        f"| {terms.definition(name)} | {terms.cell(name, 'dct:source')} |"
        for name in sorted(terms.all("owl:ObjectProperty", "owl:DatatypeProperty"), key=str.casefold)
    ]
    return ["## Properties", "", "| property | of | value | meaning | after |", "|---|---|---|---|---|", *rows, ""]


def _lists(terms: Terms) -> list[str]:
    lines = ["## Closed lists", ""]
    for scheme in terms.all("skos:ConceptScheme"):
        lines += [f"### `{scheme}`", "", terms.definition(scheme), "", "| member | label | meaning |", "|---|---|---|"]
        lines += [
            f"| `{name}` | {terms.objects[name, 'skos:prefLabel'][0]} | {terms.definition(name)} |"
            for name in terms.subjects["skos:inScheme", scheme]
        ]
        lines.append("")
    return lines[:-1]


def _joined(terms: Terms, name: str, *predicates: str) -> str:
    return ", ".join(filter(None, (terms.cell(name, predicate) for predicate in predicates)))


def _short(term: object) -> str:
    if not isinstance(term, NamedNode):
        return term.value if isinstance(term, Literal) else str(term)
    for namespace, prefix in _PREFIXES.items():
        if term.value.startswith(namespace):
            return prefix + term.value.removeprefix(namespace)
    return term.value


if __name__ == "__main__":
    (HERE / "README.md").write_text(text(), encoding="utf-8")
    print(f"wrote {HERE / 'README.md'}")
