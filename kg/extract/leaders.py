"""The leaders whom an article lists."""

from __future__ import annotations

from kg import seeds
from kg.article import EntityId
from kg.text.actors import Actor
from kg.text.doc import Doc
from kg.text.linking import LEADERS, in_office

_SEVERAL = 3


def leaders_listed(doc: Doc) -> set[EntityId]:
    """The leaders, with their states, of the sentences outside quotations that name three or more."""
    found: set[EntityId] = set()
    for sentence in doc.sentences:
        people = {actor.person: actor for actor in doc.actors_in(sentence) if not doc.in_quote(actor.i)}
        homes = {person: _led(doc, actor) for person, actor in people.items() if person}
        states = {state for state in homes.values() if state}
        if len(states) >= _SEVERAL:
            found.update(states, (person for person, state in homes.items() if state))
    return found


def _led(doc: Doc, actor: Actor) -> EntityId | None:
    """The state that a person leads, by his title or as known."""
    if actor.office in LEADERS and actor.states:
        return actor.states[0]
    terms = seeds.load().terms.get(actor.person, ()) if actor.person else ()
    led = {term.of for term in terms if term.office in LEADERS and in_office(term, doc.article.published)}
    return led.pop() if len(led) == 1 else None
