"""The words for meetings in a sentence, without those that only say at which occasion something else took place."""

from __future__ import annotations

from dataclasses import replace

from kg.extract.participants import pairs_of
from kg.extract.sightings import GENERIC, SINGLE
from kg.text.doc import Doc, Sentence
from kg.text.tags import Tag

_RANK = ("phone_call", "summit", "forum", "council_session", "bilateral", "other")
_SETTING = 12  # tokens between "on the sidelines of" and "summit"
_PLACES = frozenset({"LOC"})
_AT = 8  # tokens between "at" and "summit"


def cues_of(doc: Doc, sentence: Sentence) -> list[Tag]:
    """The words for a meeting in a sentence, one for each run of such words: the most telling kind of it."""
    if not doc.of_kind("meeting", sentence):
        return _encounters(doc, sentence, at_occasion=False)
    named = [tag for kind in ("organization", "office") for tag in doc.of_kind(kind, sentence)]
    welcomed = any(tag.value == "welcome" for tag in doc.of_kind("meeting_part", sentence))
    cues: list[Tag] = []
    words = [
        tag
        for tag in doc.of_kind("meeting", sentence)
        if tag.value != "none" and not doc.in_quote(tag.i) and not (welcomed and tag.value in GENERIC)
    ]
    occasions: list[Tag] = []
    for tag in words:
        if _is_occasion(doc, sentence, tag) or (occasions and _goes_on(doc, occasions[-1], tag)):
            occasions.append(tag)
    for tag in words:
        if any(other.i <= tag.i and tag.j <= other.j for other in named):
            continue
        if tag in occasions and len(occasions) < len(words):
            continue
        last = cues[-1] if cues else None
        if last is not None and tag.i - last.j <= 3:
            kind = min(last.value, tag.value, key=_RANK.index)
            cues[-1] = replace(tag, value=kind, i=last.i)
        else:
            cues.append(tag)
    if any(cue.value in SINGLE for cue in cues):
        cues = [cue for cue in cues if cue.value != "phone_call"]  # a session by video link is a session
    if all(cue.value in SINGLE for cue in cues):
        return _encounters(doc, sentence, at_occasion=bool(cues)) or cues
    return cues


def _encounters(doc: Doc, sentence: Sentence, *, at_occasion: bool) -> list[Tag]:
    """One who receives another of another state, or discusses something with him, be it at a summit, meets him: the
    verb is the word for the meeting.
    """
    for tag in doc.of_kind("meeting_part", sentence):
        if doc.in_quote(tag.i) or not (
            (tag.value == "receive" and not at_occasion) or (tag.value == "discuss" and _with_someone(doc, sentence))
        ):
            continue
        if pairs_of(doc, sentence, tag):
            return [replace(tag, kind="meeting", value="bilateral")]
    return []


def _with_someone(doc: Doc, sentence: Sentence) -> bool:
    """Whether a person stands "with" another, each beside his own state: "A discussed trade with his colleague B"."""
    people = [actor for actor in doc.actors_in(sentence) if actor.person and not doc.in_quote(actor.i)]
    return [actor.role for actor in people].count("WITH") == 1 == [actor.role for actor in people].count("NOM")


def _is_occasion(doc: Doc, sentence: Sentence, tag: Tag) -> bool:
    """Whether a meeting is only the occasion of another: "on the sidelines of the summit", "at the summit"."""
    last = doc.pack is not None and doc.pack.head == "last"
    headed = tag.j < len(doc.words) and doc.words[tag.j].text == ":"  # "The summit: A and B met"
    if tag.value in SINGLE and ((last and "LOC" in tag.feats) or headed) and _met_later(doc, sentence, tag):
        return True
    return (not last and tag.value in SINGLE and _is_at(doc, tag)) or any(
        0 <= (setting.i - tag.j if last else tag.i - setting.j) <= (1 if last else _SETTING)
        for setting in doc.of_kind("meeting_part", sentence)
        if setting.value == "setting"
    )


def _goes_on(doc: Doc, one: Tag, two: Tag) -> bool:
    """Whether "and" joins a meeting in the same case to one that is an occasion: "at the summit and the session"."""
    joined = two.i - 1 in doc.tags.get("and", {})
    return joined and two.value in SINGLE and bool(one.feats & two.feats & _PLACES)


def _is_at(doc: Doc, tag: Tag) -> bool:
    """Whether the nearest preposition in the few words before says where something takes place."""
    before = doc.pack.before if doc.pack else {}
    words = reversed(doc.words[max(tag.i - _AT, 0) : tag.i])
    roles = next((before[word.fold] for word in words if word.fold in before), {})
    return "IN" in [role for case, role in roles.items() if not case or case in tag.feats]


def _met_later(doc: Doc, sentence: Sentence, tag: Tag) -> bool:
    """Whether one met with another at a summit: "at the summit he met with X"."""
    meets = [other for other in doc.of_kind("meeting", sentence) if other.i >= tag.j and other.value == "bilateral"]
    met = [actor for actor in doc.actors_in(sentence) if actor.person and actor.i >= tag.j]
    return bool(meets) and any(actor.role == "WITH" for actor in met)
