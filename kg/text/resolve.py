"""Anaphors and bare titles ("our country", "the minister"), as far as the article makes clear what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg import seeds
from kg.article import Article, EntityId
from kg.text.actors import Actor
from kg.text.bearers import Bearers
from kg.text.linking import LEADERS
from kg.text.titles import Person
from kg.text.tokens import Token

_OBJECTS = frozenset({"ACC", "WITH", "TO"})
_LOOK_BACK = 3  # sentences in which "he" looks for the last person


@dataclass(frozen=True, slots=True)
class Frame:
    """What anaphors look back to: the two parties that the article is about, where its sentences and quotations are,
    and the state of its language's press, or None.
    """

    pair: tuple[EntityId, ...]
    pairs: Sequence[tuple[EntityId, ...]]
    ranges: Sequence[tuple[int, int]]
    words: Sequence[Token]
    quotes: Sequence[tuple[int, int]]
    press: EntityId | None = None


def resolve(actors: Sequence[Actor], article: Article, persons: Sequence[Person], frame: Frame) -> None:
    """Give anaphors their states, and titles without a name the one person who holds the office in the article."""
    country = _home(article, frame.press)
    named = {person.id for person in persons}
    abroad = article.publisher is None and not _is_named(frame.press, actors, named)
    bearers = Bearers(persons, frame.words, article.published, country)
    for actor in actors:
        if actor.form == "anaphor" or actor.rule == "our_leader":
            seen_from = country if country in frame.pair else _subjects_state(actor, actors, frame)
            if not (actor.rule == "our_leader" and country == frame.press and abroad):
                _resolve_states(actor, seen_from or country, frame)
        if actor.rule == "guest":
            host = seeds.load().country.get(article.dateline or EntityId("")) or country
            actor.person = _guest(persons, host, frame.pair)
        if actor.form == "title" and ("PL" not in actor.feats or "GEN" in actor.feats):
            actor.person, actor.office = bearers.of(actor) or (None, actor.office)
    for actor in actors:
        if actor.rule == "he" and actor.role in ("NOM", "GEN"):
            actor.person = _last_subject(actor, actors, frame)
        elif actor.rule == "he" and actor.role in _OBJECTS:
            actor.person = _subject_before(actor, actors, frame.ranges)


def _is_named(state: EntityId | None, actors: Iterable[Actor], named: Iterable[EntityId]) -> bool:
    """Whether an article names a state, or someone who has served it."""
    terms = seeds.load().terms
    return any(state in actor.states for actor in actors) or any(
        state == term.of for person in named for term in terms.get(person, ())
    )


def _subject_before(actor: Actor, actors: Sequence[Actor], ranges: Sequence[tuple[int, int]]) -> EntityId | None:
    """Whom "him" means: the one person who is the subject of the sentence before, and not of its own."""
    number = next((number for number, (i, j) in enumerate(ranges) if i <= actor.i < j), 0)
    if not number:
        return None
    (i, j), (start, end) = ranges[number - 1], ranges[number]
    subjects = {other.person for other in actors if i <= other.i < j and other.person and other.role == "NOM"}
    here = {other.person for other in actors if start <= other.i < end}
    return subjects.pop() if len(subjects) == 1 and not subjects & here else None


def _last_subject(actor: Actor, actors: Sequence[Actor], frame: Frame) -> EntityId | None:
    """Whom "he" means: the one person who is a subject before it in its sentence, else in the last one with any; those
    named in a quotation only if it stands in that.
    """
    ranges = frame.ranges
    quoted = {at for i, j in frame.quotes if not i <= actor.i < j for at in range(i, j)}
    actors = [other for other in actors if other.i not in quoted]
    number = next((number for number, (i, j) in enumerate(ranges) if i <= actor.i < j), 0)
    i = ranges[number][0]
    people = [other for other in actors if i <= other.i < actor.i and other.person and other.role in ("NOM", "GEN")]
    for i, j in reversed(ranges[max(number - _LOOK_BACK, 0) : number]):
        people = people or [other for other in actors if i <= other.i < j and other.person]
    subjects = {other.person for other in people if other.role == "NOM"} or {
        other.person for other in people if other.role == "GEN"
    }
    return subjects.pop() if len(subjects) == 1 else None


def _subjects_state(actor: Actor, actors: Sequence[Actor], frame: Frame) -> EntityId | None:
    """From whose side "the neighbouring country" is seen in news of others: the subject's of the sentence."""
    if actor.rule != "other_state":
        return None
    i, j = next((span for span in frame.ranges if span[0] <= actor.i < span[1]), (0, 0))
    subjects = {other.person for other in actors if i <= other.i < j and other.person and other.role == "NOM"}
    homes = {state for other in actors if other.person in subjects for state in other.states}
    return homes.pop() if len(homes) == 1 else None


def _guest(persons: Iterable[Person], country: EntityId | None, pair: tuple[EntityId, ...]) -> EntityId | None:
    """Whom "the high guest" means: the one leader of the other of the two states that the article is about."""
    if country not in pair:
        return None
    foreign = {
        person.id
        for person in persons
        if person.title and person.title.office in LEADERS and set(person.title.of) & (set(pair) - {country})
    }
    return foreign.pop() if len(foreign) == 1 else None


def _home(article: Article, press: EntityId | None) -> EntityId | None:
    """Which state "our country" is: the publisher's; else that of the language, else the dateline's."""
    country = seeds.load().country
    if article.publisher:
        return country.get(article.publisher)
    return press or country.get(article.dateline or EntityId(""))


def _resolve_states(actor: Actor, country: EntityId | None, frame: Frame) -> None:
    pair = frame.pair
    if actor.rule in ("our_state", "our_leader") and country:
        actor.states = (country,)
        if actor.rule == "our_leader":
            actor.kind, actor.office, actor.form = "title", "head_of_state", "title"
    elif actor.rule in ("both_states", "both_leaders"):
        number = next((number for number, (i, j) in enumerate(frame.ranges) if i <= actor.i < j), None)
        actor.states = pair if number is None else frame.pairs[number]
    elif actor.rule == "other_state" and country in pair and len(pair) == 2:
        actor.states = tuple(state for state in pair if state != country)
