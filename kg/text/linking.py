"""Which person of the reference data a name means: by spelling, office and time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from rapidfuzz import fuzz

from kg import seeds
from kg.article import EntityId
from kg.seeds import Term
from kg.text.names import skeleton, slug
from kg.text.titles import Person, Title

LEADERS = frozenset({"head_of_state", "head_of_government", "foreign_minister"})
_ALIKE = 80  # rapidfuzz ratio of romanised names (calibrated on 388 spellings of 63 leaders)


class Linker:
    """Links names to the reference data, for an article of one day."""

    def __init__(self, published: date | None) -> None:
        self._published = published
        self._seeds = seeds.load()

    def linked(self, name: str, title: Title | None = None) -> EntityId | None:
        """The person of the reference data whose name has the same consonants, and nearly the same letters or else the
        office that the title tells.
        """
        parts = name.split()
        if len(parts) < 2 or len(skeleton(parts[-1])) < 3:
            return None
        candidates = _skeletons().get((skeleton(parts[0])[:1], skeleton(parts[-1])), ())
        alike = [id_ for id_ in candidates if fuzz.ratio(slug(self._seeds.label[id_]), slug(name)) >= _ALIKE]
        if not alike and title is not None and title.of:
            alike = [id_ for id_ in candidates if self._holds(id_, title)]
        return alike[0] if len(alike) == 1 else None

    def _holds(self, person: EntityId, title: Title) -> bool:
        terms = self._seeds.terms.get(person, ())
        return any(
            term.of in title.of and term.office == title.office and in_office(term, self._published) for term in terms
        )

    def choose(self, ids: str, title: Title | None, here: set[EntityId]) -> EntityId | None:
        """Which of the persons with one family name is meant, or None if that is not clear."""
        candidates = [EntityId(id_) for id_ in ids.split("|")]
        if len(inside := [id_ for id_ in candidates if id_ in here]) == 1:
            return inside[0]
        if title is not None and title.of:
            fitting = [
                id_
                for id_ in candidates
                if any(term.of in title.of and term.office == title.office for term in self._seeds.terms.get(id_, ()))
            ]
            return self._in_office(fitting)
        return self._in_office(candidates)

    def _in_office(self, candidates: Sequence[EntityId]) -> EntityId | None:
        if len(candidates) == 1:
            serving = [term for term in self._seeds.terms.get(candidates[0], ()) if in_office(term, self._published)]
            return candidates[0] if serving else None
        serving_ids = [
            id_
            for id_ in candidates
            if any(in_office(term, self._published) for term in self._seeds.terms.get(id_, ()))
        ]
        return serving_ids[0] if len(serving_ids) == 1 else None

    def leads_another(self, person: EntityId, title: Title) -> bool:
        """Whether the reference data knows a person as leader of another state then: no title of this one is his, nor
        that of an ambassador.
        """
        if title.office != "ambassador" and (len(title.of) != 1 or not title.of[0].startswith("state/")):
            return False
        known = {
            term.of
            for term in self._seeds.terms.get(person, ())
            if term.office in LEADERS and in_office(term, self._published)
        }
        return bool(known) and title.of[:1] not in [(state,) for state in known]

    def leads(self, person: EntityId, of: Sequence[EntityId], office: str) -> str:
        """Which office a word such as "leader" means: that by which a known person leads the state, else ``office``."""
        terms = self._seeds.terms.get(person, ())
        held = {
            term.office
            for term in terms
            if (term.of in of or not of) and term.office in LEADERS and in_office(term, self._published)
        }
        return held.pop() if len(held) == 1 else office


def in_office(term: seeds.Term, day: date | None) -> bool:
    """Whether an office was held on a day (or, without a day, is held still)."""
    if day is None:
        return term.end is None
    return not (term.start and term.start.earliest > day) and not (term.end and term.end.latest < day)


@cache
def _skeletons() -> Mapping[tuple[str, str], list[EntityId]]:
    index: dict[tuple[str, str], list[EntityId]] = {}
    for id_, label in seeds.load().label.items():
        if id_.startswith("person/"):
            parts = label.split()
            index.setdefault((skeleton(parts[0])[:1], skeleton(parts[-1])), []).append(id_)
    return index


def strangers(persons: Sequence[Person], terms: Mapping[EntityId, Sequence[Term]]) -> set[EntityId]:
    """Those whose title is no public office: "president" alone before an unknown name is a club's or a company's."""
    titled = [(person.id, person.title) for person in persons if person.title]
    shared = Counter(title.i for _, title in titled)
    placed = {bearer for bearer, title in titled if title.of}
    return {
        bearer
        for bearer, title in titled
        if title.office == "head_of_state" and not title.of and bearer not in terms and shared[title.i] == 1
    } - placed
