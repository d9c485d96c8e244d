"""Anaphors and bare titles ("our country", "the minister"), as far as the article makes clear what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg import seeds
from kg.article import Article, EntityId
from kg.text.actors import Actor
from kg.text.people import Person

_Holders = Mapping[tuple[str | None, tuple[EntityId, ...] | None], set[EntityId]]


def resolve(actors: Iterable[Actor], article: Article, persons: Sequence[Person], pair: tuple[EntityId, ...]) -> None:
    """Give anaphors their states, and titles without a name the one person who holds the office in the article."""
    country = _home(article)
    holders = _holders(persons)
    for actor in actors:
        if actor.form == "anaphor" or actor.rule == "our_leader":
            _resolve_states(actor, country, pair)
        if actor.form == "title" and ("PL" not in actor.feats or "GEN" in actor.feats):
            found = holders.get((actor.office, actor.states or None), set())
            if len(found) == 1:
                actor.person = next(iter(found))


def _home(article: Article) -> EntityId | None:
    """Which state "our country" is: the publisher's; of an unknown publisher, the dateline's."""
    country = seeds.load().country
    return country.get(article.publisher) if article.publisher else country.get(article.dateline or EntityId(""))


def _holders(persons: Iterable[Person]) -> _Holders:
    """Who holds each office of each state, and (under None) who holds it at all."""
    holders: dict[tuple[str | None, tuple[EntityId, ...] | None], set[EntityId]] = {}
    for person in persons:
        if person.title:
            for of in (person.title.of, None):
                holders.setdefault((person.title.office, of), set()).add(person.id)
    return holders


def _resolve_states(actor: Actor, country: EntityId | None, pair: tuple[EntityId, ...]) -> None:
    if actor.rule in ("our_state", "our_leader") and country:
        actor.states = (country,)
        if actor.rule == "our_leader":
            actor.kind, actor.office, actor.form = "title", "head_of_state", "title"
    elif actor.rule in ("both_states", "both_leaders"):
        actor.states = pair
    elif actor.rule == "other_state" and country in pair and len(pair) == 2:
        actor.states = tuple(state for state in pair if state != country)
