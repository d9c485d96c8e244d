"""Sums of trade, investment, contracts and loans between states."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.article import EntityId
from kg.extract.amounts import bounds, period, qualifier_of
from kg.extract.merge import merged
from kg.extract.sides import sides
from kg.extract.totals import TOTALS, flow_words, foreign_trade, past_brackets, total
from kg.facts import Evidence, TradeVolume
from kg.text.actors import Actor
from kg.text.doc import Doc, Sentence
from kg.text.numbers import Money
from kg.text.tags import Tag

_NEAR = 18  # tokens between a sum and the word for its flow
_FAR = 30  # where another sum stands between: "trade reached 1 billion ... to raise it to 3"
_AFTER = 8  # tokens after a sum in which its flow may stand
_GOAL_REACH = {True: (3, 8), False: (14, 4)}  # tokens before and after a sum, by whether the head comes last
_GROWTH_REACH = 6  # tokens between "by 2 billion" and "grew", where the head comes last
_LEAST = 1000  # what is less is a price, or counts something else
_AROUND = frozenset({"the article's pair", "the parties of the figure before"})
_DIRECTED = frozenset({"export", "import", "investment", "loan"})


def trade(doc: Doc) -> list[TradeVolume]:
    """One TradeVolume for each sum that stands beside a word for a flow and whose parties are clear."""
    found: list[TradeVolume] = []
    for sentence in doc.sentences:
        for sum_ in doc.sums:
            if sentence.i <= sum_.i < sentence.j and not _blocked(doc, sentence, sum_):
                source = _told_here(doc, sentence, sum_, found) or _told_before(doc, sentence, sum_, found)
                if source is not None:
                    found.append(_volume(doc, sentence, sum_, source))
    return _told_again(merged(found))


def _told_again(found: list[TradeVolume]) -> list[TradeVolume]:
    """A figure told without its period ("trade passes 2 billion" in a headline) is the one that is told with it."""
    kept = list(found)
    for one in found:
        if one.period is not None:
            continue
        dated = [two for two in kept if two.period is not None]
        same = [two for two in dated if replace(two, period=None, evidence=()) == _bare(one, two)]
        if len(same) == 1:
            kept[kept.index(same[0])] = replace(same[0], evidence=(*one.evidence, *same[0].evidence))
            kept.remove(one)
    return kept


def _bare(one: TradeVolume, two: TradeVolume) -> TradeVolume:
    """A figure without its evidence, and with the qualifier of another, whose bounds go with it."""
    return replace(one, evidence=(), qualifier=two.qualifier, low=two.low, high=two.high)


@dataclass(frozen=True, slots=True)
class _Flow:
    """What a sum is a sum of: the flow, its parties, and the rule that found them."""

    kind: str
    party: tuple[EntityId, ...]
    rule: str
    tag: Tag | None = None


def _told_here(doc: Doc, sentence: Sentence, sum_: Money, found: list[TradeVolume]) -> _Flow | None:
    flow = _flow(doc, sentence, sum_)
    if flow is None:
        return None
    told = found[-1].party if found and _is_in(doc, sentence, found[-1]) else ()
    if len(told) == 1 and flow.value in TOTALS and _only_names(doc, sentence, told):
        return _Flow(flow.value, told, "a state's total", flow)
    state = foreign_trade(doc, sentence, flow)
    party, rule = sides(doc, sentence, sum_, told, flow.value) if state is None else (state, "a state's total")
    following = found and (_follows(doc, sentence, found[-1]) or _is_in(doc, sentence, found[-1]))
    if following and rule == "the article's pair" and _is_bare(doc, sentence):
        party, rule = found[-1].party, "the parties of the figure before"
    if not party and not sentence.pair and flow.value in TOTALS:
        owner = _owner([actor for actor in doc.actors_in(sentence) if actor.role == "GEN"], flow)
        party, rule = (owner.states[:1], "a state's total") if owner else ((), "")
    if not party or rule in _AROUND:
        others, other_rule = total(doc, sentence, flow, sum_, found) or (party, rule)
        party, rule = (party, rule) if others == party else (others, other_rule)
    return _Flow(flow.value, party, rule, flow) if party else None


def _only_names(doc: Doc, sentence: Sentence, told: tuple[EntityId, ...]) -> bool:
    return {state for actor in doc.actors_in(sentence) for state in actor.states} <= {*told}


def _is_bare(doc: Doc, sentence: Sentence) -> bool:
    return not any(actor.states for actor in doc.actors_in(sentence))


def _follows(doc: Doc, sentence: Sentence, figure: TradeVolume) -> bool:
    """Whether a figure was told in the sentence before."""
    return sentence.number > 0 and _is_in(doc, doc.sentences[sentence.number - 1], figure)


def _is_in(doc: Doc, sentence: Sentence, figure: TradeVolume) -> bool:
    return figure.evidence[-1].start == doc.sentence_span(sentence)[0]


def _told_before(doc: Doc, sentence: Sentence, sum_: Money, found: list[TradeVolume]) -> _Flow | None:
    """An aim without a word for its flow ("to be raised to 3 billion"), or "this figure", is about the last sum's, or
    about the flow that the sentence before speaks of.
    """
    if sentence.number == 0 or not (_is_target(doc, sentence, sum_) or flow_words(doc, sentence, "figure")):
        return None
    before = doc.sentences[sentence.number - 1]
    last = found[-1] if found else None
    if last and doc.words[before.i].start <= last.evidence[-1].start:
        same = last.currency == (sum_.currency or last.currency)
        return _Flow(last.flow, last.party, "the figure told before") if same else None
    flows = doc.of_kind("flow", before)
    if not flows or doc.of_kind("flow", sentence) or doc.money_in(before):
        return None
    party, _ = sides(doc, before, sum_, (), flows[-1].value)
    return _Flow(flows[-1].value, party, "the flow told before", flows[-1]) if party else None


def _volume(doc: Doc, sentence: Sentence, sum_: Money, flow: _Flow) -> TradeVolume:
    target = _is_target(doc, sentence, sum_)
    qualifier = qualifier_of(doc, sentence, sum_)
    low, high = bounds(sum_, qualifier)
    source, to = _direction(doc, sentence, flow)
    start, end = doc.sentence_span(sentence)
    evidence = Evidence(
        start=start, end=end, rule=f"trade: {flow.rule}", qualifier=qualifier, speaker=doc.speaker_at(sum_.i)
    )
    return TradeVolume(
        party=flow.party,
        from_=source,
        to=to,
        flow=flow.kind,
        amount=sum_.amount,
        low=low,
        high=high,
        currency=sum_.currency or _currency(doc, sentence, sum_),
        period=period(doc, sentence, sum_, target=target),
        qualifier=qualifier,
        status="target" if target else "actual",
        evidence=(evidence,),
    )


def _currency(doc: Doc, sentence: Sentence, sum_: Money) -> str | None:
    """The currency of a sum that is told without: of the sum before it, else after it, else the one of the article."""
    others = [other for other in doc.sums if sentence.i <= other.i < sentence.j and other.currency]
    before = [other.currency for other in others if other.i < sum_.i]
    told = {other.currency for other in doc.money if other.currency}
    return before[-1] if before else others[0].currency if others else told.pop() if len(told) == 1 else None


def _blocked(doc: Doc, sentence: Sentence, sum_: Money) -> bool:
    """Tonnes, prices, companies, prizes, sport and growth by a sum make it no figure of trade."""
    if sum_.amount < _LEAST:
        return True
    for tag in doc.of_kind("block", sentence):
        if tag.value == "unit" and tag.j == sum_.i - 1 and doc.words[tag.j].text == "(":
            return True  # by 26 % (2 billion)
        if tag.value == "unit" and 0 <= tag.i - sum_.j <= 1 and not doc.words[tag.i - 1].text.isdigit():
            return True
        if tag.value == "growth" and sum_.role == "TO" and 0 <= tag.i - sum_.j <= _GROWTH_REACH:
            return True
        if tag.value in ("company", "price", "prize", "sport") and abs(tag.i - sum_.i) <= 8:
            return True
    return False


def _flow(doc: Doc, sentence: Sentence, sum_: Money) -> Tag | None:
    """The word for a flow that the sum belongs to: before it, with no other sum between; else after it; else before."""
    flows = doc.of_kind("flow", sentence)
    others = [other.i for other in doc.sums if sentence.i <= other.i < sentence.j and other.i != sum_.i]
    flows = [tag for tag in flows if not _is_aside(doc, tag, sum_)]
    reach = _FAR if others or len(flows) == 1 else _NEAR
    before = [tag for tag in flows if tag.i < sum_.i and sum_.i - tag.j <= reach]
    end, passed = past_brackets(doc.words, sum_.j)
    others = [k for k in others if not passed <= k < end]
    after = [tag for tag in flows if end <= tag.i <= end + _AFTER and not any(sum_.i < k < tag.i for k in others)]
    after = [tag for tag in after if not any(0 <= k - tag.j <= 1 for k in others)]  # that is the next sum's
    direct = [tag for tag in before if not any(tag.i < k < sum_.i for k in others)]
    trailing = flows and min(tag.i for tag in flows) > min([sum_.i, *others]) and len(flows) > len(others)
    if trailing and after and not (direct and sum_.i - direct[-1].j <= 1):
        return after[0]  # "1 million was exports, 2 million imports"
    if direct:
        return direct[-1]
    return after[0] if after else before[-1] if before and not _has_other_currency(doc, before[-1], sum_) else None


def _is_aside(doc: Doc, flow: Tag, sum_: Money) -> bool:
    """Whether a word for a flow stands in brackets that end before a sum: "trade (exports and imports) was 5"."""
    marks = [doc.words[at].text for at in range(flow.j, sum_.i)]
    return ")" in marks and "(" not in marks[: marks.index(")")]


def _has_other_currency(doc: Doc, flow: Tag, sum_: Money) -> bool:
    """Whether a sum in another currency stands between a word for a flow and a sum: that one is the flow's."""
    between = {other.currency for other in doc.sums if flow.i <= other.i < sum_.i and other.currency}
    return bool(between) and sum_.currency not in (*between, None)


def _direction(doc: Doc, sentence: Sentence, flow: _Flow) -> tuple[EntityId | None, EntityId | None]:
    """From which state to which, for flows that have a direction."""
    if flow.kind not in _DIRECTED or len(flow.party) != 2:
        return None, None
    source, to = _ends([actor for actor in doc.actors_in(sentence) if {*actor.states} & {*flow.party}])
    if flow.kind == "loan" and source is None and to is None:
        source = _lender(doc.actors_in(sentence))
    owner = _owner(doc.actors_in(sentence), flow.tag) if flow.tag and flow.kind in ("export", "import") else None
    if owner is not None:
        origin = flow.kind == "export" or (flow.tag is not None and owner.form == "adjective" and owner.i >= flow.tag.j)
        source, to = (owner.states[0], None) if origin else (None, owner.states[0])  # "the import of Peruvian goods"
    other = dict((flow.party, flow.party[::-1]))
    source = source if source in other else other.get(to) if to else None
    return source, other.get(source) if source else None


def _owner(actors: list[Actor], flow: Tag) -> Actor | None:
    """Whose exports or imports they are: "Kazakh exports", "the imports of Peru"."""
    return next(
        (
            actor
            for actor in actors
            if actor.kind == "state"
            and actor.role in ("NOM", "GEN")
            and (0 <= flow.i - actor.j <= 1 or 0 <= actor.i - flow.j <= 2)
        ),
        None,
    )


def _lender(actors: list[Actor]) -> EntityId | None:
    """The one organisation that is the subject where no state and nobody else is: "the bank will lend 5 million"."""
    subjects = [actor for actor in actors if actor.role == "NOM" and actor.entities and "ADJ" not in actor.feats]
    lenders = {actor.states[0] for actor in subjects if actor.kind == "organization"}
    return lenders.pop() if len(lenders) == 1 and all(one.kind == "organization" for one in subjects) else None


def _ends(actors: list[Actor]) -> tuple[EntityId | None, EntityId | None]:
    states = [actor for actor in actors if actor.kind in ("state", "organization")]
    source = next((actor.states[0] for actor in states if actor.role == "FROM"), None)
    to = next((actor.states[0] for actor in states if actor.role in ("TO", "IN")), None)
    return source, to


def _is_target(doc: Doc, sentence: Sentence, sum_: Money) -> bool:
    """Whether the sum is aimed at: a word of aiming beside it, unless one starts from it; or a year to come."""
    if _role(doc, sum_) == "FROM" and any(sum_.j <= other.i < sentence.j for other in doc.money):
        return False
    reach_before, reach_after = _GOAL_REACH[doc.pack is not None and doc.pack.head == "last"]
    goals = doc.of_kind("goal", sentence)
    sums = [other.i for other in doc.sums if other.i != sum_.i and _role(doc, other) != "FROM"] if goals else []
    aimed = any(
        -reach_before <= tag.i - sum_.j <= reach_after
        and not any(min(tag.i, sum_.i) < k < max(tag.i, sum_.i) for k in sums)
        for tag in goals
    )
    year = doc.article.published.year if doc.article.published else None
    return aimed or any(
        item.when and year and item.when.earliest.year > year and abs(item.i - sum_.i) < _NEAR
        for item in doc.dates_in(sentence)
    )


def _role(doc: Doc, sum_: Money) -> str:
    """The role of a sum by the preposition in the few words before it, else by its ending."""
    preposed = doc.pack.before if doc.pack else {}
    for at in range(sum_.i - 1, max(-1, sum_.i - 5), -1):
        roles = preposed.get(doc.words[at].fold)
        if roles:
            return "FROM" if "FROM" in roles.values() else next(iter(roles.values()))
        if not doc.words[at].text[0].isalpha():
            break
    return sum_.role
