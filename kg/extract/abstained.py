"""What looked like a fact and gave none, and why: the other half of ``kg explain``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.facts import Agreement, Fact, Meeting, Statement, TradeVolume, Visit
from kg.text.doc import Doc, Sentence
from kg.text.status import status
from kg.text.tags import Tag

_NEAR = 8  # tokens from a sum to what makes it another kind of sum


@dataclass(frozen=True, kw_only=True)
class Abstention:
    """A figure, quotation, or word for an event in ``text[start:end]`` of which no fact is told, and why."""

    start: int
    end: int
    candidate: str
    reason: str


def abstentions(doc: Doc, facts: Sequence[Fact]) -> list[Abstention]:
    """The candidates in a document that none of its facts is about, in the order of the text."""
    found: list[Abstention] = []
    for kind, name, candidates in _CANDIDATES:
        places = [place for fact in facts if isinstance(fact, kind) for place in fact.evidence]
        for i, j, reason in candidates(doc):
            start, end = doc.span(i, j)
            if not any(place.start <= start and end <= place.end for place in places):
                found.append(Abstention(start=start, end=end, candidate=name, reason=reason))
    return sorted(found, key=lambda item: (item.start, item.end))


Candidates = Iterator[tuple[int, int, str]]


def _figures(doc: Doc) -> Candidates:
    for sentence in doc.sentences:
        for sum_ in sentence.money:
            beside = [tag.value for tag in doc.of_kind("block", sentence) if abs(tag.i - sum_.i) <= _NEAR]
            if beside:
                reason = f"a word of the kind “{beside[0]}” stands beside it"
            elif not doc.of_kind("flow", sentence):
                reason = "its sentence has no word for a flow, such as trade or investment"
            else:
                reason = "its flow is too far away, or its two parties are not clear"
            yield sum_.i, sum_.j, reason


def _events(kind: str, unclear: str) -> Callable[[Doc], Candidates]:
    """The words for an event, with the reason for those that are told as facts but leave something open."""

    def candidates(doc: Doc) -> Candidates:
        for sentence in doc.sentences:
            for tag in doc.of_kind(kind, sentence):
                yield tag.i, tag.j, _untold(doc, sentence, tag) or unclear

    return candidates


def _untold(doc: Doc, sentence: Sentence, tag: Tag) -> str | None:
    """Why an event is not told as a fact at all."""
    if any(block.value == "sport" for block in doc.of_kind("block", sentence)):
        return "its sentence is about sport"
    if status(doc, sentence, tag, None) == "hoped":
        return "it is only hoped for, or denied"
    if tag.kind != "visit" and doc.in_quote(tag.i):
        return "it stands in someone's words"
    if tag.kind == "agreement" and not doc.of_kind("sign", sentence):
        return "its sentence has no word of signing or adopting"
    return None


def _quotations(doc: Doc) -> Candidates:
    for quote in doc.quotes:
        if quote.speaker is None and quote.j > quote.i:
            words = sum(token.text[0].isalpha() for token in doc.words[quote.i : quote.j])
            yield quote.i, quote.j, "it is not clear who says it" if words > 1 else "a single word is no statement"


_CANDIDATES: Sequence[tuple[type[Fact], str, Callable[[Doc], Candidates]]] = (
    (TradeVolume, "figure", _figures),
    (Meeting, "meeting", _events("meeting", "it is not clear which two sides take part")),
    (Visit, "visit", _events("visit", "it is not clear who travels, or to which other state")),
    (Agreement, "agreement", _events("agreement", "its parties are not clear, or it is a mere mention of a document")),
    (Statement, "quotation", _quotations),
)
