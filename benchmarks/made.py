"""Articles with random facts about real states, for benchmarks: illustrative, nobody said that."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, Quad, RdfFormat

from kg import seeds
from kg.article import Article, EntityId, Extraction, Mention
from kg.facts import (
    AGREEMENT_KINDS,
    FLOWS,
    MEETING_KINDS,
    RELATION_KINDS,
    Agreement,
    Evidence,
    Fact,
    Meeting,
    Relation,
    Statement,
    Tenure,
    TradeVolume,
    Visit,
    When,
)
from kg.rdf import quads
from kg.store import Store

OFFICES = ("head_of_state", "head_of_government", "foreign_minister")
BATCH = 200_000


def fill(folder: Path, count: int) -> tuple[int, int]:
    """Write so many articles into a new store; how many articles and quads there are."""
    known = seeds.load().label
    with Store(folder) as store:
        told = (quad for each in articles(count) for quad in quads(each, known=known))
        while some := list(islice(told, BATCH)):
            union = (Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in some)
            store.insert(pyoxigraph.serialize((*some, *union), format=RdfFormat.N_QUADS) or b"")
        return len(store.articles()), len(store.inner)


def articles(count: int) -> Iterator[Extraction]:
    """Articles with three to eight random facts each; the same for the same count."""
    dice = random.Random(7)
    names = seeds.load().label
    people = sorted(id_ for id_ in names if id_.startswith("person/"))[:300]
    states = sorted(id_ for id_ in names if id_.startswith("state/"))
    weights = [1 / (rank + 1) for rank in range(len(states))]
    dice.shuffle(states)
    for number in range(count):
        day = date(2015, 1, 1) + timedelta(days=dice.randrange(3900))
        some = list(dict.fromkeys(EntityId(id_) for id_ in dice.choices(states, weights, k=8)))
        if len(some) < 2:
            continue
        who = [EntityId(id_) for id_ in dice.sample(people, 3)]
        yield extraction(dice, number, (day, some, who))


def extraction(dice: random.Random, number: int, told: tuple[date, list[EntityId], list[EntityId]]) -> Extraction:
    """One article: a sentence for each fact."""
    day, states, people = told
    names = seeds.load().label
    sentences = [f"Report {number} of {day}: {names[states[0]]} and {names[states[1]]}"]
    facts: list[Fact] = []
    for _ in range(dice.randint(3, 8)):
        start = len("\n".join(sentences)) + 1
        one, other = (names[person] for person in people[:2])
        sentences.append(f"{one} of {names[states[0]]} spoke with {other}, sentence {dice.random()}.")
        place = Evidence(start=start, end=start + len(sentences[-1]), rule="made")
        facts.append(fact(dice, (day, states, people), place))
    article = Article(
        source=f"made/{number}.txt", headline=sentences[0], text="\n".join(sentences), published=day,
        language=dice.choice(["en", "ru", "kk", "ky", "uz-latn", "uz-cyrl"]),
        publisher=EntityId(f"publisher/{dice.choice(['kazinform', 'kabar', 'uza', 'tass', 'xinhua'])}"),
    )
    mentions = tuple(Mention(start=0, end=6, kind=id_.partition("/")[0], id=id_, label=names[id_])
                     for id_ in (*states, *people))
    return Extraction(article=article, mentions=mentions, facts=tuple(facts))


def fact(  # noqa: PLR0911 - one for each class
    dice: random.Random, told: tuple[date, list[EntityId], list[EntityId]], place: Evidence
) -> Fact:
    """A random fact about states and people on a day."""
    day, states, people = told
    one, other = states[:2]
    when, where = When(day.isoformat()), (place,)
    match dice.randrange(7):
        case 0:
            everyone = (*states[:dice.randint(2, len(states))], *people[:2])
            return Meeting(evidence=where, kind=dice.choice(MEETING_KINDS), participant=everyone, date=when)
        case 1:
            return Visit(evidence=where, visitor=people[0], destination=one, date=when, kind="official")
        case 2:
            amount = Decimal(dice.randrange(10, 9000)) * 1_000_000
            return TradeVolume(evidence=where, party=(one, other), flow=dice.choice(FLOWS), amount=amount, low=amount,
                               high=amount, currency="USD", period=When(str(day.year)))
        case 3:
            return Agreement(evidence=where, party=(one, other), kind=dice.choice(AGREEMENT_KINDS), date=when)
        case 4:
            return Relation(evidence=where, party=(one, other), kind=dice.choice(RELATION_KINDS))
        case 5:
            return Statement(evidence=where, speaker=people[0], text=f"words {dice.random()}", about=(one,))
    return Tenure(evidence=where, member=people[0], office=dice.choice(OFFICES), of=one)
