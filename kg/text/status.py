"""Whether an event was held, is planned, was cancelled or is only hoped for: by verbs, tenses and dates around it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.text.dates import Date
from kg.text.doc import Doc, Sentence
from kg.text.forms import TENSES
from kg.text.tags import Tag

_VERBS = ("status", "meeting", "visit", "sign", "meeting_part", "visit_verb")
_REACH = 25
_ATTRIBUTE = 4  # tokens between an adjective and its noun
_CASES = frozenset({"NOM", "GEN", "DAT", "ACC", "INS", "LOC"})
_BEFORE = 2  # tokens between a participle and its noun


def status(doc: Doc, sentence: Sentence, event: Tag, day: Date | None) -> str:
    """held, planned, cancelled or hoped: what the nearest telling word says, else what the date says, else held.

    What is denied ("did not meet") is no more than hoped.
    """
    told = sorted(_told(doc, sentence, event))
    answer = told[0][1] if told else "held"
    published = doc.article.published
    coming = bool(day and day.when and published and day.when.earliest > published)
    return "planned" if answer == "held" and coming else answer


def _qualifies(verb: Tag, event: Tag) -> bool:
    """Whether a participle stands before the event that it tells of: "the summit to be held"."""
    return "PART" in verb.feats and 0 <= event.i - verb.j <= _BEFORE


def _told(doc: Doc, sentence: Sentence, event: Tag) -> Iterator[tuple[int, str]]:
    """How far each telling word is, and what it says. Where the head comes last, only the words that follow count."""
    tense = doc.pack.tense if doc.pack else {}
    last = doc.pack is not None and doc.pack.head == "last"
    for kind in _VERBS:
        for tag in (one for one in doc.of_kind(kind, sentence) if one.value != "tell"):  # "recall that"
            distance = tag.i - event.j if tag.i >= event.i else event.i - tag.j
            if distance > _REACH or doc.in_quote(tag.i) != doc.in_quote(event.i):
                continue
            settled = kind == "status" and (tag.value in ("planned", "cancelled") or _qualifies(tag, event))
            if last and tag.i < event.i and not settled:
                continue
            if kind != "status" and doc.negated(tag):
                yield max(distance, 0), "hoped"
                continue
            if kind == "status" and _is_of_other(tag, event, last=last):
                continue
            if _is_attribute(tag) and not last and not 0 <= event.i - tag.j <= _ATTRIBUTE:
                continue  # "the coming visit" says nothing of the talks
            if kind == "status" and tag.value != "held":
                yield max(distance, 0), tag.value
                continue
            found = next((tense[feat] for feat in tense if feat in tag.feats), None)
            if found:
                yield max(distance, 0) + (0 if kind == "status" else 1), found


def _is_attribute(tag: Tag) -> bool:
    """Whether a word for what is planned is an adjective, by its case: it tells of its own noun only."""
    return tag.kind == "status" and tag.value == "planned" and bool(_CASES & tag.feats) and not TENSES & tag.feats


def _is_of_other(tag: Tag, event: Tag, *, last: bool) -> bool:
    """Whether a word of status tells nothing of the event: "unexpectedly", "at it possibilities were discussed"."""
    discussed = tag.value == "hoped" and last and "LOC" in event.feats and not TENSES & tag.feats
    return discussed or (tag.value == "planned" and "NEG" in tag.feats)
