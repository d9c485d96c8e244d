"""Keys of facts: readable, and the same for the same fact read from any article, in any language, on any machine.

One function a fact class gives the parts of its key, by the table in DECISIONS.md; parts not told are left out.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.facts import Agreement, Fact, Meeting, Relation, Statement, Tenure, Topic, TradeVolume, Visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from decimal import Decimal
    from typing import Any

    from kg.article import Article, EntityId
    from kg.facts import When


def fact_ids(article: Article, facts: Sequence[Fact]) -> list[str]:
    """The ids of an article's facts, in their order, without the base.

    Facts that share a key but differ in a field get ``.2``, ``.3`` in the order of the text; facts that differ only in
    their evidence are one fact and share an id.

    >>> from kg.article import Article, EntityId
    >>> japarov, kg = EntityId("person/sadyr-japarov"), EntityId("state/KG")
    >>> tenure = Tenure(evidence=(), member=japarov, office="head_of_state", of=kg)
    >>> fact_ids(Article(source="a.txt", headline="", text=""), [tenure])
    ['tenure/sadyr-japarov.head_of_state.KG']
    """
    ids: dict[Fact, str] = {}
    count: Counter[str] = Counter()
    for fact in sorted(facts, key=_position):
        told = replace(fact, evidence=())
        if told not in ids:
            key = _key(fact, article)
            count[key] += 1
            ids[told] = key if count[key] == 1 else f"{key}.{count[key]}"
    return [ids[replace(fact, evidence=())] for fact in facts]


def plain(value: Decimal) -> str:
    """A number in digits, without exponent or trailing zeros: 2E+9 and 2000000000.00 are the same amount.

    >>> from decimal import Decimal
    >>> plain(Decimal("2E+9")), plain(Decimal("0.50")), plain(Decimal("100"))
    ('2000000000', '0.5', '100')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _key(fact: Fact, article: Article) -> str:
    prefix, parts = _PARTS[type(fact)]
    return f"{prefix}/" + ".".join(part for part in parts(fact, article) if part)


def _tenure(fact: Tenure, _: Article) -> Iterable[str]:
    return _codes([fact.member]), fact.office, _codes([fact.of])


def _meeting(fact: Meeting, article: Article) -> Iterable[str]:
    kinds = ("state/", "organization/", "person/")
    who = ([id_ for id_ in fact.participant if id_.startswith(kind)] for kind in kinds)
    return _day(fact.date, article), _codes(next(filter(None, who), [])), fact.kind


def _visit(fact: Visit, article: Article) -> Iterable[str]:
    return _day(fact.date, article), _codes([fact.visitor or fact.delegation_of]), _codes([fact.destination])


def _trade(fact: TradeVolume, _: Article) -> Iterable[str]:
    # "~" stands for the arrow: ">" cannot be part of an IRI.
    route = f"{_codes([fact.from_])}~{_codes([fact.to])}" if fact.from_ or fact.to else ""
    target = "target" if fact.status == "target" else ""
    amount = plain(fact.amount) + (fact.currency or "")
    return _codes(fact.party), fact.flow, route, amount, _when(fact.period), target


def _agreement(fact: Agreement, article: Article) -> Iterable[str]:
    planned = "planned" if fact.status == "planned" else ""
    return _day(fact.date, article), _codes(fact.party), fact.kind, planned


def _relation(fact: Relation, _: Article) -> Iterable[str]:
    return _codes(fact.party), fact.kind


def _statement(fact: Statement, _: Article) -> Iterable[str]:
    folded = " ".join(fact.text.casefold().split())
    return _codes([fact.speaker]), hashlib.sha256(folded.encode()).hexdigest()[:12]


def _topic(fact: Topic, _: Article) -> Iterable[str]:
    return (fact.topic,)


_PARTS: dict[type[Fact], tuple[str, Callable[[Any, Article], Iterable[str]]]] = {
    Tenure: ("tenure", _tenure),
    Meeting: ("meeting", _meeting),
    Visit: ("visit", _visit),
    TradeVolume: ("trade", _trade),
    Agreement: ("agreement", _agreement),
    Relation: ("relation", _relation),
    Statement: ("statement", _statement),
    Topic: ("topic", _topic),
}


def _codes(ids: Iterable[EntityId | None]) -> str:
    """The keys of entities without their type, sorted and joined."""
    return "-".join(sorted({id_.split("/", 1)[1] for id_ in ids if id_}))


def _day(when: When | None, article: Article) -> str:
    """The date of an event as told, else the article's, so that undated reports of one day about one event meet."""
    return _when(when) or str(article.published or "")


def _when(when: When | None) -> str:
    return str(when).replace("/", "--") if when else ""


def _position(fact: Fact) -> tuple[int, int]:
    return min(((place.start, place.end) for place in fact.evidence), default=(0, 0))
