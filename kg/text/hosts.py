"""Whose a visitor's hosts are: "in Peru he met Foreign Minister N" tells that N is Peru's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.article import EntityId
from kg.seeds import Term
from kg.text.actors import Actor
from kg.text.linking import LEADERS, strangers
from kg.text.titles import Person

_OFFICES = frozenset({"head_of_state", "head_of_government", "foreign_minister", "minister", "speaker"})
_SUBJECTS = frozenset({"NOM", "GEN"})


def place_hosts(
    persons: Sequence[Person],
    actors: Sequence[Actor],
    ranges: Sequence[tuple[int, int]],
    terms: Mapping[EntityId, Sequence[Term]],
) -> None:
    """Give the unknown holders of offices the one state to which, or in which, someone of another goes or acts.

    Only after him in his sentence, and if neither their title nor any other place tells whose they are.
    """
    untold = {person.id: person for person in persons if person.title and not person.title.of}
    told = {person.id for person in persons if person.title and person.title.of}
    for i, j in ranges if untold else ():
        here = [actor for actor in actors if i <= actor.i < j]
        goals = {actor.states[0] for actor in here if _is_goal(actor)}
        guests = [actor for actor in here if actor.person and actor.role in _SUBJECTS and _home(actor, terms)]
        if len(goals) != 1 or not guests or _home(guests[0], terms) in goals:
            continue
        for actor in here:
            person = untold.get(actor.person) if actor.person else None
            if person is None or person.id in told or actor.i < guests[0].i or actor.office not in _OFFICES:
                continue
            if person.title is not None and not terms.get(person.id) and not actor.states:
                actor.states = tuple(goals)
                for other in persons:
                    if other.id == person.id and other.title is not None:
                        other.title = replace(other.title, of=actor.states, rule="the host's state")


def _is_goal(actor: Actor) -> bool:
    return actor.kind == "state" and actor.form == "name" and actor.role in ("TO", "IN") and bool(actor.states)


def _home(actor: Actor, terms: Mapping[EntityId, Sequence[Term]]) -> EntityId | None:
    if actor.states:
        return actor.states[0]
    led = {term.of for term in terms.get(actor.person, ()) if term.office in LEADERS} if actor.person else set()
    return led.pop() if len(led) == 1 else None


def without_strangers(
    persons: Sequence[Person], actors: Sequence[Actor], terms: Mapping[EntityId, Sequence[Term]]
) -> tuple[list[Person], list[Actor]]:
    """Persons and actors without the persons whose title is no public office; of such an actor the title remains."""
    unknown = strangers(persons, terms)
    titles = [
        replace(actor, person=None, kind="title", form="title", name=None) if actor.person in unknown else actor
        for actor in actors
    ]
    return [person for person in persons if person.id not in unknown], titles
