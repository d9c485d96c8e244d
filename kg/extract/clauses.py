"""The clauses of a sentence that tells of several events: what each of them holds, with the subject that they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg.text.doc import Doc, Sentence
from kg.text.tags import Tag

_MARKS = ",;"


def clauses(doc: Doc, sentence: Sentence, events: Sequence[Tag]) -> list[Sentence]:
    """For each of some words for an event the part of the sentence around it; all of it where no comma parts them."""
    bounds = [_boundary(doc, one, two) for one, two in pairwise(events)]
    if not bounds or None in bounds:
        return [sentence] * len(events)
    edges = [sentence.i, *(at for at in bounds if at is not None), sentence.j]
    return [_part(doc, sentence, i, j) for i, j in pairwise(edges)]


def _boundary(doc: Doc, one: Tag, two: Tag) -> int | None:
    """The last comma or semicolon between two words, outside quotations."""
    between = range(two.i - 1, one.j - 1, -1)
    return next((at for at in between if doc.words[at].text in _MARKS and not doc.in_quote(at)), None)


def _part(doc: Doc, sentence: Sentence, i: int, j: int) -> Sentence:
    """A part of a sentence with what begins in it; if it lacks a subject of its own, with the one before it."""
    actors = [actor for actor in sentence.actors if i <= actor.i < j]
    if not any(actor.role == "NOM" and actor.entities for actor in actors):
        before = [actor for actor in sentence.actors if actor.i < i and actor.entities]
        subjects = [actor for actor in before if actor.role == "NOM"]
        others = {state for actor in actors if actor.role == "WITH" for state in doc.states_of(actor)}
        if subjects and others.intersection(doc.states_of(subjects[-1])):
            subjects = [actor for actor in before if actor.role == "ACC"]  # "A received him, and he met A's minister"
        actors = [actor for actor in subjects if actor.group == subjects[-1].group] + actors
    return replace(
        sentence,
        i=i,
        j=j,
        tags={kind: [tag for tag in tags if i <= tag.i < j] for kind, tags in sentence.tags.items()},
        actors=actors,
        dates=[item for item in sentence.dates if i <= item.i < j],
        money=[sum_ for sum_ in sentence.money if i <= sum_.i < j],
    )
