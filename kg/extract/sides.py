"""Between whom a sum of trade is: the two parties that the words around it make clear."""

from __future__ import annotations

from collections.abc import Iterator

from kg import seeds
from kg.article import EntityId
from kg.extract.totals import flow_words
from kg.text.actors import Actor
from kg.text.doc import Doc, Sentence
from kg.text.numbers import Money
from kg.text.parties import is_party, only_with

_ENDS = frozenset({"TO", "WITH", "BETWEEN"})
_TIED = ("BETWEEN", "WITH")
Sides = tuple[EntityId, ...]


def sides(doc: Doc, sentence: Sentence, sum_: Money, told: Sides, flow: str) -> tuple[Sides, str]:
    """The parties of a sum and the rule that found them, or nothing; ``told``: those of the sum before it.

    Rules in order, the first that answers wins.
    """
    named = list(_named(doc, sentence, flow))
    partner = _respectively(doc, sentence, sum_, named) or _one_of_partners(doc, sentence, sum_, named)
    if partner or only_with(actor for actor, _ in named):
        return partner, "one of several partners"
    everyone = {party for _, party in named}
    tied = {party for actor, party in named if actor.role in _TIED}
    near = {party for actor, party in named if _is_beside(doc, sentence, sum_, actor)}
    if len(near) > 1 and near <= {party for actor, party in named if actor.role == "WITH"}:
        near = set()  # "with X and Y" does not tell between whom
    if len(everyone) > 2 and (part := _part(everyone, tied, near, told)):
        return part
    for group, rule in (
        (tied, "between two parties"),
        (near, "two parties beside the sum"),
        (everyone, "two parties in the sentence"),
        (everyone | _subject(doc, sentence), "a party and its leader"),
        (everyone | _organization(doc, sentence), "a party and the members of an organisation"),
    ):
        if len(group) == 2:
            return tuple(sorted(group)), rule
    if len(tied) > 2 and len({actor.group for actor, party in named if party in tied}) == 1:
        return tuple(sorted(tied)), "between several parties"
    if len(everyone) == 1 and everyone <= {state for actor in doc.regions for state in actor.states} and tied:
        return tuple(everyone), "within a region"
    return _from_around(doc, sentence, flow, everyone)


def _respectively(doc: Doc, sentence: Sentence, sum_: Money, named: list[tuple[Actor, EntityId]]) -> Sides:
    """The party in a list that a sum is of, with the one that is not in the list: "to X and Y 3 and 2 million,
    respectively".
    """
    if not flow_words(doc, sentence, "respectively"):
        return ()
    sums = [other for other in doc.sums if sentence.i <= other.i < sentence.j]
    groups: dict[int, list[EntityId]] = {}
    for actor, party in named:
        groups.setdefault(actor.group, []).append(party)
    lists = [group for group in groups.values() if len(group) == len(sums) > 1]
    others = {party for _, party in named} - {party for group in lists for party in group}
    if len(lists) != 1 or len(others) != 1 or sum_ not in sums:
        return ()
    return tuple(sorted((others.pop(), lists[0][sums.index(sum_)])))


def _one_of_partners(doc: Doc, sentence: Sentence, sum_: Money, named: list[tuple[Actor, EntityId]]) -> Sides:
    """The article's state and the partner right before a sum: "with X it was 5 million, with Y 3, with Z 2"."""
    partners = {party for actor, party in named if actor.role == "WITH"}
    others = {party for _, party in named} - partners
    hosts = list(others) or [party for party in sentence.pair or doc.pair if party not in partners]
    begin = max((other.j for other in doc.sums if sentence.i <= other.i < sum_.i), default=sentence.i)
    beside = [party for actor, party in named if begin <= actor.i < sum_.i and party in partners]
    if len(partners) < 2 or len(hosts) != 1 or len(beside) != 1:
        return ()
    return tuple(sorted((hosts[0], beside[0])))


def _from_around(doc: Doc, sentence: Sentence, flow: str, everyone: set[EntityId]) -> tuple[Sides, str]:
    """Where the sentence does not tell: the two parties of the sentence before, else those of the article."""
    if _names_continent(doc, sentence):
        return (), ""
    if not everyone and sentence.number > 1:
        before = {party for _, party in _named(doc, doc.sentences[sentence.number - 1], flow)}
        if len(before) == 2:
            return tuple(sorted(before)), "two parties in the sentence before"
    if len(everyone) < 2 and len(sentence.pair) == 2 and everyone <= set(sentence.pair):
        return sentence.pair, "the article's pair"
    return (), ""


def _names_continent(doc: Doc, sentence: Sentence) -> bool:
    """Whether a continent stands in the sentence, not in a name: its trade is not that of the article's pair."""
    names = [*doc.of_kind("organization", sentence), *doc.of_kind("region", sentence), *doc.of_kind("place", sentence)]
    continents = [tag for tag in doc.of_kind("anaphor", sentence) if tag.value == "continent"]
    return any(not any(name.i <= tag.i < name.j for name in names) for tag in continents)


def _part(
    everyone: set[EntityId], tied: set[EntityId], near: set[EntityId], told: Sides
) -> tuple[Sides, str] | None:
    """Where more than two are named: those beside the sum, or one of them with whom the others are set off against."""
    if len(near) == 2:
        return tuple(sorted(near)), "two parties beside the sum"
    if len(near) != 1:
        return None
    [one] = near
    if one in tied and len(hosts := everyone - tied) == 1:
        return tuple(sorted({one, *hosts})), "another party of the same"
    rest = [party for party in told if party.startswith("state/")]
    if one not in told and len(rest) == 1:
        return tuple(sorted((one, *rest))), "part of a sum"
    return None


def _named(doc: Doc, sentence: Sentence, flow: str) -> Iterator[tuple[Actor, EntityId]]:
    """Whoever is named as a party: states, blocs, the region beside them, and other organisations that give or get."""
    ends = _ENDS | {"NOM"} if flow == "loan" else _ENDS
    regions = [actor for actor in doc.regions if sentence.i <= actor.i < sentence.j and "ADJ" not in actor.feats]
    for actor in (*doc.actors_in(sentence), *regions):
        for entity in actor.states:
            if is_party(entity) or (actor.kind == "organization" and actor.role in ends):
                yield actor, entity


def _subject(doc: Doc, sentence: Sentence) -> set[EntityId]:
    """The states that act: of the one leader who is the subject, or of a capital that stands for its government."""
    people = {actor.person for actor in doc.actors_in(sentence) if actor.person and actor.role == "NOM"}
    states = {state for person in people if (state := doc.state_of(person)) and is_party(state)}
    data = seeds.load()
    for place in doc.of_kind("place", sentence):
        state = data.country.get(EntityId(place.value))
        governs = state is not None and data.capital.get(state) == place.value
        nominative = doc.place_role(place) in ("NOM", *_TIED) and (not place.feats or "NOM" in place.feats)
        if state is not None and governs and nominative:
            states.add(state)
    return states


def _organization(doc: Doc, sentence: Sentence) -> set[EntityId]:
    """The organisation whose summit this is, if the sentence speaks of its members."""
    members = any(tag.value == "members" for tag in doc.of_kind("anaphor", sentence))
    return {item for item in doc.gathering if members and item.startswith("organization/")}


def _is_beside(doc: Doc, sentence: Sentence, sum_: Money, actor: Actor) -> bool:
    """Whether an actor stands in the sum's own stretch: after the sum before it, or after it up to a pause."""
    begin = max((other.j for other in doc.sums if sentence.i <= other.i < sum_.i), default=sentence.i)
    if begin <= actor.i < sum_.i:
        return True
    return sum_.j <= actor.i < sentence.j and not _pause(doc, sum_.j, actor.i)


def _pause(doc: Doc, i: int, j: int) -> bool:
    return any(doc.words[at].text in ",;:" for at in range(i, j))
