"""Who says a quotation: from the words after it, before it, or in the sentence before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.article import EntityId
from kg.text.actors import Actor
from kg.text.numbers import ByKind
from kg.text.tokens import Token

_TAIL = 30  # tokens after a quotation in which its speaker stands
_VERB_REACH = 12  # tokens between a quotation and its word of saying
_LEAST_WORDS = 4  # fewer words are speech only right beside a word of saying: the rest is a name
_BESIDE = 3
_NAME = 6  # tokens of the longest name in quotation marks
_SAYING = frozenset({"NOM", "GEN", "BY"})  # the roles of one who speaks
_PAUSES = frozenset(",-–—.")
_MARKS = frozenset(",.!?…")
_LOOK_BACK = 3  # sentences in which "he" looks for the last subject


@dataclass(frozen=True, slots=True)
class Quotation:
    """Tokens ``i`` to ``j`` between quotation marks; ``speaker`` None: not clear who. rule: which rule decided."""

    i: int
    j: int
    speaker: EntityId | None = None
    rule: str = ""


@dataclass(frozen=True)
class _Scene:
    words: Sequence[Token]
    tags: ByKind
    actors: Sequence[Actor]
    ranges: Sequence[tuple[int, int]]

    def sentence_end(self, i: int) -> int:
        return next((end for start, end in self.ranges if start <= i < end), len(self.words))

    def sentence_start(self, i: int) -> int:
        return next((start for start, end in self.ranges if start <= i < end), 0)

    def speech(self, i: int, j: int) -> int | None:
        """The first word of saying between two tokens; not of what "is said" by nobody."""
        found = self.tags.get("speech", {})
        return next((at for at in range(i, j) if at in found and "PASS" not in found[at].feats), None)

    def relayed(self, i: int, j: int) -> bool:
        """Whether a message says it, not a person: "says the statement of the press service"."""
        return any(i <= at < j and tag.j - at > 1 for at, tag in self.tags.get("relay", {}).items())

    def relayed_by(self, i: int) -> bool:
        """Whether a word for reporting ends right before a token: "reports «X»" is an outlet."""
        return any(tag.j == i for tag in self.tags.get("relay", {}).values())

    def people(self, i: int, j: int) -> list[Actor]:
        people = [actor for actor in self.actors if i <= actor.i < j and actor.person]
        return [actor for actor in people if (actor.rule, actor.role) != ("he", "GEN")]


def quotations_with_speakers(
    words: Sequence[Token],
    quotes: Sequence[tuple[int, int]],
    tags: ByKind,
    actors: Sequence[Actor],
    ranges: Sequence[tuple[int, int]],
) -> list[Quotation]:
    """Each quotation of a text with its speaker. Rules in order; the first that answers wins."""
    scene = _Scene(words, tags, actors, ranges)
    found: list[Quotation] = []
    for number, (i, j) in enumerate(quotes):
        limit = quotes[number + 1][0] - 1 if number + 1 < len(quotes) else len(words)
        floor = quotes[number - 1][1] + 1 if number else 0
        answer = None
        spoken = sum(token.text[0].isalpha() for token in words[i:j])
        if _is_name(scene, i, j):
            pass
        elif spoken >= _LEAST_WORDS or (spoken > 1 and _has_pause(scene, j)) or (spoken and _is_beside(scene, i, j)):
            answer = (
                _said_after(scene, j, limit)
                or _said_before(scene, i, floor)
                or _said_after_by_last(scene, i, j, limit)
                or _announced(scene, i, floor)
                or _continued(scene, i, found)
            )
        found.append(Quotation(i, j, *(answer or (None, ""))))
    return found


def _is_name(scene: _Scene, i: int, j: int) -> bool:
    """Whether what stands between the marks is a name: it is short, begins with a capital and follows a plain word."""
    before = scene.words[i - 2] if i > 1 else None
    return (
        before is not None
        and j - i <= _NAME
        and scene.words[i].capital
        and before.text[0].islower()
        and (scene.speech(max(0, i - 1 - _BESIDE), i - 1) is None or scene.relayed_by(i - 1))
        and scene.speech(j, min(len(scene.words), j + 1 + _BESIDE)) is None
        and scene.words[j - 1].text not in _MARKS
        and not (j + 2 < len(scene.words) and scene.words[j + 1].text == "," and scene.words[j + 2].text in _PAUSES)
    )


def _has_pause(scene: _Scene, j: int) -> bool:
    """Whether a comma, dash or mark of its own ends a quotation: it is a whole sentence, if a short one."""
    after = scene.words[j + 1].text if j + 1 < len(scene.words) else ""
    return after in _PAUSES or scene.words[j - 1].text in _MARKS


def _is_beside(scene: _Scene, i: int, j: int) -> bool:
    verb = scene.speech(max(0, i - 1 - _BESIDE), min(len(scene.words), j + 1 + _BESIDE))
    return verb is not None


def _said_after(scene: _Scene, j: int, limit: int) -> tuple[EntityId, str] | None:
    """«…», – said X."""
    first = j + 1
    end = min(limit, first + _TAIL, scene.sentence_end(min(first, len(scene.words) - 1)))
    verb = scene.speech(first, end) if first < end else None
    pause = _has_pause(scene, j)
    if verb is None or verb - first > (_VERB_REACH if pause else _VERB_REACH // 2):
        return None
    people = [actor for actor in scene.people(first, end) if actor.role in ("NOM", "GEN", "BY", "ABOUT")]
    people = [actor for actor in people if scene.words[min(actor.j, len(scene.words) - 1)].text != ":"]
    if people:
        nearest = min(people, key=lambda actor: (actor.role not in ("NOM", "BY"), abs(actor.i - verb)))
        if nearest.role == "GEN" and scene.relayed(first, nearest.i):
            return None
        return (nearest.person, "said after") if nearest.person else None
    return None


def _said_after_by_last(scene: _Scene, i: int, j: int, limit: int) -> tuple[EntityId, str] | None:
    """«…», – he said; X: «…», – he said; X thanked the guests with «…»."""
    first = j + 1
    end = min(limit, first + _TAIL, scene.sentence_end(min(first, len(scene.words) - 1)))
    verb = scene.speech(first, end) if first < end else None
    others = [
        actor
        for actor in scene.actors
        if first <= actor.i < end and actor.rule != "he" and actor.kind in ("title", "anaphor")
    ]
    if verb is None or verb - first > _VERB_REACH or any(actor.role in _SAYING for actor in others):
        return None
    if scene.relayed(first, end) and not any(first <= actor.i < end and actor.rule == "he" for actor in scene.actors):
        return None  # "says the statement"
    start = scene.sentence_start(i - 1) if i else 0
    subjects = {actor.person for actor in scene.people(start, i) if actor.role == "NOM"}
    if len(subjects) == 1 and (only := subjects.pop()):
        return only, "said after by the subject before"
    if subjects or others:
        return None
    return _last_subject(scene, scene.sentence_start(i), "said after by the last subject")


def _said_before(scene: _Scene, i: int, floor: int) -> tuple[EntityId, str] | None:
    """X said: «…»."""
    start = max(floor, scene.sentence_start(i - 1) if i else 0)
    verb = scene.speech(start, i - 1)
    if verb is None and not (i > 1 and scene.words[i - 2].text == ":"):
        return None
    people = [actor for actor in scene.people(start, i - 1) if actor.role in ("NOM", "GEN", "BY")]
    subjects = [actor for actor in people if actor.role == "NOM"]
    if not subjects and any(actor.rule == "he" and start <= actor.i < i for actor in scene.actors):
        return _last_subject(scene, scene.sentence_start(start), "said before by the last subject")
    subjects = subjects or people
    return (subjects[0].person, "said before") if subjects and subjects[0].person else None


def _announced(scene: _Scene, i: int, floor: int) -> tuple[EntityId, str] | None:
    """X said this. «…»."""
    start = scene.sentence_start(i - 1) if i else 0
    if start != i - 1 or start == 0:
        return None
    before = scene.sentence_start(start - 1)
    if before < floor or scene.speech(before, start) is None or scene.words[start - 1].text not in ":.":
        return None
    return _last_subject(scene, start, "announced") if scene.words[start - 1].text == ":" else None


def _continued(scene: _Scene, i: int, found: Sequence[Quotation]) -> tuple[EntityId, str] | None:
    """A second part of what was broken by the speaker's name."""
    if not found or found[-1].speaker is None:
        return None
    between = range(found[-1].j + 1, i - 1)
    if len(between) > _TAIL or any(scene.words[k].text == "\n" for k in between):
        return None
    same = scene.sentence_start(i - 1) == scene.sentence_start(found[-1].j)
    return (found[-1].speaker, "continued") if same else None


def _last_subject(scene: _Scene, before: int, rule: str) -> tuple[EntityId, str] | None:
    """The only person who is the subject of the last sentence that has one."""
    for _ in range(_LOOK_BACK):
        if before == 0:
            return None
        start = scene.sentence_start(before - 1)
        subjects = {actor.person for actor in scene.people(start, before) if actor.role == "NOM"}
        if subjects:
            only = subjects.pop()
            return (only, rule) if only and not subjects else None
        before = start
    return None
