"""Where a journey leads."""

from __future__ import annotations

from collections.abc import Iterator

from kg import seeds
from kg.article import EntityId
from kg.text.actors import Actor
from kg.text.doc import Doc, Sentence
from kg.text.forms import TENSES
from kg.text.tags import Tag
from kg.text.tokens import gap

_BESIDE = 4  # tokens between a verb of travelling and where it leads
_FAR = 8  # the same, where the verb comes last: "went to X for the first time in 2015"
_RIGHT_BESIDE = 2  # the same, where the place is told as one of staying ("arrived in X")
_RIGHT_BEFORE = 1  # tokens between "to X" and "visit": "to the city of X"


def abroad(doc: Doc, sentence: Sentence, actors: list[Actor], verb: Tag) -> list[EntityId]:
    """The states, or else the states of the places, right beside a verb of travelling."""
    last = doc.pack is not None and doc.pack.head == "last"
    for actor in reversed(actors) if last else actors:
        if actor.kind == "state" and _leads_to(actor.role, actor.i, _end(doc, actor.j), verb, last=last):
            return [other.states[0] for other in actors if other.group == actor.group]
    country = seeds.load().country
    found: list[EntityId] = []
    end = -1
    for place in doc.of_kind("place", sentence):
        joined = bool(found) and place.i - end <= 1 and doc.place_role(place) in ("NOM", "TO", "IN")
        if joined or _leads_to(doc.place_role(place), place.i, _end(doc, place.j), verb, last=last):
            found.extend(state for state in (country.get(EntityId(place.value)),) if state)
            end = place.j
    return found


def _end(doc: Doc, j: int) -> int:
    """Where a place ends with the postposition after it ("in the city of X"), where the head comes last."""
    after = doc.pack.after if doc.pack and doc.pack.head == "last" else {}
    return j + 1 if j < len(doc.words) and doc.words[j].fold in after else j


def _leads_to(role: str, i: int, j: int, verb: Tag, *, last: bool) -> bool:
    """Whether a place is where a verb of travelling leads: in the case of direction near it, of place right beside.

    ``last``: the verb stands at the end of its clause.
    """
    far = _FAR if last else _BESIDE
    reaches = {"FROM": far} if verb.value == "return" else {"TO": far, "IN": 0 if last else _RIGHT_BESIDE}
    reach = reaches.get(role, -1)
    return 0 <= verb.i - j <= reach or (not last and 0 <= i - verb.j <= reach)


def welcomed(doc: Doc, sentence: Sentence, actors: list[Actor]) -> Actor | None:
    """The guest of a sentence in which someone welcomes, receives or sees off another: it is he who travels."""
    head = doc.pack.head if doc.pack else ""
    people = [actor for actor in actors if actor.person or actor.kind == "title"]
    for tag in doc.of_kind("meeting_part", sentence):
        if tag.value not in ("host", "receive") or not (TENSES | {"CONV"}) & tag.feats:
            continue
        for actor in people:
            after, before = actor.i - tag.j, tag.i - actor.j
            if head == "any" and 0 <= after <= _RIGHT_BESIDE and actor.role in ("NOM", "WITH"):
                return actor
            if head == "first" and actor.role == "ACC" and -_FAR <= before <= _FAR:
                return actor
            if head == "last" and actor.role == "ACC" and 0 <= before <= _FAR:
                return actor
            if head == "first" and actor.role == "NOM" and 0 <= after <= _BESIDE:  # "... saw off N": he is the host
                return next((one for one in reversed(people) if one.role == "GEN" and one.i < tag.i), None)
    return None


def visited(doc: Doc, sentence: Sentence, actors: list[Actor], tag: Tag) -> tuple[list[EntityId], str] | None:
    """The states right after a verb of visiting, or its object elsewhere, where the head comes first."""
    if doc.pack is None or doc.pack.head != "first" or not (TENSES | {"INF"}) & tag.feats:
        return None
    if "INF" in tag.feats and any(word.value == "invite" for word in doc.of_kind("visit_verb", sentence)):
        return None  # "invited him to visit"
    objects = [actor for actor in actors if actor.kind == "state" and 0 <= actor.i - tag.j <= _BESIDE]
    states = [actor for actor in actors if actor.kind == "state" and (actor.role == "ACC" or actor.i == tag.j)]
    states = states or [actor for actor in objects if "ACC" in actor.feats]
    first = min(states, key=lambda actor: (actor.i != tag.j, abs(actor.i - tag.i)), default=None)
    if first is None:
        return None
    return [actor.states[0] for actor in actors if actor.group == first.group], "states visited"


def destination(
    doc: Doc, sentence: Sentence, actors: list[Actor], visitor: Actor, tag: Tag
) -> tuple[list[EntityId], str]:
    """Where to: the state, else the state of a place, in the case of direction or place; else the one other state.

    Where the only such state is the visitor's own, he is the host.
    """
    home = home_of(doc, visitor)
    right_before = beside(doc, sentence, actors, tag)
    if right_before and home not in right_before:
        return right_before, "states right before"
    told = list(_destinations(doc, sentence, actors))
    if told:
        return next((([s for s in states if s != home], rule) for states, rule in told if {*states} - {home}), ([], ""))
    others = {state for actor in actors for state in actor.states if state.startswith("state/")} - {home}
    if not others and _is_coming(doc, sentence, visitor):
        hosts = {state for actor in actors if actor.person and (state := home_of(doc, actor))} - {home}
        return (list(hosts), "state of the host") if len(hosts) == 1 else ([], "")
    if home is None or len(others) > 1:
        return [], ""
    nowhere = bool(TENSES & tag.feats) or _is_tour(doc, sentence, tag)  # "he visited a factory" leads nowhere else
    return _untold(doc, home, others, anywhere=not nowhere)


def _is_tour(doc: Doc, sentence: Sentence, tag: Tag) -> bool:
    """Whether a journey leads through several states that are not named: "a tour of African countries"."""
    wide = [other for other in doc.of_kind("anaphor", sentence) if other.value == "continent"]
    return any(gap(other, tag) <= _BESIDE for other in wide)


def beside(doc: Doc, sentence: Sentence, actors: list[Actor], tag: Tag) -> list[EntityId]:
    """The states, or the state of the place, right before a word for a visit that comes last, in the case of direction
    or place: "his visit to X".
    """
    if doc.pack is None or doc.pack.head != "last":
        return []
    states = [actor for actor in actors if actor.kind == "state" and actor.role in ("TO", "IN")]
    last = next((actor for actor in states if 0 <= tag.i - actor.j <= _RIGHT_BEFORE), None)
    if last is not None:
        return [actor.states[0] for actor in states if actor.group == last.group]
    country = seeds.load().country
    places = [place for place in doc.of_kind("place", sentence) if 0 <= tag.i - place.j <= _RIGHT_BEFORE]
    found = [country.get(EntityId(place.value)) for place in places if doc.place_role(place) in ("TO", "IN")]
    return [state for state in found if state]


def _untold(
    doc: Doc, home: EntityId, others: set[EntityId], *, anywhere: bool
) -> tuple[list[EntityId], str]:
    """Where to, if no place is told: the one other state of the sentence; where the article is from, or, if it may be
    ``anywhere``, what it is about.
    """
    here = seeds.load().country.get(doc.article.dateline) if doc.article.dateline else None
    if others:
        return (list(others), "the one other state") if others <= {*doc.pair, here} else ([], "")
    if here is not None:
        return ([here], "where the article is from") if here in doc.pair and here != home else ([], "")
    other = [state for state in doc.pair if state != home and state.startswith("state/")]
    two = home in doc.pair and len(doc.pair) == 2
    return (other, "the article's other state") if anywhere and two else ([], "")


def _is_coming(doc: Doc, sentence: Sentence, visitor: Actor) -> bool:
    """Whether "who came" stands right before the visitor, where the head comes last: he came to the others."""
    travel = [tag for tag in doc.of_kind("visit_verb", sentence) if tag.value == "travel" and "PART" in tag.feats]
    return any(0 <= visitor.i - tag.j <= 1 for tag in travel)


def _destinations(doc: Doc, sentence: Sentence, actors: list[Actor]) -> Iterator[tuple[list[EntityId], str]]:
    for role in ("TO", "IN"):
        groups = dict.fromkeys(actor.group for actor in actors if actor.kind == "state" and actor.role == role)
        for group in groups:
            yield [actor.states[0] for actor in actors if actor.group == group], f"states in role {role}"
    country = seeds.load().country
    for roles in (("TO", "IN"), ("ACC",)):
        for place in doc.of_kind("place", sentence):
            state = country.get(EntityId(place.value))
            if state is not None and doc.place_role(place) in roles:
                yield [state], "state of a place"


def home_of(doc: Doc, actor: Actor) -> EntityId | None:
    """The state from which someone comes, or None."""
    return next(iter(doc.states_of(actor)), None)
