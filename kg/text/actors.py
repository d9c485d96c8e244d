"""Actors: the noun phrases that can do something - persons, titles, states, organisations - with their roles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.article import EntityId
from kg.lang import Pack
from kg.text.forms import NONE, Feats
from kg.text.tokens import Token


@dataclass(slots=True)
class Actor:
    """Tokens ``i`` to ``j`` that name a person, a title, a state or an organisation.

    ``states``: the states (or organisations) that it names or represents; ``person``: who it is, if told;
    ``office``: the title beside the name. role: NOM GEN ACC TO IN FROM WITH BETWEEN BY ABOUT FOR CHAIR UNTIL.
    form: name, adjective, anaphor or title.
    """

    i: int
    j: int
    kind: str
    person: EntityId | None = None
    states: tuple[EntityId, ...] = ()
    office: str | None = None
    feats: Feats = NONE
    form: str = "name"
    role: str = "NOM"
    group: int = -1
    rule: str = ""
    name: tuple[int, int] | None = field(default=None, compare=False)

    @property
    def entities(self) -> tuple[EntityId, ...]:
        """The person, then the states or organisations."""
        return ((self.person,) if self.person else ()) + self.states


def assign_roles(actors: Sequence[Actor], words: Sequence[Token], pack: Pack, ands: frozenset[int]) -> None:
    """Give every actor its role and its group; actors that "and" or a comma joins share both."""
    groups = _groups(actors, words, ands)
    for number, group in enumerate(groups):
        own = [_role(actor, words, pack) for actor in group]
        shared = _shared(own, last=pack.head == "last")
        for actor, role in zip(group, own, strict=True):
            actor.group = number
            actor.role = shared if role in ("NOM", "GEN") and shared not in ("NOM", "GEN") else role
            if role == "WITH" and shared == "BETWEEN":
                actor.role = "BETWEEN"
            if role == "NOM" and shared == "GEN":
                actor.role = "GEN"
    for one, two in pairwise(actors):
        if two.role == "BETWEEN" and one.role in ("WITH", "NOM", "GEN") and two.i - one.j <= 1:
            one.role = "BETWEEN"
            two.group = one.group


def _groups(actors: Sequence[Actor], words: Sequence[Token], ands: frozenset[int]) -> list[list[Actor]]:
    groups: list[list[Actor]] = []
    for actor in actors:
        last = groups[-1][-1] if groups else None
        if last and last.kind == actor.kind and _joined(last, actor, words, ands):
            groups[-1].append(actor)
        else:
            groups.append([actor])
    return groups


def _joined(one: Actor, two: Actor, words: Sequence[Token], ands: frozenset[int]) -> bool:
    between = range(one.j, two.i)
    if not 0 < len(between) <= 3:
        return False
    return all(k in ands or words[k].text in ",-–" for k in between) or (
        len(between) == 2 and words[between[0]].text == "," and between[1] in ands
    )


def preposed(words: Sequence[Token], i: int, pack: Pack) -> Mapping[str, str]:
    """The roles, by case, that the preposition before token ``i`` gives; articles may stand between."""
    at = i - 1
    while at >= 0 and (words[at].fold in pack.skip or (words[at].text == "." and words[at - 1].fold in pack.skip)):
        at -= 1
    if at < 0:
        return {}
    two = pack.before.get(f"{words[at - 1].fold} {words[at].fold}") if at else None
    return two or pack.before.get(words[at].fold, {})


def _role(actor: Actor, words: Sequence[Token], pack: Pack) -> str:
    after = pack.after.get(words[actor.j].fold) if actor.j < len(words) else None
    if after:
        return after
    for case, role in preposed(words, actor.i, pack).items():
        if not case or not actor.feats or case in actor.feats:
            return role
    for case, role in pack.case.items():
        if case in actor.feats:
            return "NOM" if case == "NOM" else role
    return "NOM"


def _shared(roles: Sequence[str], *, last: bool) -> str:
    """The role of a whole group: that of its last member where endings mark it, else of its first."""
    return roles[-1] if last else roles[0]
