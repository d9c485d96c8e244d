"""The ontology: complete in all languages, equal to the dataclasses and the shapes, and aligned."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterable, Iterator
from dataclasses import fields

import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, ORG, OWL, PROV, QB, RDF, RDFS, SDO, SH, SKOS, TIME, XSD
from rdflib.term import Node

from kg.article import Article
from kg.check import MEMBERS
from kg.facts import FACTS, Evidence
from kg.paths import ONTOLOGY, SEEDS
from kg.rdf import LISTS

KG = rdflib.Namespace("https://w3id.org/elchi/ontology#")
SHAPE = rdflib.Namespace("https://w3id.org/elchi/ontology/shapes#")
SCHEMA = rdflib.Namespace("https://schema.org/")
LANGUAGES = {"en", "ru", "kk", "ky", "uz-cyrl", "uz-latn"}
PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty)
# Told by the selectors of an evidence, and by nothing: the evidence itself points to its fact.
SEPARATE = {("Evidence", "start"), ("Evidence", "end")} | {(class_.__name__, "evidence") for class_ in FACTS}
# Made by the mapper from other values, and known from reference data only.
MADE = {"alsoSource", "contentHash", "copyOf", "mentions", "reports", "observedOn", "earliest", "latest", "ruleVersion"}
REFERENCE = {
    "adjective",
    "bloc",
    "capital",
    "city",
    "domain",
    "end",
    "meetingKind",
    "partyLabel",
    "seat",
    "speaksFor",
    "start",
}


def _graph(name: str) -> rdflib.Graph:
    return rdflib.Graph().parse(ONTOLOGY / name, format="turtle")


ONTO, SHAPES, ALIGN = _graph("kg.ttl"), _graph("shapes.ttl"), _graph("align.ttl")


def _names(terms: Iterable[Node | None]) -> set[str]:
    """The local names of those that are terms of the ontology."""
    return {str(term).removeprefix(KG) for term in terms if str(term).startswith(KG)}


SCHEMES = {
    str(scheme).removeprefix(KG): _names(ONTO.subjects(SKOS.inScheme, scheme))
    for scheme in ONTO.subjects(RDF.type, SKOS.ConceptScheme)
}


def _local(*types: rdflib.URIRef) -> set[str]:
    return _names(term for type_ in types for term in ONTO.subjects(RDF.type, type_))


def _camel(field: str) -> str:
    first, *rest = {"source": "source_file"}.get(field, field).rstrip("_").split("_")
    return first + "".join(word.title() for word in rest)


def _fields() -> Iterator[tuple[str, str]]:
    for class_ in (*FACTS, Evidence, Article):
        yield from ((class_.__name__, field.name) for field in fields(class_))


def test_fact_classes_are_the_subclasses_of_fact() -> None:
    assert _names(ONTO.subjects(RDFS.subClassOf, KG.Fact)) == {class_.__name__ for class_ in FACTS}


@pytest.mark.parametrize(("class_", "field"), [pair for pair in _fields() if pair not in SEPARATE])
def test_every_field_is_a_property_of_its_class(class_: str, field: str) -> None:
    assert (KG[_camel(field)], SCHEMA.domainIncludes, KG[class_]) in ONTO


def test_every_property_of_a_class_is_a_field_or_made_by_the_mapper() -> None:
    names = {(class_, _camel(field)) for class_, field in _fields()}
    classes = {class_ for class_, _ in names}
    for name in _local(*PROPERTIES) - MADE - REFERENCE:
        domains = _names(ONTO.objects(KG[name], SCHEMA.domainIncludes))
        assert domains & classes, name
        assert {(domain, name) for domain in domains & classes} <= names


def test_contract_classes_exist() -> None:
    assert _local(OWL.Class) == {
        *(class_.__name__ for class_ in FACTS), "Fact", "Article", "Evidence", "State", "Organization", "Body", "Place",
        "Person", "Publisher", "Currency",
    }  # fmt: skip


@pytest.mark.parametrize("prefix", MEMBERS)
def test_closed_list_has_the_members_of_the_code(prefix: str) -> None:
    terms = {f"{prefix}-{name}" for name in MEMBERS[prefix]}
    assert [scheme for scheme, members in SCHEMES.items() if members == terms], f"no list of exactly {terms}"


def test_every_list_is_known_to_the_code() -> None:
    assert len(SCHEMES) == len(MEMBERS)
    assert set(LISTS.values()) == set(MEMBERS)


def test_notation_is_the_bare_name() -> None:
    for prefix, names in MEMBERS.items():
        for name in names:
            assert [str(value) for value in ONTO.objects(KG[f"{prefix}-{name}"], SKOS.notation)] == [name]


@pytest.mark.parametrize("term", sorted(_local(OWL.Class, *PROPERTIES, SKOS.ConceptScheme, SKOS.Concept)))
def test_every_term_has_one_label_a_language_and_a_definition(term: str) -> None:
    predicate = SKOS.prefLabel if (KG[term], RDF.type, SKOS.Concept) in ONTO else RDFS.label
    labels = [label for label in ONTO.objects(KG[term], predicate) if isinstance(label, rdflib.Literal)]
    assert sorted(str(label.language) for label in labels) == sorted(LANGUAGES)
    assert all(label.strip() for label in labels)
    definitions = list(ONTO.objects(KG[term], SKOS.definition))
    assert len(definitions) == 1
    assert str(definitions[0]).endswith(".")


def test_labels_are_in_their_script() -> None:
    labels = [*ONTO.objects(None, RDFS.label), *ONTO.objects(None, SKOS.prefLabel)]
    scripts = {"en": "[A-Za-z]", "uz-latn": "[A-Za-z]", **dict.fromkeys(("ru", "kk", "ky", "uz-cyrl"), "[Ѐ-ӿ]")}
    for label in labels:
        assert isinstance(label, rdflib.Literal)
        letters = [character for character in label if character.isalpha() and character not in "ʼʻ"]
        assert all(re.match(scripts[str(label.language)], letter) for letter in letters), label


def test_no_two_members_of_a_list_share_a_label() -> None:
    for members in SCHEMES.values():
        labels = [label for member in members for label in ONTO.objects(KG[member], SKOS.prefLabel)]
        assert len(labels) == len(set(labels))


def test_domains_and_ranges_are_terms_of_the_ontology_or_standards() -> None:
    for predicate in (SCHEMA.domainIncludes, SCHEMA.rangeIncludes):
        assert _names(ONTO.objects(None, predicate)) <= _local(OWL.Class)
    for name in _local(*PROPERTIES):
        assert (KG[name], SCHEMA.domainIncludes, None) in ONTO
        assert (KG[name], SCHEMA.rangeIncludes, None) in ONTO


def test_header_has_version_and_licence() -> None:
    for name, graph in (("", ONTO), ("/shapes", SHAPES), ("/align", ALIGN)):
        header = rdflib.URIRef(f"https://w3id.org/elchi/ontology{name}")
        assert (header, RDF.type, OWL.Ontology) in graph
        assert (header, OWL.versionInfo, rdflib.Literal("0.1.0")) in graph
        assert (header, DCTERMS.license, rdflib.URIRef("https://www.apache.org/licenses/LICENSE-2.0")) in graph


@pytest.mark.parametrize("graph", [SHAPES, ALIGN], ids=["shapes", "align"])
def test_shapes_and_alignments_use_only_terms_that_exist(graph: rdflib.Graph) -> None:
    known = _local(OWL.Class, *PROPERTIES, SKOS.ConceptScheme, SKOS.Concept)
    used = _names(term for triple in graph for term in triple)
    assert used - known == set()


def test_reference_data_uses_only_terms_that_exist() -> None:
    known = _local(OWL.Class, *PROPERTIES, SKOS.ConceptScheme, SKOS.Concept)
    for file in sorted(SEEDS.glob("*.ttl")):
        triples = re.sub(r'"[^"]*"|^#.*', "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        assert set(re.findall(r"\bkg:(\w[\w-]*)", triples)) - known == set(), file.name


def test_every_class_has_a_shape() -> None:
    # Fact has no instances of its own; whatever an article reports is one.
    assert _local(OWL.Class) - {"Fact"} <= _names(SHAPES.objects(None, SH.targetClass))
    assert (SHAPE.Fact, SH.targetObjectsOf, KG.reports) in SHAPES


@pytest.mark.parametrize("scheme", SCHEMES)
def test_shape_of_a_list_allows_exactly_its_members(scheme: str) -> None:
    (shape,) = SHAPES.subjects(RDFS.seeAlso, KG[scheme])
    (head,) = SHAPES.objects(shape, SH["in"])
    assert _names(Collection(SHAPES, head)) == SCHEMES[scheme]


@pytest.mark.parametrize(("class_", "field"), LISTS)
def test_shape_of_a_class_holds_each_field_to_its_list(class_: str, field: str) -> None:
    if class_ == "Topic":  # the node itself is the member
        assert (SHAPE.TopicList, SH.targetClass, KG.Topic) in SHAPES
        return
    (used,) = (
        SHAPES.value(shape, SH.node)
        for shape in SHAPES.objects(SHAPE[class_], SH.property)
        if SHAPES.value(shape, SH.path) == KG[_camel(field)]
    )
    prefix = LISTS[class_, field]
    (scheme,) = (name for name, terms in SCHEMES.items() if f"{prefix}-{MEMBERS[prefix][0]}" in terms)
    assert SHAPES.value(used, RDFS.seeAlso) == KG[scheme]


@pytest.mark.parametrize("class_", [*FACTS[:-1], Evidence], ids=lambda class_: class_.__name__)
def test_shape_of_a_fact_class_lists_its_properties(class_: type) -> None:
    paths = {SHAPES.value(shape, SH.path) for shape in SHAPES.objects(SHAPE[class_.__name__], SH.property)}
    assert _names(paths) == _names(ONTO.subjects(SCHEMA.domainIncludes, KG[class_.__name__]))


def test_every_constraint_has_a_message() -> None:
    for shape in SHAPES.objects(None, SH.property):
        parent = SHAPES.value(None, SH.property, shape)
        assert SHAPES.value(shape, SH.message) or isinstance(parent, rdflib.BNode), SHAPES.value(shape, SH.path)


def test_every_fact_class_but_relation_is_aligned() -> None:
    for name in _local(OWL.Class) - {"Fact", "Relation", "Currency"}:
        assert (KG[name], RDFS.subClassOf, None) in ALIGN, name


@pytest.mark.parametrize("graph", [ONTO, ALIGN], ids=["kg", "align"])
def test_terms_of_other_vocabularies_exist(graph: rdflib.Graph) -> None:
    for term in {str(term) for triple in graph for term in triple if isinstance(term, rdflib.URIRef)}:
        for namespace in (SDO, ORG, PROV, QB, TIME, SKOS, DCTERMS, OWL, RDF, RDFS, XSD):
            base = str(namespace)
            assert not term.startswith(base) or term.removeprefix(base) in namespace, term


def test_readme_is_up_to_date() -> None:
    text = runpy.run_path(str(ONTOLOGY / "readme.py"))["text"]()
    assert (ONTOLOGY / "README.md").read_text(encoding="utf-8") == text, "run: python ontology/readme.py"
