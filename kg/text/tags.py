"""Tags: stretches of tokens that mean something, found by one walk through a trie of known phrases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.text.forms import NONE, Feats, Forms
from kg.text.tokens import Token, tokens


@dataclass(slots=True)
class Tag:
    """Tokens ``i`` to ``j`` (exclusive) that mean ``value``.

    kind is a category of the lexicon, or state, organization, body, place, person, publisher, money, date.
    form is name, adjective or anaphor for entities. role is the part that its case or adposition gives it.
    """

    kind: str
    value: str
    i: int
    j: int
    feats: Feats = NONE
    form: str = "name"
    role: str = "NOM"
    key: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase means. ``proper`` phrases match only with a capital letter, ``caps`` only in capitals."""

    kind: str
    value: str
    form: str = "name"
    proper: bool = False
    caps: int = 0


class Node(dict[str, "Node"]):
    """A step in the trie, with the entries of the phrases that end here."""

    __slots__ = ("entries",)

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []


class Phrases:
    """All known phrases of one language, over the keys of ``Forms``."""

    def __init__(self, forms: Forms, *, head_first: bool) -> None:
        self.forms = forms
        self._head_first = head_first
        self._root = Node()

    def add(self, phrase: str, entry: Entry) -> None:
        """Make a phrase known; each of its words is written as in a pack."""
        node = self._root
        for word in split(phrase):
            node = node.setdefault(self.forms.add(word), Node())
        if entry not in node.entries:
            node.entries.append(entry)

    def match(self, words: Sequence[Token]) -> list[Tag]:
        """For each token and kind, the longest phrase that begins there, in the order of the text."""
        readings = [self.forms.readings(token.fold) for token in words]
        found: list[Tag] = []
        root = self._root
        for i, first in enumerate(readings):
            if not first:
                continue
            best: dict[str, Tag] = {}
            for key, feats in first:
                if (node := root.get(key)) is not None:
                    self._walk(node, _Start(words, readings, i, feats), i + 1, feats, best)
            found.extend(best.values())
        return found

    def _walk(self, node: Node, start: _Start, j: int, feats: Feats, best: dict[str, Tag]) -> None:
        for entry in node.entries:
            known = best.get(entry.kind)
            if (known is None or known.j < j) and _printed_as(entry, start.words, start.i):
                first = self._head_first and bool(start.feats) and not (entry.kind == "person" and feats)
                shown = start.feats if first else feats
                best[entry.kind] = Tag(entry.kind, entry.value, start.i, j, shown, entry.form)
        if node and j < len(start.words):
            for key, following in start.readings[j]:
                if (child := node.get(key)) is not None:
                    self._walk(child, start, j + 1, following, best)


@dataclass(frozen=True, slots=True)
class _Start:
    words: Sequence[Token]
    readings: Sequence[tuple[tuple[str, Feats], ...]]
    i: int
    feats: Feats


def _printed_as(entry: Entry, words: Sequence[Token], i: int) -> bool:
    if entry.caps:
        return words[i].text[: entry.caps].isupper()
    return not entry.proper or words[i].capital


def split(phrase: str) -> list[str]:
    """The words of a phrase as a pack writes them: tokens, with a mark = or ~ and features kept on its word.

    >>> split("Қасим-Жомарт Тоқаев"), split("бош= вазир"), split("юртимизга=P1 DAT")
    (['Қасим', '-', 'Жомарт', 'Тоқаев'], ['бош=', 'вазир'], ['юртимизга=P1 DAT'])
    """
    head, mark, feats = phrase.rpartition("=")
    if mark and feats.isupper() and feats.replace(" ", "").isalnum():
        *before, last = split(head)
        return [*before, f"{last}={feats}"]
    found: list[str] = []
    for token in tokens(phrase):
        if token.text in "=~" and found:
            found[-1] += token.text
        else:
            found.append(token.text)
    return found


def without_covered(tags: Iterable[Tag]) -> list[Tag]:
    """The tags less those that a longer tag covers entirely, in the order of the text, longest first."""
    kept: list[Tag] = []
    reach = -1
    for tag in sorted(tags, key=lambda tag: (tag.i, -tag.j)):
        if tag.j > reach or (kept and kept[-1].i == tag.i and kept[-1].j == tag.j):
            kept.append(tag)
            reach = max(reach, tag.j)
    return kept
