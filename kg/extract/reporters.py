"""Those of a sentence whose words it reports, and who take no part in what they tell of."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.text.actors import Actor
from kg.text.doc import Doc, Sentence
from kg.text.tags import Tag
from kg.text.tokens import gap

_SERVANTS = frozenset({"official", "ambassador"})
_SAYING = 6  # tokens between a person and what he said
_OWNER_REACH = 4  # tokens between "X's" and "adviser": "on African affairs"


def sources_of(doc: Doc, sentence: Sentence, actors: Sequence[Actor]) -> set[int]:
    """Where those stand whose words the sentence reports: "according to X", and "X said" where others meet."""
    events = [*doc.of_kind("meeting", sentence), *doc.of_kind("meeting_part", sentence)]
    covered = {at for tag in events for at in range(tag.i, tag.j)}  # "call on", "a call"
    speech = [tag for tag in doc.of_kind("speech", sentence) if tag.i not in covered]
    last = doc.pack is not None and doc.pack.head == "last"
    sources = {
        actor.i
        for actor in actors
        for tag in speech
        if tag.value == "noun" and 0 <= (tag.i - actor.j if last else actor.i - tag.j) <= 1
    }
    reporters = _reporters(speech, actors)
    sources |= reporters
    if last:
        sources |= _tellers(speech, actors, sentence)
    people = [actor for actor in actors if actor.person and actor.role == "NOM" and actor.i not in sources]
    others = {state for actor in actors if actor not in people for state in actor.states}
    states = {state for state in others if state.startswith("state/")}
    relayed = {tag.j for tag in doc.of_kind("relay", sentence)}  # "the press service said"
    speech = [tag for tag in speech if tag.i not in relayed and tag.value == "verb"]
    alone = len(people) == 1 and not reporters
    acts = any(tag.value not in ("discuss", "tell") for tag in doc.of_kind("meeting_part", sentence))
    if alone and len(states) > 1 and not acts and any(last or gap(tag, people[0]) <= _SAYING for tag in speech):
        sources.add(people[0].i)
    return sources


def _reporters(speech: Sequence[Tag], actors: Sequence[Actor]) -> set[int]:
    """Where one person stands right beside a verb of saying, and two others take part: "X said that Y met Z"."""
    people = [actor for actor in actors if actor.person]
    beside = [
        actor
        for actor in people
        for tag in speech
        if tag.value == "verb" and actor.role == "NOM" and 0 <= gap(tag, actor) <= 1
    ]
    alone = [actor for actor in beside if sum(other.group == actor.group for other in people) == 1]
    others = {actor.person for actor in people} - {actor.person for actor in alone}
    met = any(actor.entities and actor.role in ("WITH", "BETWEEN") for actor in actors)
    apart = [actor for actor in alone if len(others) > 1 or (others and met and actor.office == "official")]
    return {actor.i for actor in (*apart, *_spokesmen(speech, actors))}


def _spokesmen(speech: Sequence[Tag], actors: Sequence[Actor]) -> list[Actor]:
    """Those who are told by their title alone beside a verb of saying: "the spokeswoman added"."""
    verbs = [tag for tag in speech if tag.value == "verb"]
    titles = [actor for actor in actors if actor.form == "title" and actor.office == "official"]
    return [actor for actor in titles if any(0 <= gap(tag, actor) <= 1 for tag in verbs)]


def _tellers(speech: Sequence[Tag], actors: Sequence[Actor], sentence: Sentence) -> set[int]:
    """Where the verb ends the sentence: its first subject, if it says what another did."""
    people = [actor for actor in actors if actor.person and actor.role in ("NOM", "GEN")]
    says = any(tag.value == "verb" and tag.j >= sentence.j - 1 for tag in speech)
    if not says or len(people) < 2 or people[0].role != "NOM" or people[0].group == people[1].group:
        return set()
    others = {actor.person for actor in actors if actor.person} - {people[0].person}
    return {people[0].i} if len(others) > 1 else set()


def owners_of(actors: Sequence[Actor]) -> set[int]:
    """Those who are told only to say whose adviser or envoy another is."""
    return {
        one.i
        for one, two in pairwise(actors)
        if one.person and one.role == "GEN" and two.office in _SERVANTS and not two.states
        and 0 <= two.i - one.j <= _OWNER_REACH
    }
