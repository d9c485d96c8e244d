"""Alliances, partnerships and diplomatic relations between two states."""

from __future__ import annotations

from kg.article import EntityId
from kg.extract.merge import merged
from kg.facts import Evidence, Relation
from kg.text.doc import Doc, Sentence
from kg.text.tags import Tag

_NEAR = 12


def relations(doc: Doc) -> list[Relation]:
    """One Relation for each kind and pair of states that a sentence, or else the article, puts together."""
    found: list[Relation] = []
    for sentence in doc.sentences:
        bodies = [body for kind in ("body", "organization") for body in doc.of_kind(kind, sentence)]
        for tag in doc.of_kind("relation", sentence):
            if any(body.i <= tag.i < body.j for body in bodies):
                continue  # the name of a council is no relation
            pair, rule = _pair(doc, sentence, tag)
            if pair is not None and not _only_wished(doc, sentence, tag):
                start, end = doc.sentence_span(sentence)
                found.append(
                    Relation(
                        party=pair, kind=tag.value, evidence=(Evidence(start=start, end=end, rule=f"relation: {rule}"),)
                    )
                )
    return merged(found)


def _pair(doc: Doc, sentence: Sentence, tag: Tag) -> tuple[tuple[EntityId, EntityId] | None, str]:
    actors = [actor for actor in doc.actors_in(sentence) if actor.states and actor.role != "IN"]
    states = {state for actor in actors for state in actor.states if state.startswith("state/")}
    if len(states) > 2:
        states = {
            state
            for actor in actors
            if min(abs(actor.i - tag.j), abs(tag.i - actor.j)) <= _NEAR
            for state in actor.states
            if state.startswith("state/")
        }
    if len(states) == 2:
        one, two = sorted(states)
        return (one, two), "two states in the sentence"
    pair = [item for item in sentence.pair if item.startswith("state/")]
    if len(states) < 2 and len(pair) == 2 and states <= set(pair):
        return (sentence.pair[0], sentence.pair[1]), "the article's pair"
    return None, ""


def _only_wished(doc: Doc, sentence: Sentence, tag: Tag) -> bool:
    """Whether a word of hoping stands beside it: after it where the head comes last, else before it."""
    last = doc.pack is not None and doc.pack.head == "last"
    return any(
        item.value == "hoped" and (0 <= item.i - tag.j <= 2 if last else 0 <= tag.i - item.j <= 4)
        for item in doc.of_kind("status", sentence)
    )
