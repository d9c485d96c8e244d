"""Persons and their titles: who is named, with which office, of which state or organisation.

A title is an office with its state before or after it. The name stands right after the title, or before it with a
comma or dash between; a title of several ("the presidents of X and Y, A and B") hands its states to the names in order.
Names that the reference data lacks are found beside a title only.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kg import seeds
from kg.article import EntityId
from kg.lang import Pack
from kg.normal import fold
from kg.text.appointed import Post, post_of
from kg.text.counterparts import settle
from kg.text.extent import free_until, opening
from kg.text.forms import NONE, Feats
from kg.text.lexicon import phrases
from kg.text.linking import Linker
from kg.text.lists import share_states
from kg.text.nameforms import NameForms, after_initials, initials_before, may_be_word, named_otherwise
from kg.text.names import has_more, is_namesake, may_begin, past_abbreviations, romanised, run, slug
from kg.text.numbers import ByKind
from kg.text.titles import COUNTERPART, Person, Title, Titles
from kg.text.tokens import Token

_COLONS = frozenset(":-–—")


class People:
    """The persons of one document, in the order of the text; ``starts``: the tokens that begin a line."""

    def __init__(
        self, words: Sequence[Token], tags: ByKind, pack: Pack, published: date | None, starts: frozenset[int]
    ) -> None:
        self._words, self._tags, self._pack, self._starts = words, tags, pack, starts
        self._finder = Titles(words, tags, pack)
        self._linker = Linker(published)
        self._seeds = seeds.load()
        self._blocked = named_otherwise(tags)
        respectful = [tag for tag in tags.get("name_part", {}).values() if tag.value == "honorific"]
        self._respectful = frozenset(at for tag in respectful for at in range(tag.i, tag.j))
        self._names = NameForms(words, pack, phrases(pack.tag).forms)
        self._capitals = [i for i, token in enumerate(words) if token.capital]
        self.titles = self._finder.find()
        self.persons: list[Person] = []
        self._taken: dict[int, Person] = {}
        self._known()
        for title in self.titles:
            self._beside(title)
        self._joined()
        self.titles = settle(self.titles, self.persons, self._seeds.terms)
        self._later_mentions()
        self.persons.sort(key=lambda person: person.i)
        share_states(self.persons, words, tags.get("and", {}), self._seeds.terms, tags.get("speech", {}))

    def _known(self) -> None:
        """Names in the reference data."""
        for tag in self._tags.get("person", {}).values():
            if not any(self._taken.get(k) for k in range(tag.i, tag.j)):
                self._add(
                    EntityId(tag.value), self._seeds.label.get(EntityId(tag.value), tag.value), tag.i, tag.j, tag.feats
                )

    def _add(self, id_: EntityId, name: str, i: int, j: int, feats: Feats) -> Person:
        person = Person(id_, name, i, j, feats)
        self.persons.append(person)
        for k in range(i, j):
            self._taken[k] = person
        self._names.remember(self._words[j - 1].fold, id_)
        if "GEN" in feats and self._pack.head == "any":
            self._names.remember(fold(self._names.family(self._words[j - 1].text)[0]), id_)
        if j - i > 1 and self._words[i].fold not in self._pack.particles:
            self._names.remember_given(self._words[i].fold, id_)
        return person

    def _beside(self, title: Title) -> None:
        owns = self._pack.head == "any" and "GEN" in title.feats  # the prime minister's Official Residence
        owns = owns or title.j in self._starts  # a name in the next line
        after = [] if owns else self._names_from(title.j, 2 if len(title.of) > 1 or "PL" in title.feats else 1, title)
        if after:
            self._give(title, after)
            self._go_on(title, self._finder.after_join(after[-1].j))
            self._each_of_his(title, after[-1])
            return
        if (post := post_of(self._words, self._tags, title, self._pack.head)) is not None:
            self._appoint(title, post)
            return
        if title.j < len(self._words) and self._words[title.j].text in _COLONS:
            self._go_on(title, title.j + 1)
        at = title.i - 1
        while at > 0 and self._words[at].fold in self._pack.skip:
            at -= 1
        if at > 0 and self._words[at].text in ",-–—(":
            at -= 1
            person = self._taken.get(at)
            if (person is not None and person.title is None and person.j == at + 1) or (
                person is None and (person := self._unknown_before(at + 1, title)) is not None
            ):
                self._give(title, [person])

    def _appoint(self, title: Title, post: Post) -> None:
        person = self._taken.get(post.ends - 1)
        if person is None or person.title is not None:
            person = self._unknown_before(post.ends, title) if post.ends else None
        most = 2 if "PL" in title.feats else 1
        found = self._names_from(post.begins, most, title) if post.begins else [person] if person else []
        title.office = "former" if post.relieved else title.office
        self._give(title, found)

    def _go_on(self, title: Title, joined: int | None) -> None:
        """The presidents of A N, B M and C O; ministers: from A N, from B M. Each state hands on the office."""
        while joined is not None and len(title.of) < 2 and "PL" in title.feats:
            found = self._finder.state_at(joined)
            names = self._names_from(self._past_dash(found.j), 1, title) if found is not None else []
            if found is None or not names:
                return
            [last] = names
            of = (EntityId(found.value),)
            last.title = Title(title.office, found.i, found.j, of, title.feats, "next in the list")
            joined = self._finder.after_join(last.j)

    def _joined(self) -> None:
        """Names of two words and more that "and" joins to a person's: known Abiy Ahmed and unknown Isaias Afwerki."""
        for person in sorted(self.persons, key=lambda person: person.i):
            start = person.j + 1
            if person.j in self._tags.get("and", {}) and start < len(self._words) and start not in self._taken:
                end = run(self._words, start, self._free_until(start), self._pack)
                if end - start > 1:
                    self._new(start, end)

    def _each_of_his(self, title: Title, last: Person) -> None:
        """Ministers A of X, B of Y and C of Z."""
        while "PL" in title.feats and not title.of and (owner := self._finder.owner_at(last.j)) is not None:
            joined = self._finder.after_join(owner.j)
            names = self._names_from(joined, 1, title) if joined is not None else []
            if not names:
                return
            [last] = names
            self._give(title, names)

    def _past_dash(self, j: int) -> int:
        return j + 1 if j < len(self._words) and self._words[j].text in "-–—" else j

    def _give(self, title: Title, persons: Sequence[Person]) -> None:
        pairwise = len(title.of) == len(persons) > 1
        for number, person in enumerate(persons):
            if self._linker.leads_another(person.id, title):
                continue
            if person.title is None or not person.title.of:
                of: tuple[EntityId, ...] = title.of if len(title.of) == 1 else ()
                of = (title.of[number],) if pairwise else of
                if not of and (owner := self._finder.owner_at(person.j)) is not None:
                    of, person.owner_end = (EntityId(owner.value),), owner.j
                office = self._linker.leads(person.id, of, title.office) if title.loose else title.office
                person.title = Title(
                    office, title.i, title.j, of, title.feats, "pairwise" if pairwise else title.rule
                )

    def _names_from(self, i: int, most: int, title: Title) -> list[Person]:
        found: list[Person] = []
        while i < len(self._words):
            after_comma = self._pack.head == "any" or title.office == COUNTERPART
            if self._words[i].text in ",-–—(" and not found and (most > 1 or (after_comma and i == title.j)):
                i += 1
                continue
            if i == title.j and (after_company := self._finder.company_end(i)) is not None:
                i = after_company
                continue
            honorific = self._tags.get("name_part", {}).get(i)
            begun = self._taken.get(i)  # a name that begins with a word of respect
            if honorific is not None and honorific.value == "honorific" and not (begun and begun.i == i):
                i = honorific.j
                continue
            person = self._person_at(i, title)
            if person is None:
                break
            found.append(person)
            if most == 1:
                break
            joined = self._finder.after_join(person.j) or self._with(person.j)
            if joined is None:
                break
            i = joined
        return found

    def _with(self, j: int) -> int | None:
        """Where "with" joins the bearers of one title ("the presidents A with B")."""
        return j + 1 if j < len(self._words) and self._pack.after.get(self._words[j].fold) == "WITH" else None

    def _person_at(self, i: int, title: Title) -> Person | None:
        known = self._taken.get(i)
        if known is not None:
            return known if known.i == i else None
        family = self._tags.get("family", {}).get(i)
        free = self._free_until(i + 1 if self._is_given_name(i) else i)
        end = run(self._words, i, free, self._pack)
        if family is not None and family.j >= end:
            chosen = self._linker.choose(family.value, title, self._here())
            if chosen is not None:
                return self._add(chosen, self._seeds.label.get(chosen, ""), i, family.j, family.feats)
        last = after_initials(self._words, i, end)
        if last > i and (known := self._taken.get(last) or self._by_initial(i, last, title)) is not None:
            return known
        return self._new(i, end, title) if end > i else None

    def _is_given_name(self, i: int) -> bool:
        """Whether a place's name right after a title is a person's given name: President Santiago N., not "to Rome"."""
        place = self._tags.get("place", {}).get(i)
        plain = place is not None and place.j == i + 1 and not place.feats
        return plain and may_begin(self._words, i) and i + 1 not in self._blocked

    def _by_initial(self, i: int, last: int, title: Title) -> Person | None:
        """A known person of whom the initial and the family name are printed."""
        family = self._tags.get("family", {}).get(last)
        if family is None:
            return None
        here = self._here()
        chosen = self._linker.choose(family.value, title, here) or self._linker.choose(family.value, None, here)
        if chosen is None or not self._has_initial(chosen, i):
            return None
        return self._add(chosen, self._seeds.label.get(chosen, ""), i, family.j, family.feats)

    def _unknown_before(self, end: int, title: Title) -> Person | None:
        start = opening(self._words, end, self._blocked, self._starts, self._pack.names.stop)
        if start is None or end - start < 2 or run(self._words, start, end, self._pack) != end:
            return None
        return self._person_at(start, title)

    def _free_until(self, i: int) -> int:
        return free_until(self._words, i, self._blocked, self._taken.keys(), self._pack.particles)

    def _new(self, i: int, j: int, title: Title | None = None) -> Person | None:
        """A person whom the reference data lacks, or has under another spelling."""
        i = past_abbreviations(self._words, i, j)
        agrees = title is not None and self._pack.head == "first" and title.j <= i and "NOM" not in title.feats
        case = title.feats - {"PL"} if title is not None and agrees else NONE
        surname, feats = self._names.family(self._words[j - 1].text, case)
        known = self._names.bearer(fold(surname))
        if known is None and j - i == 1 and (called := self._names.called(self._words[i].fold)) is not None:
            known, feats = called
        if known is not None and (j - i == 1 or self._has_initial(known, i)):
            return self._add(known, self._name_of(known), i, j, feats)
        if j - i == 1 and not fold(surname).endswith(self._pack.names.surname_endings):
            return None  # one capitalised word after an office need not be a name
        name = self._names.whole(i, j, case)
        linked = self._linker.linked(name, title)
        key = linked or EntityId(f"person/{slug(name)}")
        if len(key) < len("person/") + 3:
            return None
        person = self._add(key, self._seeds.label.get(key, name), i, j, feats)
        self._names.remember(fold(surname), person.id)
        return person

    def _has_initial(self, person: EntityId, i: int) -> bool:
        """Whether the given name of a person of this document begins like a printed one: one of his spellings."""
        return self._name_of(person)[:1].lower() == romanised(self._words[i].text, self._pack)[:1].lower()

    def _here(self) -> set[EntityId]:
        return {person.id for person in self.persons}

    def _name_of(self, id_: EntityId) -> str:
        return next((person.name for person in self.persons if person.id == id_), self._seeds.label.get(id_, ""))

    # -- later mentions -------------------------------------------------------------------------------------------

    def _later_mentions(self) -> None:
        """Family names alone: of a person of this document, else of the one leader in office who bears it."""
        self._spelled_otherwise()
        families = self._tags.get("family", {})
        for i in self._capitals:
            if i in self._taken or (i in self._blocked and i not in families):
                continue
            tag = families.get(i)
            found = self._names.bearer_of_form(self._words[i].fold)
            chosen = self._linker.choose(tag.value, None, self._here()) if found is None and tag else None
            if tag and chosen and (chosen in self._here() or not may_be_word(self._words, i, tag.feats)):
                found = chosen, tag.feats
            alone = not self._words[i - 1].capital or i - 1 in self._blocked or i - 1 in self._respectful
            if found is None and alone and not has_more(self._words, i, self._pack):
                found = self._names.called(self._words[i].fold)
            name = self._name_of(found[0]) if found else ""
            if found and (i - 1 in self._blocked or not is_namesake(self._words, i, self._pack, name)):
                self._add(found[0], name, initials_before(self._words, i), tag.j if tag else i + 1, found[1])

    def _spelled_otherwise(self) -> None:
        """Full names of the reference data in a spelling that it lacks."""
        reached = 0
        for i in self._capitals:
            if i < reached or i in self._blocked or i in self._taken or not has_more(self._words, i, self._pack):
                continue
            reached = run(self._words, i, self._free_until(i), self._pack)
            if reached - i > 1:
                linked = self._linker.linked(self._names.whole(i, reached))
                if linked is not None:
                    _, feats = self._names.family(self._words[reached - 1].text)
                    self._add(linked, self._seeds.label[linked], i, reached, feats)
