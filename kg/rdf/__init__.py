"""Facts as RDF: one generic mapper from dataclass fields to typed triples; names and prefixes are those of ``terms``.

A field ``from_`` or ``delegation_of`` becomes the property ``kg:from`` or ``kg:delegationOf``, a tuple several triples,
an entity an IRI, a member of a closed list ``kg:<list>-<member>``, a date a literal of the precision that the text has.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, get_args, get_type_hints
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from kg.article import Article, EntityId, Extraction
from kg.facts import FACTS, Evidence, Fact, Tenure, When
from kg.rdf.keys import fact_ids, plain
from kg.rdf.terms import BASE, DEFAULT_BASE, ONTOLOGY, iri, kg, member, oa, prov, rdf, skos, xsd

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

RULE_VERSION = "0.1.0"
"""The version of the extraction rules is that of the program; a test holds them equal."""

_REPORTS = kg("reports")
_TYPE, _LABEL, _ALTERNATIVE = rdf("type"), skos("prefLabel"), skos("altLabel")
_GENERATED, _ACTIVITY = prov("wasGeneratedBy"), prov("Activity")
_VERSION = Literal(RULE_VERSION)

LISTS = {
    ("Tenure", "office"): "office",
    ("Meeting", "kind"): "meeting",
    ("Meeting", "status"): "event",
    ("Visit", "kind"): "visit",
    ("Visit", "status"): "event",
    ("TradeVolume", "flow"): "flow",
    ("TradeVolume", "qualifier"): "qualifier",
    ("TradeVolume", "status"): "figure",
    ("Agreement", "kind"): "agreement",
    ("Agreement", "status"): "agreementStatus",
    ("Relation", "kind"): "relation",
    ("Topic", "topic"): "topic",
    ("Evidence", "qualifier"): "qualifier",
}
"""The closed list from which a field of a class takes its values."""

_CLASSES = {
    "state": "State",
    "organization": "Organization",
    "body": "Body",
    "publisher": "Publisher",
    "person": "Person",
    "place": "Place",
}
"""The class of an entity, by the type with which its id begins."""
_PRECISION = {4: "gYear", 7: "gYearMonth", 10: "date"}  # by the length of the ISO text
_RENAMED = {"source": "sourceFile"}
_SEPARATE = {"Evidence": ("start", "end"), "Topic": ("topic",)}  # told by the node's selector, by the node itself

__all__ = [
    "BASE", "DEFAULT_BASE", "LISTS", "ONTOLOGY", "RULE_VERSION",
    "fact_ids", "iri", "member", "quads", "quads_text", "reported", "triples_text",
]

Term: TypeAlias = NamedNode | Literal
Triple: TypeAlias = tuple[NamedNode, NamedNode, Term]


def quads(extraction: Extraction, known: Container[str] = ()) -> list[Quad]:
    """All that an article says, as the quads of its own named graph, sorted.

    The article, what it mentions, its facts, and an Evidence for each place where one is stated; no blank nodes.
    A person who is not in ``known`` (the ids of the seeds) also gets the spelling printed in the article.
    """
    article = extraction.article
    graph = iri(article.id)
    ids = fact_ids(article, extraction.facts)
    triples = {
        *_article(article),
        *_mentions(extraction, known),
        *_entities(article, extraction.facts),
        *(triple for fact, id_ in zip(extraction.facts, ids, strict=True) for triple in _fact(article, fact, id_)),
        *_evidence(article, list(zip(extraction.facts, ids, strict=True))),
    }
    return sorted((Quad(*triple, graph) for triple in triples), key=str)


def reported(graph: Iterable[Quad]) -> list[str]:
    """The IRIs of the facts that graphs of articles report."""
    return [str(quad.object)[1:-1] for quad in graph if quad.predicate == _REPORTS]


def triples_text(graph: Iterable[Quad]) -> bytes:
    """The triples of quads as N-Triples, a line each, in the order given."""
    return serialize((quad.triple for quad in graph), format=RdfFormat.N_TRIPLES) or b""


def quads_text(triples: bytes, graph: NamedNode) -> bytes:
    """N-Triples, a line each, as N-Quads in a graph."""
    # Inside a line of N-Triples there is no line break, so that the end of each is where it seems to be.
    return triples.replace(b" .\n", f" {graph} .\n".encode())


def _article(article: Article) -> Iterator[Triple]:
    node = iri(article.id)
    yield node, _TYPE, kg("Article")
    yield node, kg("contentHash"), Literal(article.content_hash)
    yield from _properties(node, article)


def _mentions(extraction: Extraction, known: Container[str]) -> Iterator[Triple]:
    """Each state, organisation, person and place named: its class and usual English name."""
    article = extraction.article
    spellings: defaultdict[str, set[str]] = defaultdict(set)
    labels: dict[str, str] = {}
    for mention in extraction.mentions:
        if mention.id is None or _type(mention.id) not in _CLASSES:
            continue
        yield iri(article.id), kg("mentions"), iri(mention.id)
        yield iri(mention.id), _TYPE, kg(_CLASSES[_type(mention.id)])
        if mention.label:
            labels.setdefault(mention.id, mention.label)
        if _type(mention.id) == "person" and mention.id not in known:
            spellings[mention.id].add(" ".join(article.text[mention.start:mention.end].split()))
    for id_, label in labels.items():
        yield iri(id_), _LABEL, Literal(label, language="en")
    for id_, printed in spellings.items():
        # The fullest names have the most words; the shortest of them has the fewest case endings.
        spelling = min(printed, key=lambda text: (-text.count(" "), len(text), text))
        yield iri(id_), _ALTERNATIVE, Literal(spelling, language=article.language or "und")


def _entities(article: Article, facts: Iterable[Fact]) -> Iterator[Triple]:
    """The class of every entity that the article or a fact refers to, named in the text or only understood."""
    for thing in (article, *facts, *(place for fact in facts for place in fact.evidence)):
        for field in _PLANS[type(thing)]:
            for id_ in _values(getattr(thing, field.name)) if field.entity else ():
                yield iri(id_), _TYPE, kg(_CLASSES[_type(id_)])


def _fact(article: Article, fact: Fact, id_: str) -> Iterator[Triple]:
    node = iri(id_)
    yield iri(article.id), kg("reports"), node
    yield node, _TYPE, kg(type(fact).__name__)
    yield from _properties(node, fact)
    if isinstance(fact, Tenure) and article.published:
        yield node, kg("observedOn"), _literal(article.published)


def _evidence(article: Article, facts: Iterable[tuple[Fact, str]]) -> Iterator[Triple]:
    """An annotation for each place where a fact is stated, with its target and the rule that read it."""
    places = {(place.start, place.end, id_, place.rule, place) for fact, id_ in facts for place in fact.evidence}
    count: Counter[tuple[int, int]] = Counter()
    for start, end, id_, rule, place in sorted(places, key=lambda item: (*item[:4], repr(item[4]))):
        count[start, end] += 1
        node, activity = iri(f"{article.id}#e{start}-{end}.{count[start, end]}"), _activity(rule)
        yield node, _TYPE, kg("Evidence")
        yield node, _TYPE, oa("Annotation")
        yield node, oa("hasBody"), iri(id_)
        yield node, oa("hasTarget"), iri(f"{article.id}#s{start}-{end}")
        yield node, kg("ruleVersion"), _VERSION
        yield node, _GENERATED, activity
        yield activity, _TYPE, _ACTIVITY
        yield from _properties(node, place)
    for start, end in count:
        yield from _selectors(article, start, end)


def _selectors(article: Article, start: int, end: int) -> Iterator[Triple]:
    """A stretch of the article's text, by position and by quotation."""
    target, position, exact = (iri(f"{article.id}#s{start}-{end}{part}") for part in ("", ".position", ".quote"))
    yield target, _TYPE, oa("SpecificResource")
    yield target, oa("hasSource"), iri(article.id)
    yield target, oa("hasSelector"), position
    yield target, oa("hasSelector"), exact
    yield position, _TYPE, oa("TextPositionSelector")
    yield position, oa("start"), _literal(start)
    yield position, oa("end"), _literal(end)
    yield exact, _TYPE, oa("TextQuoteSelector")
    yield exact, oa("exact"), Literal(article.text[start:end])


@cache
def _activity(rule: str) -> NamedNode:
    """What a rule of this version of the program does."""
    return iri(f"rule/{quote(rule, safe='')}@{RULE_VERSION}")


def _properties(node: NamedNode, thing: Article | Fact | Evidence) -> Iterator[Triple]:
    """The triples of a value's fields; one that is None or empty is not told and gives none."""
    for field in _PLANS[type(thing)]:
        for value in _values(getattr(thing, field.name)):
            if field.list:
                yield node, field.property, member(field.list, value)
            elif field.entity:
                yield node, field.property, iri(value)
            elif isinstance(value, When):
                yield from _when(node, field, value)
            else:
                yield node, field.property, _literal(value)


def _when(node: NamedNode, field: _Field, when: When) -> Iterator[Triple]:
    """A date in the precision of the text, and the first and last day that it can mean.

    Of an event of several days ``date`` is the first; a period keeps both ends, as text.
    """
    if when.end and field.name == "period":
        yield node, field.property, Literal(str(when))
    else:
        yield node, field.property, Literal(when.start, datatype=xsd(_PRECISION[len(when.start)]))
    yield node, kg("earliest"), _literal(when.earliest)
    yield node, kg("latest"), _literal(when.latest)


def _literal(value: object) -> Literal:
    """A typed literal; decimals in plain notation, because RDF's has no exponent."""
    if isinstance(value, Decimal):
        return Literal(plain(value), datatype=xsd("decimal"))
    if isinstance(value, int):
        return Literal(str(value), datatype=xsd("integer"))
    if isinstance(value, date):
        return Literal(value.isoformat(), datatype=xsd("date"))
    return Literal(str(value))


class _Field(NamedTuple):
    """How a field becomes triples: its property, whether it holds entities, and the closed list of its values."""

    name: str
    property: NamedNode
    entity: bool
    list: str | None


def _type(id_: str) -> str:
    return id_.split("/", 1)[0]


def _camel(name: str) -> str:
    first, *rest = name.rstrip("_").split("_")
    return first + "".join(word.title() for word in rest)


def _plan(class_: type[Article | Fact | Evidence]) -> tuple[_Field, ...]:
    """How the fields of a class become triples, read from its annotations."""
    hints = get_type_hints(class_)
    separate = ("evidence", *_SEPARATE.get(class_.__name__, ()))
    return tuple(
        _Field(
            name=field.name,
            property=kg(_RENAMED.get(field.name) or _camel(field.name)),
            entity=EntityId in (hints[field.name], *get_args(hints[field.name])),
            list=LISTS.get((class_.__name__, field.name)),
        )
        for field in fields(class_)
        if field.name not in separate
    )


def _values(value: object) -> tuple[Any, ...]:
    if isinstance(value, tuple):
        return value
    return () if value is None else (value,)


_PLANS = {class_: _plan(class_) for class_ in (Article, Evidence, *FACTS)}
