"""Figures of a state's trade with all the world, and of its partners told one after another."""

from __future__ import annotations

from collections.abc import Sequence

from kg.article import EntityId
from kg.facts import TradeVolume
from kg.text.actors import Actor
from kg.text.doc import Doc, Sentence
from kg.text.numbers import Money
from kg.text.parties import is_party
from kg.text.tags import Tag
from kg.text.tokens import Token, gap

TOTALS = frozenset({"turnover", "export", "import"})
_NEAR = 8  # tokens between "abroad" and the word for a flow
_BESIDE = 2  # tokens between "exports" and how much they were
_RIGHT_BEFORE = 3  # tokens between "to X" and a sum: "amounted to"
_BRACKETS = 30  # tokens in "(exports were 1 billion, imports 2 billion)"
_GOES_ON = 4  # sentences in which exports and imports follow a state's total
_SERIES = 2  # sentences between the figures of two partners
_BEGINNING = 2  # sentences, the headline among them, that say what an article is about


def flow_words(doc: Doc, sentence: Sentence, concept: str) -> list[Tag]:
    """The words of a sentence that say one thing of a flow: ``total``, ``figure``, ``respectively``."""
    return [tag for tag in doc.of_kind("flow_word", sentence) if tag.value == concept]


def foreign_trade(doc: Doc, sentence: Sentence, flow: Tag) -> tuple[EntityId, ...] | None:
    """Whose foreign trade with all others a flow is: one state, nobody if that is not clear; None if it is no total."""
    near = any(gap(tag, flow) <= 1 for tag in flow_words(doc, sentence, "total"))
    actors = [actor for actor in doc.actors_in(sentence) if actor.states]
    if not near or any(actor.role in ("WITH", "BETWEEN", "TO", "FROM") or len(actor.states) > 1 for actor in actors):
        return None
    owners = {actor.states[0] for actor in actors if actor.kind in ("state", "anaphor") and is_party(actor.states[0])}
    return tuple(owners) if len(owners) == 1 else ()


def total(
    doc: Doc, sentence: Sentence, flow: Tag, sum_: Money, found: Sequence[TradeVolume]
) -> tuple[tuple[EntityId, ...], str] | None:
    """The parties of a figure for which its sentence names none, or one: those of a series, or a state alone; nobody,
    if it is a total of a state that is not told.
    """
    if partners := _next_partner(doc, sentence, found):
        return partners, "next in a series"
    world, about = _with_world(doc, sentence, flow), _of_world(doc)
    host = next((one.party for one in found if len(one.party) == 1), ())
    if flow.value in TOTALS and not world and (partner := _partner(doc, sentence, sum_, host)):
        return tuple(sorted((*host, partner))), "a partner of the state whose total is told"
    if flow.value in TOTALS and (world or about or not sentence.pair):
        if state := _owner(doc.actors_in(sentence), alone=world or about):
            return (state,), "a state's total"
        if _is_beside(flow, sum_) and (state_before := _gone_on(doc, sentence, found)):
            return state_before, "the state's total goes on"
    return ((), "") if world or (about and not any(actor.states for actor in doc.actors_in(sentence))) else None


def _with_world(doc: Doc, sentence: Sentence, flow: Tag) -> bool:
    """Whether a flow is that of a state with all others: "foreign trade", "exported abroad"."""
    offices = doc.of_kind("office", sentence)
    return any(
        gap(tag, flow) <= _NEAR
        and not any(office.i <= tag.i < office.j for office in offices)
        for tag in flow_words(doc, sentence, "total")
    )


def _of_world(doc: Doc) -> bool:
    """Whether an article begins with what a state trades with all others."""
    return any(
        _with_world(doc, sentence, flow)
        for sentence in doc.sentences[:_BEGINNING]
        for flow in doc.of_kind("flow", sentence)
    )


def past_brackets(words: Sequence[Token], j: int) -> tuple[int, int]:
    """Where the brackets end that open at token ``j``, and where they begin; ``j`` twice where none do."""
    if j >= len(words) or words[j].text != "(":
        return j, j
    end = next((at for at in range(j, min(j + _BRACKETS, len(words))) if words[at].text == ")"), None)
    return (end + 1, j) if end is not None else (j, j)


def _is_beside(flow: Tag, sum_: Money) -> bool:
    """Whether a sum is that of all exports, not of some goods among them."""
    return "LOC" not in flow.feats and gap(sum_, flow) <= _BESIDE


def _partner(doc: Doc, sentence: Sentence, sum_: Money, host: Sequence[EntityId]) -> EntityId | None:
    """With whom the one state whose total is told trades: the state right before a sum, else the only one named."""
    states = [actor for actor in doc.actors_in(sentence) if actor.kind == "state" and actor.states[0] not in host]
    if not host or not states:
        return None
    beside = [actor.states[0] for actor in states if 0 <= sum_.i - actor.j <= _RIGHT_BEFORE]
    everyone = {actor.states[0] for actor in states}
    return beside[-1] if beside else everyone.pop() if len(everyone) == 1 else None


def _owner(actors: Sequence[Actor], *, alone: bool) -> EntityId | None:
    """Whose total it is: of the state in the genitive, or of the one state that a sentence names ``alone``."""
    states = [actor for actor in actors if actor.kind == "state"]
    owners = {actor.states[0] for actor in states if actor.role == "GEN"} or {
        actor.states[0] for actor in states if alone and actor.role in ("NOM", "IN")
    }
    everyone = {actor.states[0] for actor in states}
    return owners.pop() if len(everyone) == 1 and len(owners) == 1 else None


def _gone_on(doc: Doc, sentence: Sentence, found: Sequence[TradeVolume]) -> tuple[EntityId, ...]:
    """The state of a total told shortly before, for exports and imports of nobody else; or nothing."""
    if not found or len(found[-1].party) != 1 or any(actor.states for actor in doc.actors_in(sentence)):
        return ()
    return found[-1].party if _is_near(doc, sentence, found[-1], _GOES_ON) else ()


def _next_partner(doc: Doc, sentence: Sentence, found: Sequence[TradeVolume]) -> tuple[EntityId, ...]:
    """The partner that a sentence names, with whom the figures before have in common; or nothing."""
    named = {item for actor in doc.actors_in(sentence) for item in actor.states if is_party(item)}
    if len(named) != 1 or not found or len(found[-1].party) != 2:
        return ()
    if named & {*found[-1].party}:  # of whom another figure was told just now
        return found[-1].party if _is_near(doc, sentence, found[-1], 0) else ()
    if not _is_near(doc, sentence, found[-1], _SERIES):
        return ()
    headline = {state for actor in doc.actors_in(doc.sentences[0]) for state in actor.states}
    common = {*found[-1].party}.intersection(*(one.party for one in found))
    hosts = common if len(common) == 1 else headline & {*found[-1].party}
    return tuple(sorted({*named, *hosts})) if len(hosts) == 1 else ()


def _is_near(doc: Doc, sentence: Sentence, figure: TradeVolume, reach: int) -> bool:
    first = doc.sentences[max(sentence.number - reach, 0)]
    return figure.evidence[-1].start >= doc.sentence_span(first)[0]
