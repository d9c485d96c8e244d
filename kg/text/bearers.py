"""Whom a title without a name means: "the minister", "the Kazakh leader"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kg import seeds
from kg.article import EntityId
from kg.text.actors import Actor
from kg.text.linking import in_office
from kg.text.titles import LEADS_STATE, Person
from kg.text.tokens import Token

_OFFICES = frozenset({"head_of_state", "head_of_government", "foreign_minister", "speaker", "ambassador"})
"""The offices that have one title; those of the other kinds are many, and two of them need not be one."""
_SAME = 5  # letters that tell a title's word


class Bearers:
    """The persons of an article by their titles; ``country``: whose state "the President" alone means."""

    def __init__(
        self, persons: Sequence[Person], words: Sequence[Token], published: date | None, country: EntityId | None
    ) -> None:
        self._persons = sorted(persons, key=lambda person: person.i)
        self._words, self._published, self._country = words, published, country
        self._terms = seeds.load().terms
        self._named = {person.id for person in persons}
        self._holders: dict[tuple[str, tuple[EntityId, ...] | None], set[EntityId]] = {}
        for person in persons:
            if person.title:
                for key in self._keys(person.title.office, person.title.i, person.title.j):
                    for of in (person.title.of, None):
                        self._holders.setdefault((key, of), set()).add(person.id)

    def of(self, actor: Actor) -> tuple[EntityId, str | None] | None:
        """Who bears a title, and which office that is: the one who does in the article, by what it says or as known."""
        if (leader := self._leader(actor)) is not None:
            return leader
        found = self._holding(actor) or self._in_office(actor)
        if len(found) > 1 or actor.office not in _OFFICES:
            found = {person.id for person in self._persons if person.id in found and person.i < actor.i}
        return (found.pop(), actor.office) if len(found) == 1 else None

    def _leader(self, actor: Actor) -> tuple[EntityId, str | None] | None:
        """Whom "the Kazakh leader" means: who leads the state in the text before, its head of state if he is there."""
        if actor.rule != "leader":
            return None
        led = [
            (person.id, person.title.office)
            for person in self._persons
            if person.title and person.i < actor.i and person.title.office in LEADS_STATE
            and {*actor.states} & self._states(person.id, person.title.office, person.title.of)
        ]
        return max(led, key=lambda one: one[1] == "head_of_state") if led else None

    def _states(self, person: EntityId, office: str, told: Sequence[EntityId]) -> set[EntityId | None]:
        return {*told} or {term.of for term in self._terms.get(person, ()) if term.office == office}

    def _holding(self, actor: Actor) -> set[EntityId]:
        """Who holds the office in the article; "the President" of several, in his own press, is its own."""
        key = self._keys(actor.office, actor.i, actor.j)[0]
        found = self._holders.get((key, actor.states or None), set())
        own = self._country and key == "head_of_state" and not actor.states and "PL" not in actor.feats
        if len(found) > 1 and self._country and own:
            return found & self._holders.get((key, (self._country,)), set())
        return {*found}

    def _in_office(self, actor: Actor) -> set[EntityId]:
        """The persons named in the article who held the office then, by the reference data."""
        return {
            person
            for person in self._named
            for term in self._terms.get(person, ())
            if actor.states == (term.of,) and term.office == actor.office and in_office(term, self._published)
        }

    def _keys(self, office: str | None, i: int, j: int) -> list[str]:
        """What tells a title from others: its office, if that has one title; then how its words begin."""
        title = sorted(self._words[i:j], key=lambda token: -len(token.text))
        words = [token.fold[:_SAME] for token in title]
        if office in LEADS_STATE:
            return [office]
        return [office or "", *words] if office in _OFFICES else words or [""]
