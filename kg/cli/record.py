"""An extraction as the JSON object that ``kg extract`` prints, under the ontology's names."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import TypeAlias, get_args, get_type_hints

from kg.article import EntityId, Extraction, Mention
from kg.facts import FACTS, Evidence, Fact, When
from kg.rdf import fact_ids, iri

Json: TypeAlias = "str | int | float | list[Json] | dict[str, Json] | None"
Record: TypeAlias = dict[str, Json]


def record(extraction: Extraction) -> Record:
    """What was read from an article. Entities and facts are IRIs, dates and periods text, amounts numbers.

    Of the article itself every key is there, with None for what is not told; of a fact only what is told.
    """
    article = extraction.article
    ids = fact_ids(article, extraction.facts)
    return {
        "source": article.source,
        "article": iri(article.id).value,
        "language": article.language,
        "title": article.headline,
        "published": str(article.published) if article.published else None,
        "publisher": _iri(article.publisher),
        "dateline": _iri(article.dateline),
        "relayedFrom": _iri(article.relayed_from),
        "url": article.url,
        "encoding": article.encoding,
        "text": article.text,
        "mentions": [_mention(mention) for mention in extraction.mentions],
        "facts": [_fact(fact, id_) for fact, id_ in zip(extraction.facts, ids, strict=True)],
    }


def _mention(mention: Mention) -> Record:
    return {
        "start": mention.start,
        "end": mention.end,
        "kind": mention.kind,
        "id": _iri(mention.id),
        "label": mention.label,
        "value": _value(mention.value),
    }


def _fact(fact: Fact, id_: str) -> Record:
    told: Record = {"class": type(fact).__name__, "id": iri(id_).value}
    return told | _fields(fact) | {"evidence": [_fields(place) for place in fact.evidence]}


def _fields(thing: Fact | Evidence) -> Record:
    """The fields that are told, under the names of the ontology's properties."""
    entities = _ENTITIES[type(thing)]
    told: Record = {}
    for field in fields(thing):
        value = getattr(thing, field.name)
        if field.name == "evidence" or value is None or value == ():
            continue
        name = _property(field.name)
        if field.name in entities:
            told[name] = [_iri(id_) for id_ in value] if isinstance(value, tuple) else _iri(value)
        else:
            told[name] = _value(value)
    return told


def _value(value: object) -> Json:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, When | date):
        return str(value)
    return value if isinstance(value, int | float | str) else None


def _iri(id_: str | None) -> str | None:
    return iri(id_).value if id_ else None


def _property(name: str) -> str:
    first, *rest = name.rstrip("_").split("_")
    return first + "".join(word.title() for word in rest)


def _entity_fields(class_: type) -> frozenset[str]:
    hints = get_type_hints(class_)
    return frozenset(name for name, hint in hints.items() if EntityId in (hint, *get_args(hint)))


_STATED: tuple[type[Fact | Evidence], ...] = (Evidence, *FACTS)
_ENTITIES = {class_: _entity_fields(class_) for class_ in _STATED}
