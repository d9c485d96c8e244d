"""From a parsed document to facts: one extractor a fact class, in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kg.article import Extraction, Mention
from kg.extract.agreements import agreements
from kg.extract.meetings import meetings
from kg.extract.mentions import mentions
from kg.extract.people import tenures
from kg.extract.relations import relations
from kg.extract.statements import statements
from kg.extract.topics import topics
from kg.extract.trade import trade
from kg.extract.visits import visits
from kg.facts import Fact
from kg.text.doc import Doc

EXTRACTORS: Mapping[str, Callable[[Doc], Sequence[Fact]]] = {
    "people": tenures,
    "meetings": meetings,
    "visits": visits,
    "trade": trade,
    "agreements": agreements,
    "relations": relations,
    "statements": statements,
    "topics": topics,
}


def extract(doc: Doc) -> Extraction:
    """All facts and mentions of a document. Pure: the same document gives the same facts in the same order."""
    facts: list[Fact] = []
    if doc.pack is not None:
        for extractor in EXTRACTORS.values():
            facts.extend(extractor(doc))
    found: tuple[Mention, ...] = tuple(mentions(doc)) if doc.pack is not None else ()
    return Extraction(article=doc.article, mentions=found, facts=tuple(facts))
