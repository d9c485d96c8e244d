"""The areas of cooperation that an article names."""

from __future__ import annotations

from kg.extract.merge import merged
from kg.facts import Evidence, Topic
from kg.text.actors import Actor
from kg.text.doc import Doc, Sentence
from kg.text.tags import Tag

_NEAR = 30
_FIELD = 10  # tokens of a minister's field before his title


def topics(doc: Doc) -> list[Topic]:
    """One Topic for each area that stands near a word of cooperation or discussion, in an article about states."""
    if len({state for actor in doc.actors for state in actor.states}) < 2:
        return []
    found: list[Topic] = []
    for sentence in doc.sentences:
        contexts = doc.of_kind("topic_context", sentence)
        named = [actor for actor in doc.actors_in(sentence) if actor.office or actor.kind == "organization"]
        for tag in doc.of_kind("topic", sentence):
            if any(_title_start(doc, actor) <= tag.i < actor.j for actor in named) or _in_name(doc, sentence, tag):
                continue  # neither a minister of finance nor an organisation for security is a topic
            if any(item.i - tag.j <= _NEAR and tag.i - item.j <= _NEAR and item.i != tag.i for item in contexts):
                start, end = doc.span(tag.i, tag.j)
                found.append(
                    Topic(topic=tag.value, evidence=(Evidence(start=start, end=end, rule="topic: near cooperation"),))
                )
    return sorted(merged(found), key=lambda fact: fact.topic)


def _title_start(doc: Doc, actor: Actor) -> int:
    """Where a title begins with its field, which stands before it where the head comes last: "water minister"."""
    title = next((person.title for person in doc.persons if actor.name and person.i == actor.name[0]), None)
    if doc.pack is None or doc.pack.head != "last" or title is None or "P3" not in title.feats or title.of:
        return actor.i
    at = actor.i
    while at > 0 and actor.i - at < _FIELD and (doc.words[at - 1].text == "," or doc.words[at - 1].text[0].islower()):
        at -= 1
    return at


def _in_name(doc: Doc, sentence: Sentence, tag: Tag) -> bool:
    """Whether a word is part of a name: with a capital, right beside another such; headlines have capitals anyway."""
    if sentence.number == 0 or not doc.words[tag.i].capital or doc.words[tag.i].text.isupper():
        return False
    beside = [at for at in (tag.i - 1, tag.j) if sentence.i < at < sentence.j]
    return any(doc.words[at].capital for at in beside)
