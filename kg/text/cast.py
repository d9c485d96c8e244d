"""The actors of a document: its persons with their titles, titles alone, states, organisations and anaphors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.article import EntityId
from kg.text.actors import Actor
from kg.text.forms import Feats
from kg.text.numbers import ByKind
from kg.text.people import People
from kg.text.tags import Tag
from kg.text.titles import Person, Title
from kg.text.tokens import Token


def cast_of(tags: ByKind, people: People, *, last: bool = False) -> Iterator[Actor]:
    """Persons with their titles, titles alone, states, organisations and anaphors, in the order of the text.

    ``last``: the head of a phrase comes last, so the noun after a state's name has its case ("with the states of X").
    """
    found: list[Actor] = []
    used: set[int] = set()
    for person in people.persons:
        title = person.title
        beside = title is not None and -1 <= max(title.i, person.i) - min(title.j, person.j) <= 2
        i, j = (min(person.i, title.i), max(person.j, title.j)) if title and beside else (person.i, person.j)
        if title and beside and title.rule == "pairwise":
            i, j = person.i, person.j
        found.append(
            Actor(
                i,
                j,
                "person",
                person.id,
                title.of if title else (),
                title.office if title else None,
                _agreed(title, person, last=last) if title and beside else person.feats,
                rule=title.rule if title else "name",
                name=(person.i, person.j),
            )
        )
        used.update(range(i, max(j, person.owner_end)))
        if title and beside:
            used.update(range(title.i, title.j))
    ours = {tag.i for tag in tags.get("anaphor", {}).values() if tag.value == "our_leader"}
    both = {tag.i: tag.j for tag in tags.get("anaphor", {}).values() if tag.value == "both_leaders"}
    for title in people.titles:
        if title.i not in used and not (not title.of and both.get(title.i, 0) > title.j):
            rule = "our_leader" if title.i in ours and not title.of else "leader" if title.loose else title.rule
            found.append(
                Actor(title.i, title.j, "title", None, title.of, title.office, title.feats, "title", rule=rule)
            )
            used.update(range(title.i, title.j))
    for kind in ("state", "organization", "region"):
        free = [tag for tag in tags.get(kind, {}).values() if tag.i not in used]
        for tag in free:
            head = _head(tag, tags) if last else tag
            found.append(Actor(tag.i, head.j, kind, None, (EntityId(tag.value),), None, head.feats, tag.form))
    for other in (*tags.get("body", {}).values(), *tags.get("meeting", {}).values()):
        used.update(range(other.i, other.j))  # no leaders in "council of heads of state"
    free = [tag for tag in tags.get("anaphor", {}).values() if tag.i not in used]
    found.extend(Actor(tag.i, tag.j, "anaphor", None, (), None, tag.feats, "anaphor", rule=tag.value) for tag in free)
    yield from sorted(found, key=lambda actor: (actor.i, -actor.j))


def _head(name: Tag, tags: ByKind) -> Tag:
    """The noun after a state's or an organisation's name ("the states of X"), or else the name."""
    noun = tags.get("state_noun", {}).get(name.j)
    other = any(name.j in tags.get(kind, ()) for kind in ("office", "office_of_state", "visit", "meeting", "flow"))
    return name if noun is None or other or name.feats - {"GEN"} else noun


def _agreed(title: Title, person: Person, *, last: bool) -> Feats:
    """The case of a title and the name after it, which agree where endings show it; else that of the title, or of what
    comes ``last``.
    """
    if title.i > person.i or not title.feats or not person.feats or "PL" in title.feats or last:
        return person.feats
    return title.feats & person.feats or title.feats


def place_states(actors: Iterable[Actor], words: Sequence[Token], tags: ByKind) -> None:
    """A state that only tells where a place is ("in Lima, Peru", "Lima [Peru]") is where something happens, not who
    takes part.
    """
    ends = {tag.j for tag in tags.get("place", {}).values()}
    for actor in actors:
        if actor.kind == "state" and actor.i - 1 in ends and words[actor.i - 1].text in ",[(":
            actor.role = "IN"
