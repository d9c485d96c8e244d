"""Titles: offices in the text, each with the state or organisation that stands before or after it; their bearers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.article import EntityId
from kg.lang import Pack
from kg.text.forms import NONE, Feats
from kg.text.numbers import ByKind
from kg.text.tags import Tag
from kg.text.tokens import Token

_GAP = 7  # words between an office and its state: "minister of trade and integration of X"
_LONGEST_NAME = 7  # tokens of the longest name of a state or organisation that is looked for backwards
LEADS_STATE = frozenset({"head_of_state", "head_of_government"})
_SMALL_GAP = 3
_WITH_FIELD = frozenset({"minister", "official", "speaker", "ambassador", "org_head", "business", "former"})
_BRACKETS = 4  # tokens of an abbreviation in brackets
_COMPANY = 6  # tokens of a company's name with its quotation marks
_VERBS = ("speech", "status", "sign", "person", "office", "block", "visit", "meeting", "visit_verb")
COUNTERPART = "counterpart"
"""The office of "his Kazakh counterpart": that of the other person, which the sentence tells."""
_OWNER = frozenset({"GEN", "ADJ", "PL", "P3", "NOM", "COMB"})


@dataclass(slots=True)
class Title:
    """An office in the text, tokens ``i`` to ``j`` with all that belongs to it."""

    office: str
    i: int
    j: int
    of: tuple[EntityId, ...] = ()
    feats: Feats = NONE
    rule: str = ""
    loose: bool = False  # a word such as "leader", which does not tell the office


@dataclass(slots=True)
class Person:
    """A name in the text, tokens ``i`` to ``j``."""

    id: EntityId
    name: str
    i: int
    j: int
    feats: Feats = NONE
    title: Title | None = None
    owner_end: int = 0  # where the state after the name ends: President N of X


class Titles:
    """Finds the titles of one document."""

    def __init__(self, words: Sequence[Token], tags: ByKind, pack: Pack) -> None:
        self._words, self._tags, self._pack = words, tags, pack
        self._articles = frozenset(pack.skip) & frozenset(pack.words)  # with which another noun phrase begins
        self._verbs = frozenset(at for kind in _VERBS for at in tags.get(kind, ()))
        self._named = [tag for kind in ("organization", "body") for tag in tags.get(kind, {}).values()]

    def find(self) -> list[Title]:
        """All titles in the order of the text; the longest office wins, none begins inside another."""
        found: list[Title] = []
        for tag in self._outermost():
            if self._inside_entity(tag):
                continue
            title = self._title(tag)
            if tag.kind == "office_of_state":
                if not title.of and title.office != "official":
                    continue
                title.loose = True
                if title.of and title.of[0].startswith("organization/"):
                    title.office = "org_head"
            found.append(title)
        return found

    def _outermost(self) -> list[Tag]:
        """The offices, none inside another; of two that overlap, where the head comes last the later has it:
        [minister of health]'s [minister's deputy] is a deputy minister.
        """
        kept: list[Tag] = []
        for tag in sorted(self._offices(), key=lambda tag: (tag.i, -tag.j)):
            last = kept[-1] if kept else None
            if last is None or tag.i >= last.j:
                kept.append(tag)
            elif tag.j > last.j and self._pack.head == "last":
                kept[-1] = replace(tag, i=last.i)
        return kept

    def _offices(self) -> Iterator[Tag]:
        yield from self._tags.get("office", {}).values()
        yield from self._tags.get("office_of_state", {}).values()
        yield from (tag for tag in self._tags.get("anaphor", {}).values() if tag.value == COUNTERPART)

    def _inside_entity(self, tag: Tag) -> bool:
        return any(
            tag.i - 6 <= other.i <= tag.i and tag.j <= other.j and (other.i, other.j) != (tag.i, tag.j)
            for other in self._named
        )

    def _title(self, tag: Tag) -> Title:
        title = Title(COUNTERPART if tag.kind == "anaphor" else tag.value, tag.i, tag.j, feats=tag.feats, rule="office")
        self._prefix(title)
        if self._pack.head == "last" or self._is_named_before(title) or not self._state_after(title, tag.i + 1):
            self._state_before(title)
            title.j = self._field_end(title)
        self._prefix(title)  # former Finnish president
        if title.office == "ambassador":
            title.j = self._post_end(title.j)
        if title.office in LEADS_STATE and title.of and title.of[0].startswith("organization/"):
            title.office = "org_head"
        elif title.office == "business" and title.of[:1] and title.of[0].startswith("organization/"):
            title.office = "official"
        elif title.office == "org_head" and title.of and title.of[0].startswith("state/"):
            title.office = "official"  # a state's chief secretary
        return title

    def _is_named_before(self, title: Title) -> bool:
        """Whether an adjective before an ambassador tells whose he is: the Mexican ambassador to Japan."""
        tag = self._ending_at(title.i) if title.office == "ambassador" else None
        return tag is not None and tag.form == "adjective"

    def _prefix(self, title: Title) -> None:
        """Former, deputy, acting, right before the title."""
        prefix = self._tags.get("office_prefix", {})
        for at in (title.i - 1, title.i - 2):
            if at in prefix and (prefix[at].j == title.i or self._words[title.i - 1].text == "-"):
                title.i = at
                title.office = {"former": "former", "deputy": "official"}.get(prefix[at].value, title.office)
                return

    def _post_end(self, j: int) -> int:
        """Where the state ends in which an ambassador serves: ambassador of X to Y."""
        roles = set(self._pack.before.get(self._words[j].fold, {}).values()) if j + 1 < len(self._words) else set()
        post = self.state_at(j + 1) if roles & {"TO", "IN"} else None
        return post.j if post else j

    def _field_end(self, title: Title) -> int:
        """Where the field of a stateless office ends, if a name follows: minister of trade and industry N."""
        if self._pack.head == "last" or title.office not in _WITH_FIELD or title.office == "business":
            return title.j
        for j in range(title.j, min(title.j + _GAP, len(self._words))):
            if self._words[j].capital and j not in self._tags.get("portfolio", {}):
                return title.j if self.state_at(j) or j in self._tags.get("place", {}) else j
            if not self._may_stand_between(j):
                break
        return title.j

    def _state_after(self, title: Title, start: int) -> bool:
        """President of X; minister of trade and integration of X; ambassador to X."""
        for j in range(start, min(title.j + self._gap(title), len(self._words))):
            if j < title.j and self.state_at(j) is None:
                continue
            if (found := self._states_from(j)) is not None and self._owns(found[2], title):
                title.of, title.j = found[:2]
                title.rule = "office of state"
                return True
            if found is not None or not self._may_stand_between(j):
                return False
        return False

    def _state_before(self, title: Title) -> None:
        """The Kazakh president; X's minister of trade."""
        start = self._before_brackets(title.i)
        for i in range(start - 1, max(-1, start - 1 - self._gap(title)), -1):
            side = self._tags.get("state_noun", {}).get(i)
            if side is not None and side.j == i + 1 and "ACC" in side.feats:
                return  # "told the Kenyan side that the head of state ..."
            tag = self._ending_at(i + 1)
            if tag is not None and title.office == "ambassador" and {"LOC", "DAT"} & tag.feats:
                continue  # where the ambassador serves
            if tag is not None and self._pack.after.get(self._words[tag.j].fold) == "ABOUT":
                continue  # the envoy for X
            if tag is not None:
                if self._belongs(tag, title.i):
                    title.of, title.i = self._states_to(tag)
                    title.rule = "state office"
                return
            if not self._may_stand_between(i) or self._words[i].fold in self._articles:
                return

    def _before_brackets(self, i: int) -> int:
        """Where brackets begin that end right before a token: the X Bank (XB) president; else that token."""
        opened = (at for at in range(i - 2, max(i - _BRACKETS - 1, -1), -1) if self._words[at].text == "(")
        return next(opened, i) if i and self._words[i - 1].text == ")" else i

    def owner_at(self, j: int) -> Tag | None:
        """The state that "of" right after a name ties to it."""
        if j + 1 >= len(self._words) or "GEN" not in self._pack.before.get(self._words[j].fold, {}).values():
            return None
        return self.state_at(j + 2 if self._words[j + 1].fold in self._pack.skip else j + 1)

    def company_end(self, i: int) -> int | None:
        """Where the name of a company in quotation marks ends: head of «X» N."""
        closing = dict(self._pack.quotes).get(self._words[i].text)
        window = range(i + 1, min(i + _COMPANY, len(self._words))) if closing else ()
        return next((k + 1 for k in window if self._words[k].text == closing), None)

    def _gap(self, title: Title) -> int:
        """How many words may part an office from its state: many for a minister's field, few for a president."""
        return _GAP if title.office in _WITH_FIELD else _SMALL_GAP

    def _owns(self, tag: Tag, title: Title) -> bool:
        """Whether a state after an office is its owner: in the genitive, after "of", a counterpart's after "from"."""
        at = tag.i - 1
        while at >= title.j and self._words[at].fold in self._pack.skip:
            at -= 1
        roles = self._pack.before.get(self._words[at].fold, {}).values() if at >= title.j else ()
        if roles:
            return "GEN" in roles or (title.office == COUNTERPART and "FROM" in roles)
        return "GEN" in tag.feats or (not tag.feats and self._pack.head == "first") or tag.i < title.j

    def _belongs(self, tag: Tag, office_at: int) -> bool:
        """Whether a state before an office is its owner by case: bare, genitive or adjective."""
        if self._pack.head == "last":
            return not tag.feats - _OWNER
        return tag.form == "adjective" or (
            office_at == tag.j and ("GEN" in tag.feats or (not tag.feats and self._pack.head == "any"))
        )

    def _may_stand_between(self, at: int) -> bool:
        token = self._words[at]
        if token.text in "-,":
            return token.text == "-" or self._parts_field(at)
        if not token.text[0].isalpha() or at in self._verbs:
            return False
        return not token.capital or at in self._tags.get("portfolio", {}) or self._pack.head == "last"

    def _parts_field(self, at: int) -> bool:
        """Whether a comma stands between the words of a minister's field: minister of industry, energy and trade."""
        words, portfolio = self._words, self._tags.get("portfolio", {})
        return 0 < at < len(words) - 1 and all(
            words[k].text[0].isalpha() and (k in portfolio or not words[k].capital) for k in (at - 1, at + 1)
        )

    def _states_from(self, j: int) -> tuple[tuple[EntityId, ...], int, Tag] | None:
        """The states that begin at a token, with those joined to them, where they end, and the first of them."""
        tag = self.state_at(j)
        if tag is None:
            return None
        found, end = [EntityId(tag.value)], tag.j
        while (joined := self.after_join(end)) is not None:
            while joined < len(self._words) and self._words[joined].fold in self._pack.skip:
                joined += 1  # X, the Y and Z
            if (following := self.state_at(joined)) is None:
                break
            found.append(EntityId(following.value))
            end = following.j
        return tuple(found), end, tag

    def _states_to(self, tag: Tag) -> tuple[tuple[EntityId, ...], int]:
        """The state that a tag names, with those joined to it from before, and where they begin."""
        found, start = [EntityId(tag.value)], tag.i
        while (end := self._before_join(start)) is not None and (earlier := self._ending_at(end)) is not None:
            if earlier.feats - _OWNER or self._is_owner_of_another(earlier):
                break
            found.insert(0, EntityId(earlier.value))
            start = earlier.i
        return tuple(found), start

    def _is_owner_of_another(self, tag: Tag) -> bool:
        """Whether a preposition before a state ties it to what is told before: minister N of X, Y's minister; in X, Y's
        minister.
        """
        roles = {*self._pack.before.get(self._words[tag.i - 1].fold, {}).values()} if tag.i else set()
        tied = {"TO", "IN", "FROM", "GEN"} if self._pack.head == "any" else {"TO", "IN"}
        return self._pack.head != "last" and bool(tied & roles)

    def state_at(self, i: int) -> Tag | None:
        """The state or organisation that begins at a token."""
        for kind in ("state", "organization"):
            if (tag := self._tags.get(kind, {}).get(i)) is not None:
                return tag
        return None

    def _ending_at(self, j: int) -> Tag | None:
        for kind in ("state", "organization"):
            for at in range(max(0, j - _LONGEST_NAME), j):
                tag = self._tags.get(kind, {}).get(at)
                if tag is not None and tag.j == j:
                    return tag
        return None

    def after_join(self, j: int) -> int | None:
        if j < len(self._words) and (j in self._tags.get("and", {}) or self._words[j].text in ",-"):
            return j + 2 if self._words[j].text == "," and j + 1 in self._tags.get("and", {}) else j + 1
        return None

    def _before_join(self, i: int) -> int | None:
        if i > 1 and (i - 1 in self._tags.get("and", {}) or self._words[i - 1].text in ",-"):
            return i - 1
        return None
