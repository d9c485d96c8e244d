"""Offices to which someone is appointed, or of which he is relieved: where his name stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.text.numbers import ByKind
from kg.text.tags import Tag
from kg.text.titles import Title
from kg.text.tokens import Token

_REACH = 10  # tokens between an office and the verb, with a name between
_BESIDE = 3  # tokens between them without: "to the post of"
_STOPS = frozenset(".;:!?")


@dataclass(frozen=True, slots=True)
class Post:
    """An office that someone gets, or loses if ``relieved``: his name begins at a token, or ends before it (or 0)."""

    begins: int
    ends: int
    relieved: bool


def post_of(words: Sequence[Token], tags: ByKind, title: Title, head: str) -> Post | None:
    """The post that an office is, if a verb of appointing is about it, or None.

    Where the head comes ``last`` the verb follows the office, elsewhere it mostly goes before.
    """
    verbs = tags.get("appoint", {})
    following = (verbs[at] for at in _until(words, title.j, _REACH) if at in verbs) if verbs else iter(())
    after = next((verb for verb in following if verb.value != "be" or verb.i == title.j), None)
    if head == "last":
        return _before_verb(words, title, after) if after else None
    subject = "NOM" in title.feats  # "the president appointed N"
    if after is not None and after.j < len(words) and words[after.j].capital and head == "first" and not subject:
        return Post(after.j, 0, after.value == "from")
    before = [verb for verb in verbs.values() if 0 <= title.i - verb.j <= (0 if verb.value == "be" else _REACH)]
    return _after_verb(words, title, before[-1]) if before else None


def _before_verb(words: Sequence[Token], title: Title, verb: Tag) -> Post:
    """The name between an office and a verb after it, or after its participle ("appointed X"), else before."""
    begins = next((at for at in range(title.j, verb.i) if words[at].capital), 0)
    if not begins and "PART" in verb.feats and verb.j < len(words) and words[verb.j].capital:
        begins = verb.j
    return Post(begins, 0 if begins else title.i, verb.value == "from")


def _after_verb(words: Sequence[Token], title: Title, verb: Tag) -> Post | None:
    """The name between a verb and an office after it, else before the verb."""
    between = range(verb.j, title.i)
    named = any(words[at].capital for at in between)
    if any(words[at].text in _STOPS for at in between) or (not named and len(between) > _BESIDE):
        return None
    return Post(0, title.i if named else verb.i, verb.value == "from")


def _until(words: Sequence[Token], start: int, reach: int) -> range:
    """The tokens from one on, up to a stop."""
    last = min(start + reach, len(words))
    return range(start, next((at for at in range(start, last) if words[at].text in _STOPS), last))
