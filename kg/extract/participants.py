"""Who takes part in a meeting: everyone of its sentence who is neither place nor subject matter nor only reports it."""

from __future__ import annotations

from collections.abc import Sequence

from kg import seeds
from kg.article import EntityId
from kg.extract.reporters import owners_of, sources_of
from kg.extract.sightings import GENERIC, SINGLE
from kg.text.actors import Actor
from kg.text.doc import Doc, Sentence
from kg.text.linking import LEADERS
from kg.text.tags import Tag
from kg.text.tokens import gap

_OBJECT_REACH = 4  # tokens between "received" and whom, with a place between
_AGENT_REACH = 3  # tokens between "was received" and by whom
_THEIRS = 3  # tokens between "their" and "meeting"
_TALKS = frozenset({"bilateral", "phone_call"})
_OUTSIDE = frozenset({"IN", "ABOUT", "FROM", "UNTIL", "FOR", "BY"})


def participants_of(doc: Doc, sentence: Sentence, actors: Sequence[Actor], kind: str) -> tuple[EntityId, ...]:
    """Everyone of the sentence who is neither place nor subject matter nor only quoted."""
    sources, owners = sources_of(doc, sentence, actors), owners_of(actors)
    occasion = any(tag.value == "setting" for tag in doc.of_kind("meeting_part", sentence))
    found: set[EntityId] = set()
    sides = _sides(doc, actors) if kind in _TALKS else set()
    named = {actor.states for actor in actors if actor.kind == "state" and actor.form == "name" and actor.role != "IN"}
    goals = [actor for actor in actors if actor.kind == "state" and actor.role == "TO"]
    for actor in actors:
        outside = actor.role in _OUTSIDE and not _receives(doc, sentence, actor)
        outside = outside or (len(goals) > 1 and actor in goals and kind in GENERIC)  # stops of a tour
        if actor.i in owners:
            found.update(doc.states_of(actor))
        if outside or actor.i in {*sources, *owners} or _is_possessive(actor):
            continue
        if len(sides) > 1 and actor.kind == "state" and not {*actor.states} & sides:
            continue  # what leaders of others talk about
        if len(named) > 1 and kind in GENERIC and _is_attribute(doc, sentence, actor):
            continue
        if actor.kind == "organization" and kind in GENERIC and (
            actor.role == "GEN" or occasion or _is_hosts(doc, sentence, actor)
        ):
            continue
        found.update(actor.entities, doc.states_of(actor), _two_leaders(doc, actor))
    return tuple(sorted(found))


def _is_attribute(doc: Doc, sentence: Sentence, actor: Actor) -> bool:
    """Whether a state's adjective stands before what is none of its sides: "the Syrian question"."""
    sides = {tag.i for tag in doc.of_kind("state_noun", sentence)}
    return actor.kind == "state" and actor.form == "adjective" and actor.j not in sides


def _is_hosts(doc: Doc, sentence: Sentence, actor: Actor) -> bool:
    """Whether an organisation only tells whose summit it is at which two met: "at the ASEAN summit"."""
    if doc.pack is None or doc.pack.head == "last":
        return False
    single = [tag for tag in doc.of_kind("meeting", sentence) if tag.value in SINGLE]
    return any(tag.j == actor.i or actor.j == tag.i for tag in single)


def _two_leaders(doc: Doc, actor: Actor) -> set[EntityId]:
    """Who "both leaders" are, if the article names one leader of each of the two states."""
    if actor.rule != "both_leaders":
        return set()
    found: set[EntityId] = set()
    for state in actor.states:
        people = {item.id for item in doc.persons if item.title and item.title.office in LEADERS}
        leaders = {person for person in people if doc.state_of(person) == state}
        if len(leaders) != 1:
            return set()
        found |= leaders
    return found


def with_organization(
    doc: Doc, participants: tuple[EntityId, ...], body: EntityId | None
) -> tuple[EntityId, ...]:
    """With the organisation whose body meets, where no other is named; a region's leaders may be told one by one."""
    owner = seeds.load().organization.get(body) if body else None
    owner = None if doc.gathering and owner in seeds.load().regions else owner
    named = any(item.startswith("organization/") for item in participants)
    return participants if owner is None or named else tuple(sorted({*participants, owner}))


def _receives(doc: Doc, sentence: Sentence, actor: Actor) -> bool:
    """Whether someone is he by whom another "was received"."""
    words = doc.of_kind("meeting_part", sentence)
    near = [tag for tag in words if tag.value == "receive" and gap(actor, tag) <= _AGENT_REACH]
    return actor.role == "BY" and bool(actor.person) and bool(near)


def _is_possessive(actor: Actor) -> bool:
    """Whether an actor is "his", said of what is someone's."""
    return actor.rule == "he" and actor.role == "GEN"


def _sides(doc: Doc, actors: Sequence[Actor]) -> set[EntityId]:
    """The states of the persons and titles among some actors."""
    people = [actor for actor in actors if actor.kind in ("person", "title") and actor.role not in _OUTSIDE]
    named = {state for actor in people for state in doc.states_of(actor)}
    return {state for state in named if state.startswith("state/")}


def pairs_of(doc: Doc, sentence: Sentence, cue: Tag) -> list[tuple[EntityId, ...]]:
    """The one side that meets, with each of those whom it meets, all of different states; nothing if that is not clear.

    Those met stand with "with", as objects, or after the verb in a language that marks its objects by place.
    """
    actors = [actor for actor in doc.actors_in(sentence) if not doc.in_quote(actor.i)]
    hosts, guests = [], []
    owner = _owner_of(actors, cue)
    occasion = any(tag.value == "setting" for tag in doc.of_kind("meeting_part", sentence))
    sources = sources_of(doc, sentence, actors)
    for actor in actors:
        if actor.i in sources or (occasion and actor.kind == "organization") or actor.rule.startswith("both_"):
            continue
        side = {*actor.entities, *doc.states_of(actor)}
        object_ = actor.role in ("WITH", "ACC") or _is_object(doc, actor, cue)
        if object_ and actor.person:
            guests.append(side)
        elif object_ and actor.kind == "title" and "PL" in actor.feats and len(actor.states) > 1:
            guests += [{state, *_bearer(doc, actor, state)} for state in actor.states]  # "the ministers of X and Y"
        elif object_ and actor.kind == "title" and len(actor.states) == 1:
            guests.append(side)
        elif (actor.role == "NOM" or actor is owner) and side and not object_:
            hosts.append(side)
    if _are_together(doc, sentence, actors):
        return []
    if len(hosts) != 1 or not guests:
        return []
    rounds = [[*hosts, guest] for guest in guests] if "PL" in cue.feats else [[*hosts, *guests]]
    if not all(_all_apart(sides) for sides in rounds):
        return []
    return [tuple(sorted(hosts[0] | guest)) for guest in guests]


def _is_object(doc: Doc, actor: Actor, cue: Tag) -> bool:
    """Whether someone is met by his place after the verb; or, after "received", in a genitive that is an accusative."""
    head = doc.pack.head if doc.pack else ""
    if head == "any":
        return actor.role == "NOM" and actor.i >= cue.j
    received = cue.kind == "meeting_part" and 0 <= actor.i - cue.j <= _OBJECT_REACH
    return head == "first" and received and actor.role == "GEN"


def _are_together(doc: Doc, sentence: Sentence, actors: Sequence[Actor]) -> bool:
    """Whether several are received at once: "received A and B", unless separately."""
    groups = [actor.group for actor in actors if actor.person and actor.role == "ACC"]
    apart = any(tag.value == "apart" for tag in doc.of_kind("meeting_part", sentence))
    return len(groups) > 1 and len({*groups}) == 1 and not apart


def _owner_of(actors: Sequence[Actor], cue: Tag) -> Actor | None:
    """Whose meetings they are, where nobody is the subject: "the meetings of A with B and with C"."""
    people = [actor for actor in actors if actor.person and actor.role in ("NOM", "GEN")]
    alone = len(people) == 1 and people[0].role == "GEN" and people[0].i < cue.i
    return people[0] if alone else None


def _bearer(doc: Doc, actor: Actor, state: EntityId) -> set[EntityId]:
    """The one person of a state whom the article gives the office of a title."""
    found = {
        person.id
        for person in doc.persons
        if person.title and person.title.office == actor.office and person.title.of == (state,)
    }
    return found if len(found) == 1 else set()


def _all_apart(sides: Sequence[set[EntityId]]) -> bool:
    """Whether there are two sides or more, none of one state with another; of one the state may be unknown."""
    states = [{item for item in side if item.startswith("state/")} for side in sides]
    known = [side for side in states if side]
    return len(known) >= max(len(sides) - 1, 1) and sum(map(len, known)) == len(set[EntityId]().union(*known))


def with_last_subject(
    doc: Doc, sentence: Sentence, actors: Sequence[Actor], participants: tuple[EntityId, ...]
) -> tuple[EntityId, ...]:
    """Talks with someone, whose other side the sentence leaves out: the one subject of the sentence before."""
    with_someone = any(actor.role == "WITH" and actor.entities for actor in actors)
    own = any(actor.person and actor.role == "NOM" for actor in actors)
    if not with_someone or own or sentence.number < 2:
        return participants
    before = doc.actors_in(doc.sentences[sentence.number - 1])
    subjects = {actor.person: actor for actor in before if actor.person and actor.role == "NOM"}
    if len(subjects) != 1:
        return participants
    [(person, actor)] = subjects.items()
    states = actor.states or ((doc.state_of(person),) if person and doc.state_of(person) else ())
    return tuple(sorted({*participants, *actor.entities, *(state for state in states if state)}))


def with_two_before(
    doc: Doc, sentence: Sentence, cue: Tag, participants: tuple[EntityId, ...]
) -> tuple[EntityId, ...]:
    """For "their meeting" with the two persons, of two states, whom the sentence before names."""
    theirs = any(tag.value == "they" and 0 <= cue.i - tag.j <= _THEIRS for tag in doc.of_kind("anaphor", sentence))
    theirs = theirs or (cue.value == "phone_call" and not participants)  # "during the call"
    if not theirs or sentence.number == 0:
        return participants
    before = doc.actors_in(doc.sentences[sentence.number - 1])
    sides = {actor.person: {*actor.entities, *doc.states_of(actor)} for actor in before if actor.person}
    two = [side for person, side in sides.items() if person]
    return tuple(sorted({*participants, *two[0], *two[1]})) if len(two) == 2 and _all_apart(two) else participants


def states_among(participants: Sequence[EntityId]) -> int:
    """How many states are among some participants."""
    return sum(item.startswith("state/") for item in participants)


def enough(participants: Sequence[EntityId], kind: str) -> bool:
    """Whether there are two sides; a summit, session or forum may be told by its organisation or host alone."""
    states = {item for item in participants if item.startswith("state/")}
    persons = {item for item in participants if item.startswith("person/")}
    organizations = {item for item in participants if item.startswith("organization/")}
    sides = max(len(states), len(persons)) + len(organizations)
    return sides > 1 or (kind in SINGLE and sides > 0 and bool(organizations))
