"""Counterparts: "his Kazakh colleague" holds the same office as the person whose counterpart he is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.article import EntityId
from kg.seeds import Term
from kg.text.linking import LEADERS
from kg.text.titles import COUNTERPART, LEADS_STATE, Person, Title

_REACH = 40  # tokens


def settle(
    titles: Sequence[Title], persons: Sequence[Person], terms: Mapping[EntityId, Sequence[Term]]
) -> list[Title]:
    """Give each counterpart an office told shortly before, and its bearer the same; without those that get none.

    Where several offices are told, one that the person is known to have held, else the last.
    """
    bearers = {person.title.i: person for person in persons if person.title is not None}
    for title in titles:
        if title.office == COUNTERPART:
            bearer = bearers.get(title.i)
            known = {term.office for term in terms.get(bearer.id, ())} if bearer else set()
            title.office = _office(title, titles, known) or _led(known)
    for person in persons:
        if person.title is not None and person.title.office == COUNTERPART:
            source = next((title for title in titles if title.i == person.title.i), None)
            person.title = replace(person.title, office=source.office) if source and source.office else None
    return [title for title in titles if title.office]


def _office(title: Title, titles: Sequence[Title], known: set[str]) -> str:
    before = [
        other.office
        for other in titles
        if other.i < title.i and title.i - other.j < _REACH and other.office != COUNTERPART
    ]
    fitting = [office for office in before if office in known]
    others = [] if known & LEADERS else before  # a known leader is nobody's counterpart in another office
    return fitting[-1] if fitting else others[-1] if others else ""


def _led(known: set[str]) -> str:
    """The one office by which a known person leads or has led his state."""
    led = known & LEADS_STATE or known & LEADERS
    return next(iter(led)) if len(led) == 1 else ""
