"""Meetings that a sentence only speaks of: "X informed Y about the talks of A and B" is no meeting of X and Y."""

from __future__ import annotations

from collections.abc import Sequence

from kg.text.actors import Actor
from kg.text.doc import Doc, Sentence
from kg.text.tags import Tag

_REACH = 12  # tokens between a verb of telling and the word for the meeting that it is about
_TWO = 2  # states whose relations are the subject of their own talks
_BESIDE = 2  # tokens between "the results of the talks" and "about", where the head comes last


def taking_part(doc: Doc, sentence: Sentence, cue: Tag, actors: Sequence[Actor]) -> list[Actor]:
    """Those of some actors who may take part in a meeting: all of them, unless the sentence only tells of it.

    Then, where the head comes last, not the person who is told; else those after the verb of telling if the meeting is
    theirs, with the subject if he met one of them.
    """
    words = doc.of_kind("meeting_part", sentence)
    tells = [tag for tag in words if tag.value in ("tell", "discuss", "host") and not doc.in_quote(tag.i)]
    if not tells:
        return list(actors)
    if doc.pack is not None and doc.pack.head == "last":
        about = any(doc.pack.after.get(word.fold) == "ABOUT" for word in doc.words[cue.j : cue.j + _BESIDE + 1])
        told = about and any(0 <= tag.i - cue.j <= _REACH for tag in tells)
        return [actor for actor in actors if not (told and actor.person and actor.role in ("TO", "ACC"))]
    verb = next((tag for tag in reversed(tells) if 0 <= cue.i - tag.j <= _REACH), None)
    if verb is None:
        return _without_topics(doc, cue, actors, tells)
    after = [actor for actor in actors if actor.i >= cue.i]
    sides = [actor for actor in after if actor.role != "IN" and doc.states_of(actor)]
    with_one = any(actor.role == "WITH" for actor in sides)
    states = {state for actor in sides for state in doc.states_of(actor)}
    if len(states) > 1 and {actor.role for actor in sides} != {"WITH"}:
        return after
    addressed = [actor for actor in actors if verb.j <= actor.i < cue.i and actor.person]
    return [actor for actor in actors if not (with_one and actor in addressed)]


def _without_topics(doc: Doc, cue: Tag, actors: Sequence[Actor], tells: Sequence[Tag]) -> list[Actor]:
    """Without the states that are only talked about: "the talks were about relations between A and B, C and D"."""
    about = next((tag for tag in tells if tag.value == "discuss" and tag.i - cue.j >= 0), None)
    if about is None:
        return list(actors)
    before = [actor for actor in actors if actor.i < about.i]
    topics = {state for actor in actors if actor.i >= about.j and not actor.person for state in actor.states}
    sides = {state for actor in before if actor.role != "IN" for state in doc.states_of(actor)}
    others = len(topics) == _TWO == len(doc.pair) and not topics & {*doc.pair}
    if len(sides) > 1 or len(topics | sides) > _TWO or others:
        return [actor for actor in actors if actor.i < about.i or (actor.person and actor.role != "GEN")]
    return list(actors)
