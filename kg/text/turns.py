"""Speech without quotation marks: the turns of a transcript, and the paragraph that "N said:" announces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.article import EntityId
from kg.text.actors import Actor
from kg.text.numbers import ByKind
from kg.text.tokens import Token, line_starts

_OPENING = frozenset("\"«“„‘'")
_REMARK = 5  # tokens of a remark in brackets after a speaker's name
_LABEL = 30  # tokens of a paragraph that does no more than announce the next
_LEAST = 6  # words of a paragraph that is announced
Turn = tuple[int, int, EntityId]
RULE = "speaker and colon"


def turns(text: str, words: Sequence[Token], tags: ByKind, actors: Sequence[Actor]) -> list[Turn]:
    """Ranges of tokens with who speaks there, in order; the headline is no turn."""
    lines = _lines(text, words)[1:]
    found: list[Turn] = []
    speaker: EntityId | None = None
    for number, (i, j) in enumerate(lines):
        here = [actor for actor in actors if i <= actor.i < j]
        label = _label(words, i, j, here)
        if label is not None:
            start, speaker = label
            if start < j:
                found.append((start, j, speaker))
        elif speaker and (not words[i].text[0].isalnum() or any(actor.person == speaker for actor in here)):
            speaker = None  # a note of the editor's: nobody names himself
        elif speaker is not None:
            begun = found.pop()[0] if found and found[-1][1] == i else i
            found.append((begun, j, speaker))
        elif number and (told := _announced(words, tags, lines[number - 1], actors)) is not None:
            spoken = sum(token.text[0].isalpha() for token in words[i:j])
            if spoken >= _LEAST and words[i].text[0].isalpha():
                found.append((i, j, told))
    return found


def _lines(text: str, words: Sequence[Token]) -> list[tuple[int, int]]:
    starts = line_starts(text, words)
    return list(zip(starts, [*starts[1:], len(words)], strict=True))


def _label(words: Sequence[Token], i: int, j: int, actors: Sequence[Actor]) -> tuple[int, EntityId] | None:
    """Where the speech of a line begins that opens with a name and a colon, and whose it is."""
    for actor in actors:
        before = [token.text for token in words[i : actor.i]]
        if actor.person is None or any(text[0].isalpha() and len(text) > 2 for text in before):
            continue
        end = actor.j
        if end < j and words[end].text == "(":
            end = next((k + 1 for k in range(end, min(end + _REMARK, j)) if words[k].text == ")"), end)
        if end < j and words[end].text == ":" and not (end + 1 < j and words[end + 1].text in _OPENING):
            return end + 1, actor.person
    return None


def _announced(
    words: Sequence[Token], tags: ByKind, line: tuple[int, int], actors: Sequence[Actor]
) -> EntityId | None:
    """Who says the next paragraph, where this one does no more than name him and end in a colon."""
    i, j = line
    if words[j - 1].text != ":" or j - i > _LABEL or not any(k in tags.get("speech", {}) for k in range(i, j)):
        return None
    people = {actor.person for actor in actors if i <= actor.i < j and actor.role == "NOM"} - {None}
    return people.pop() if len(people) == 1 else None


def outside(quotes: Sequence[tuple[int, int]], told: Sequence[Turn]) -> Iterator[tuple[int, int]]:
    """The quotations that do not lie in someone's turn."""
    for i, j in quotes:
        if not any(start <= i < end for start, end, _ in told):
            yield i, j
