"""Direct quotations with their speakers."""

from __future__ import annotations

from kg.article import EntityId
from kg.extract.merge import merged
from kg.facts import Evidence, Statement
from kg.text.doc import Doc
from kg.text.speakers import Quotation


def statements(doc: Doc) -> list[Statement]:
    """One Statement for each quotation whose speaker is clear."""
    found: list[Statement] = []
    for quote in doc.quotes:
        if quote.speaker is None:
            continue
        start, end = doc.span(quote.i, quote.j)
        found.append(
            Statement(
                speaker=quote.speaker,
                text=doc.article.text[start:end],
                addressee=_addressee(doc, quote),
                about=_about(doc, quote),
                evidence=(Evidence(start=start, end=end, rule=f"statement: {quote.rule}"),),
            )
        )
    return merged(found)


def _addressee(doc: Doc, quote: Quotation) -> EntityId | None:
    """The person whom the quotation calls by name, with a word of respect or a patronymic before a comma."""
    honorifics = {tag.j for tag in doc.tags.get("name_part", {}).values() if tag.value == "honorific"}
    for person in doc.persons:
        if (
            quote.i <= person.i < quote.j
            and person.id != quote.speaker
            and (person.i in honorifics or (person.i == quote.i and doc.words[person.j].text in ",!"))
        ):
            return person.id
    return None


def _about(doc: Doc, quote: Quotation) -> tuple[EntityId, ...]:
    named = {entity for actor in doc.actors if quote.i <= actor.i < quote.j for entity in actor.entities}
    return tuple(sorted(named - {quote.speaker}))
