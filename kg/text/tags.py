"""Tags: stretches of tokens that mean something, found by one walk through a trie of known phrases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kg.lang import Pack
from kg.text.forms import NONE, Feats, Forms
from kg.text.tokens import Token, tokens

_CACHE_SIZE = 100_000
_JOINERS = frozenset("+-–—/")
_ENTITIES = frozenset({"state", "organization", "body", "place", "currency", "person"})


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


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of a word as printed.

    ``readings``: the words that it can be a form of. ``alone``: what it means by itself, once a kind. ``on``: where
    longer phrases go on from it, ``following``: the words of which one must follow.
    """

    readings: tuple[tuple[str, Feats], ...]
    keys: frozenset[str]
    alone: tuple[tuple[Entry, Feats], ...]
    on: tuple[tuple[Node, Feats], ...]
    following: frozenset[str]


class Phrases:
    """All known phrases of one language, over the keys of ``Forms``; ``pack``: its pack, without the phrases."""

    def __init__(self, pack: Pack) -> None:
        self.forms = Forms(pack)
        self.pack = replace(pack, lexicon={"name_part": pack.lexicon["name_part"]})  # the rest is in the phrases
        self._head_first = pack.head == "first"
        self._root = Node()
        self._known: dict[str, Known] = {}  # by word as printed

    def add(self, phrase: str, entry: Entry) -> None:
        """Make a phrase known; each of its words is written as in a pack."""
        node = self._root
        for word in split(phrase):
            node = node.setdefault(self.forms.add(word), Node())
        if entry not in node.entries:
            node.entries.append(entry)
        self._known.clear()

    def match(self, words: Sequence[Token]) -> list[Tag]:
        """For each token and kind, the longest phrase that begins there, in the order of the text."""
        found: list[Tag] = []
        known = [self._known.get(token.text) or self._know(token) for token in words]
        known.append(_NOTHING)  # follows the last word
        for i, word in enumerate(known):
            if word.on and not word.following.isdisjoint(following := known[i + 1].keys):
                longest = {entry.kind: _tag(entry, i, i + 1, feats) for entry, feats in word.alone}
                for node, feats in word.on:
                    if not node.keys().isdisjoint(following):
                        hyphened = words[i + 1].text == "-"
                        self._walk(node, _Start(words[i], known, i, feats, hyphened), i + 1, longest)
                found.extend(longest.values())
            elif word.alone:
                found.extend([_tag(entry, i, i + 1, feats) for entry, feats in word.alone])
        hyphens = {i for i, token in enumerate(words) if token.text == "-"}
        return [self._with_ending(tag, words) if tag.j in hyphens else tag for tag in found] if hyphens else found

    def _with_ending(self, tag: Tag, words: Sequence[Token]) -> Tag:
        """An abbreviation with the ending that a hyphen joins to it: "АҚШ-тың"."""
        if not _is_hyphened(tag, words):
            return tag
        ending = words[tag.j + 1].fold
        feats = [found for paradigm in self.forms.name_paradigms if (found := paradigm.endings.get(ending))]
        return replace(tag, j=tag.j + 2, feats=tag.feats | feats[0]) if feats and len(ending) > 1 else tag

    def _know(self, token: Token) -> Known:
        """What is known of a word, found once for each word as printed."""
        readings = self.forms.readings(token.fold)
        alone: dict[str, tuple[Entry, Feats]] = {}
        nodes = [(self._root[key], feats) for key, feats in readings if key in self._root]
        for node, feats in nodes:
            for entry in node.entries:
                if _printed_as(entry, token):
                    alone.setdefault(entry.kind, (entry, feats))
        if len(self._known) > _CACHE_SIZE:
            self._known.clear()
        known = self._known[token.text] = Known(
            readings=readings,
            keys=frozenset(key for key, _ in readings),
            alone=tuple(alone.values()),
            on=tuple((node, feats) for node, feats in nodes if node),
            following=frozenset(key for node, _ in nodes for key in node),
        )
        return known

    def _walk(self, before: Node, start: _Start, j: int, longest: dict[str, Tag]) -> None:
        """Go on from a node with the token ``j``, as far as phrases go."""
        for key, feats in start.known[j].readings:
            node = before.get(key)
            if node is None:
                continue
            for entry in node.entries:
                tag = longest.get(entry.kind)
                if (tag is None or tag.j <= j) and _printed_as(entry, start.first):
                    whole = entry.kind == "person" or start.hyphened  # its last word is the one that is inflected
                    first = self._head_first and bool(start.feats) and not (whole and feats)
                    shown = start.feats if first else feats
                    longest[entry.kind] = _tag(entry, start.i, j + 1, shown)
            if node:
                self._walk(node, start, j + 1, longest)


_NOTHING = Known((), frozenset(), (), (), frozenset())


@dataclass(frozen=True, slots=True)
class _Start:
    first: Token
    known: Sequence[Known]
    i: int
    feats: Feats
    hyphened: bool


def _is_hyphened(tag: Tag, words: Sequence[Token]) -> bool:
    """Whether the hyphen after an abbreviation that names something joins small letters to it."""
    j = tag.j
    return (
        j + 1 < len(words)
        and tag.kind in _ENTITIES
        and words[j - 1].end == words[j].start == words[j + 1].start - 1
        and words[j - 1].text.isupper()
        and words[j + 1].text.islower()
    )


def _tag(entry: Entry, i: int, j: int, feats: Feats) -> Tag:
    return Tag(entry.kind, entry.value, i, j, feats, entry.form)


def _printed_as(entry: Entry, first: Token) -> bool:
    if entry.caps:
        return first.text[: entry.caps].isupper()
    return not entry.proper or first.capital


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


def by_kind(tags: Iterable[Tag]) -> dict[str, dict[int, Tag]]:
    """Tags by kind and first token, in order. Of entities, and of phrases of one kind, only those that no longer one
    covers.
    """
    found: dict[str, dict[int, Tag]] = {}
    reached: dict[str, int] = {}
    entities: list[Tag] = []
    for tag in tags:
        kind = tag.kind
        if kind in _ENTITIES:
            entities.append(tag)
        elif tag.j > reached.get(kind, -1):
            found.setdefault(kind, {})[tag.i] = tag
            reached[kind] = tag.j
    for tag in _without_covered(entities):
        found.setdefault(tag.kind, {})[tag.i] = tag
    for signature in found.get("publisher", {}).values():  # no state in "Interfax-Kazakhstan"
        for kind in ("state", "place", "person", "family"):
            for at in range(signature.i, signature.j):
                inside = found.get(kind, {}).get(at)
                if inside is not None and inside.j <= signature.j and inside.j - inside.i < signature.j - signature.i:
                    del found[kind][at]
    return found


def _without_covered(tags: Iterable[Tag]) -> Iterator[Tag]:
    """The tags less those that a longer tag covers entirely, in the order of the text, longest first."""
    last: Tag | None = None
    for tag in sorted(tags, key=lambda tag: (tag.i, -tag.j)):
        if last is None or tag.j > last.j or (tag.i == last.i and tag.j == last.j):
            yield tag
            last = tag


def set_regions_apart(tags: dict[str, dict[int, Tag]], words: Sequence[Token]) -> None:
    """A region's name is an organisation only where it is joined to a state ("Central Asia + China"), else a region; no
    continent stands in a state's name ("South Africa"), and no state in a continent's ("Latin American").
    """
    _apart(tags.get("anaphor", {}), [*tags.get("state", {}).values(), *tags.get("organization", {}).values()])
    _apart(tags.get("state", {}), [tag for tag in tags.get("anaphor", {}).values() if tag.value == "continent"])
    organizations, states = tags.get("organization", {}), tags.get("state", {})
    named = states.keys() | organizations.keys()
    ends = {tag.j for group in (states, organizations) for tag in group.values()}
    for at, tag in list(organizations.items()):
        joined = tag.j < len(words) and words[tag.j].fold in _JOINERS and tag.j + 1 in named
        if tag.form == "party" and not joined and not (at > 1 and words[at - 1].fold in _JOINERS and at - 1 in ends):
            tags.setdefault("region", {})[at] = replace(tag, kind="region")
            del organizations[at]


def _apart(tags: dict[int, Tag], others: Sequence[Tag]) -> None:
    """Drop the continents or states that are only part of longer names."""
    for other in others:
        for at in range(other.i, other.j):
            tag = tags.get(at)
            inside = tag is not None and tag.j <= other.j and tag.j - tag.i < other.j - other.i
            if tag is not None and inside and (tag.kind == "state" or tag.value == "continent"):
                del tags[at]
