"""Anaphors and bare titles ("our country", "the minister"), as far as the article makes clear what they mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg import seeds
from kg.article import Article, EntityId
from kg.text.actors import Actor
from kg.text.linking import LEADERS, in_office
from kg.text.titles import LEADS_STATE, Person
from kg.text.tokens import Token

_OFFICES = frozenset({"head_of_state", "head_of_government", "foreign_minister", "speaker", "ambassador"})
"""The offices that have one title; those of the other kinds are many, and two of them need not be one."""
_OBJECTS = frozenset({"ACC", "WITH", "TO"})
_LOOK_BACK = 3  # sentences in which "he" looks for the last person
_SAME = 5  # letters that tell a title's word
_Holders = Mapping[tuple[str, tuple[EntityId, ...] | None], set[EntityId]]


@dataclass(frozen=True, slots=True)
class Frame:
    """What anaphors look back to: the two parties that the article is about, where its sentences are, and the state of
    its language's press, or None.
    """

    pair: tuple[EntityId, ...]
    ranges: Sequence[tuple[int, int]]
    words: Sequence[Token]
    press: EntityId | None = None


def resolve(actors: Sequence[Actor], article: Article, persons: Sequence[Person], frame: Frame) -> None:
    """Give anaphors their states, and titles without a name the one person who holds the office in the article."""
    country = _home(article, frame.press)
    holders = _holders(persons, frame.words)
    named = {person.id for person in persons}
    abroad = article.publisher is None and not _is_named(frame.press, actors, named)
    for actor in actors:
        if actor.form == "anaphor" or actor.rule == "our_leader":
            seen_from = country if country in frame.pair else _subjects_state(actor, actors, frame)
            if not (actor.rule == "our_leader" and country == frame.press and abroad):
                _resolve_states(actor, seen_from or country, frame.pair)
        if actor.rule == "guest":
            host = seeds.load().country.get(article.dateline or EntityId("")) or country
            actor.person = _guest(persons, host, frame.pair)
        if actor.form == "title" and ("PL" not in actor.feats or "GEN" in actor.feats):
            key = _title_keys(actor.office, frame.words[actor.i : actor.j])[0]
            if (leader := _leading(actor, persons)) is not None:
                actor.person, actor.office = leader
                continue
            found = _holding(actor, key, holders, country) or _in_office(actor, named, article)
            if len(found) > 1 and actor.office in _OFFICES:
                found = {person.id for person in persons if person.id in found and person.i < actor.i}
            if len(found) == 1:
                actor.person = next(iter(found))
    for actor in actors:
        if actor.rule == "he" and actor.role in ("NOM", "GEN"):
            actor.person = _last_subject(actor, actors, frame.ranges)
        elif actor.rule == "he" and actor.role in _OBJECTS:
            actor.person = _subject_before(actor, actors, frame.ranges)


def _leading(actor: Actor, persons: Iterable[Person]) -> tuple[EntityId, str] | None:
    """Whom "the Kazakh leader" means: who leads the state in the text before, the head of state if he is there; with office."""
    if actor.rule != "leader":
        return None
    terms = seeds.load().terms
    before = ((person.id, person.title) for person in persons if person.title and person.i < actor.i)
    led = [
        (person, title.office)
        for person, title in before
        if title.office in LEADS_STATE
        and {*actor.states} & ({*title.of} or {term.of for term in terms.get(person, ()) if term.office == title.office})
    ]
    return max(led, key=lambda one: one[1] == "head_of_state") if led else None


def _holding(actor: Actor, key: str, holders: _Holders, country: EntityId | None) -> set[EntityId]:
    """Who holds the office of a bare title in the article; "the President" of several, in his own press, is its own."""
    found = holders.get((key, actor.states or None), set())
    own = country and key == "head_of_state" and not actor.states and "PL" not in actor.feats
    return found & holders.get((key, (country,)), set()) if len(found) > 1 and country and own else found


def _is_named(state: EntityId | None, actors: Iterable[Actor], named: Iterable[EntityId]) -> bool:
    """Whether an article names a state, or someone who has served it."""
    terms = seeds.load().terms
    return any(state in actor.states for actor in actors) or any(
        state == term.of for person in named for term in terms.get(person, ())
    )


def _in_office(actor: Actor, named: Iterable[EntityId], article: Article) -> set[EntityId]:
    """The persons named in the article who held the office then, by the reference data."""
    terms = seeds.load().terms
    return {
        person
        for person in named
        for term in terms.get(person, ())
        if actor.states == (term.of,) and term.office == actor.office and in_office(term, article.published)
    }


def _subject_before(actor: Actor, actors: Sequence[Actor], ranges: Sequence[tuple[int, int]]) -> EntityId | None:
    """Whom "him" means: the one person who is the subject of the sentence before, and not of its own."""
    number = next((number for number, (i, j) in enumerate(ranges) if i <= actor.i < j), 0)
    if not number:
        return None
    (i, j), (start, end) = ranges[number - 1], ranges[number]
    subjects = {other.person for other in actors if i <= other.i < j and other.person and other.role == "NOM"}
    here = {other.person for other in actors if start <= other.i < end}
    return subjects.pop() if len(subjects) == 1 and not subjects & here else None


def _last_subject(actor: Actor, actors: Sequence[Actor], ranges: Sequence[tuple[int, int]]) -> EntityId | None:
    """Whom "he" means: the one person who is a subject before it in its sentence, else in the last one with any."""
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


def _holders(persons: Iterable[Person], words: Sequence[Token]) -> _Holders:
    """Who holds each office of each state, and (under None) who holds it at all."""
    holders: dict[tuple[str, tuple[EntityId, ...] | None], set[EntityId]] = {}
    for person in persons:
        if person.title:
            for key in _title_keys(person.title.office, words[person.title.i : person.title.j]):
                for of in (person.title.of, None):
                    holders.setdefault((key, of), set()).add(person.id)
    return holders


def _title_keys(office: str | None, title: Sequence[Token]) -> list[str]:
    """What tells a title from others: its office, if that has one title; then how its words begin, longest first."""
    words = [token.fold[:_SAME] for token in sorted(title, key=lambda token: -len(token.text))]
    return [office or "", *words] if office in _OFFICES else words or [""]


def _resolve_states(actor: Actor, country: EntityId | None, pair: tuple[EntityId, ...]) -> None:
    if actor.rule in ("our_state", "our_leader") and country:
        actor.states = (country,)
        if actor.rule == "our_leader":
            actor.kind, actor.office, actor.form = "title", "head_of_state", "title"
    elif actor.rule in ("both_states", "both_leaders"):
        actor.states = pair
    elif actor.rule == "other_state" and country in pair and len(pair) == 2:
        actor.states = tuple(state for state in pair if state != country)
