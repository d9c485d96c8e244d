"""Documents signed, adopted, or firmly to be signed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from kg import seeds
from kg.article import EntityId
from kg.extract.merge import merged
from kg.facts import Agreement, Evidence
from kg.text.actors import Actor
from kg.text.dates import Date, nearest
from kg.text.doc import Doc, Sentence
from kg.text.forms import TENSES
from kg.text.parties import only_with
from kg.text.status import status
from kg.text.tags import Tag
from kg.text.tokens import gap

_NEAR = 16
_RECENT = timedelta(days=30)  # a document that is news has been signed since
_COUNTED = 5  # tokens between a number and the documents that it counts
_COUNTED_BESIDE = 3  # the same, between a number word and what may be one document among several parties
_TITLE_WORDS = 16
_INSIDE = 4  # tokens between a document and another that its title names
_SCHEDULE = 2  # tokens between a programme and the visit or forum whose it is
_SUBJECT_REACH = 8  # tokens between "discussed" and "the signing of"
_OF_SEVERAL = frozenset({"treaty", "declaration", "plan"})  # what a summit adopts; the rest is signed by two
_STATUSES = {"held": "signed", "planned": "planned"}


def agreements(doc: Doc) -> list[Agreement]:
    """One Agreement for each document that a sentence says was, or will be, signed or adopted."""
    found: list[Agreement] = []
    for sentence in doc.sentences:
        every = doc.of_kind("sign", sentence)
        for tag in _documents(doc, sentence):
            signs = [sign for sign in every if doc.in_quote(sign.i) == doc.in_quote(tag.i)]
            if doc.pack is not None and any(_is_epithet(doc, sign, tag) for sign in signs):
                continue
            sign = min(signs, key=lambda item: max(gap(item, tag), 0), default=None)
            package = _package_before(doc, sentence, found) if not every else None
            if package is None and (sign is None or gap(sign, tag) > _NEAR):
                continue
            day = _date(doc, sentence, tag)
            told = package.status if package else _STATUSES.get(status(doc, sentence, sign or tag, day))
            told = None if told == "signed" and sign and _is_subject_matter(doc, sentence, sign) else told
            kind = _kind(doc, sentence, tag)
            party, rule = (package.party, "among those before") if package else _parties(doc, sentence, kind)
            if told is None or kind is None or not party:
                continue
            i, j = doc.span(*_title(doc, sentence, tag))
            start, end = doc.sentence_span(sentence)
            found.append(
                Agreement(
                    party=party,
                    kind=kind,
                    title=doc.article.text[i:j],
                    date=day.when_(told) if day else None,
                    status=told,
                    evidence=(Evidence(start=start, end=end, rule=f"agreement: {rule}"),),
                )
            )
    published = doc.article.published
    return _told_again(merged(found), published - _RECENT if published else date.max)


def _is_epithet(doc: Doc, sign: Tag, tag: Tag) -> bool:
    """Whether "signed" only tells which documents are meant: "the signed agreements"."""
    articles = {*doc.pack.skip} & {*doc.pack.words} if doc.pack else set()
    told = sign.feats & TENSES and "PL" not in tag.feats  # "a signed agreement"
    return sign.j == tag.i and not told and doc.words[sign.i - 1].fold in articles  # "the exchange agreement"


def _documents(doc: Doc, sentence: Sentence) -> list[Tag]:
    """The words for documents in a sentence, without those inside another or its title ("the roadmap for carrying out
    the agreements"), and without the programme of a visit or forum.
    """
    found: list[Tag] = []
    for tag in doc.of_kind("agreement", sentence):
        last = found[-1] if found else None
        if last is not None and (tag.i < last.j or _is_in_title(doc, sentence, last, tag)):
            continue
        if not (tag.value == "plan" and _is_schedule(doc, sentence, tag)):
            found.append(tag)
    return found


def _is_in_title(doc: Doc, sentence: Sentence, one: Tag, two: Tag) -> bool:
    """Whether a document is named in the title of the one before it, which "and" does not join to it."""
    ands, before = doc.tags.get("and", {}), doc.pack.before if doc.pack else {}
    joined = one.value == "package" or two.i - one.j > _INSIDE or any(
        at in ands or doc.words[at].text in ",-–—" or "UNTIL" in before.get(doc.words[at].fold, {}).values()
        for at in range(one.j, two.i)
    )
    return not joined and doc.pack is not None and doc.pack.head != "last" and two.j <= _title(doc, sentence, one)[1]


def _is_schedule(doc: Doc, sentence: Sentence, tag: Tag) -> bool:
    last = doc.pack is not None and doc.pack.head == "last"
    events = [*doc.of_kind("meeting", sentence), *doc.of_kind("visit", sentence)]
    events += [sign for sign in doc.of_kind("sign", sentence) if not sign.feats & TENSES]  # "plans of signing"
    return any(0 <= (tag.i - event.j if last else event.i - tag.j) <= _SCHEDULE for event in events)


def _is_subject_matter(doc: Doc, sentence: Sentence, sign: Tag) -> bool:
    """Whether a signing is only what is talked about: "they discussed the signing of a treaty"."""
    if sign.feats & TENSES:
        return False
    last = doc.pack is not None and doc.pack.head == "last"
    talks = [tag for tag in doc.of_kind("meeting_part", sentence) if tag.value in ("discuss", "tell")]
    return any(0 <= (tag.i - sign.j if last else sign.i - tag.j) <= _SUBJECT_REACH for tag in talks)


def _package_before(doc: Doc, sentence: Sentence, found: list[Agreement]) -> Agreement | None:
    """What was signed in the sentence before, if this one says what is among that."""
    among = any(tag.value == "among" for tag in doc.of_kind("anaphor", sentence))
    if not among or not found or sentence.number == 0:
        return None
    before = doc.sentence_span(doc.sentences[sentence.number - 1])[0]
    here = doc.sentence_span(sentence)[0]
    return found[-1] if found[-1].evidence[-1].start in (before, here) else None


def _told_again(found: list[Agreement], since: date) -> list[Agreement]:
    """A document told without a date is the one that the same parties have signed lately, if there is just one."""
    kept = list(found)
    for one in found:
        alike = [two for two in kept if (two.kind, two.party, two.status) == (one.kind, one.party, one.status)]
        dated = [two for two in alike if two.date and two.date.earliest >= since]
        if one.date is None and len(dated) == 1:
            [two] = dated
            kept[kept.index(two)] = replace(two, evidence=(*two.evidence, *one.evidence))
            kept.remove(one)
    return kept


def _kind(doc: Doc, sentence: Sentence, tag: Tag) -> str | None:
    """The kind of document, None for a mere "document"; agreements counted together ("15 agreements") are a package."""
    dated = {at for item in doc.dates_in(sentence) for at in range(item.i, item.j)}
    if "PL" not in tag.feats:  # "a 27 billion agreement"
        dated |= {at for sum_ in doc.money_in(sentence) for at in range(sum_.i, sum_.j)}
    before = [doc.words[at].text for at in range(max(sentence.i, tag.i - _COUNTED), tag.i) if at not in dated]
    reach = _COUNTED if tag.value == "package" else _COUNTED_BESIDE
    counted = any(text.isdigit() and 1 < int(text) < 1000 for text in before) or any(
        tag.i - reach <= number.i < tag.i and number.value not in ("0.5", "1") and number.i not in dated
        for number in doc.of_kind("number", sentence)
    )
    if counted and tag.value == "treaty":
        return "package"
    alone = tag.value == "package" and tag.j - tag.i == 1 and "PL" not in tag.feats and not counted
    return None if alone else tag.value  # "the document" is one that was told before


def _date(doc: Doc, sentence: Sentence, tag: Tag) -> Date | None:
    """The date nearest to the document, if the sentence has one."""
    dates = [
        item
        for item in doc.dates_in(sentence)
        if item.when and item.role in ("", "dateline") and (item.when.to_day or not item.when.end)
    ]
    published = doc.article.published
    words = [word for word in doc.of_kind("status", sentence) if not tag.i <= word.i < tag.j]
    signed = any("PAST" in sign.feats for sign in doc.of_kind("sign", sentence)) and not words
    if signed and published:
        dates = [item for item in dates if item.when and item.when.earliest <= published]  # "a plan for 2022 to 2027"
    return nearest(dates, doc.words, tag, doc.pack)


def _parties(doc: Doc, sentence: Sentence, kind: str | None) -> tuple[tuple[EntityId, ...], str]:
    """Whose document it is: the first rule that names two parties, or an organisation, wins."""
    actors = [actor for actor in doc.actors_in(sentence) if actor.role not in ("IN", "ABOUT")]
    named = set(doc.parties(actors))
    leaders = set(doc.parties(actor for actor in actors if actor.rule == "both_leaders"))
    if doc.gathering and kind in _OF_SEVERAL and named <= leaders and not any(actor.person for actor in actors):
        return doc.gathering, "the leaders who met"
    states = {state for state in named if state.startswith("state/")}
    signers = {doc.state_of(actor.person) for actor in actors if actor.person and actor.role in ("NOM", "WITH", "BY")}
    if only_with(actors):
        return (), ""
    for group, rule in (
        (set(doc.parties(_between(actors))), "between the parties"),
        (states, "parties in the sentence"),
        (named, "parties in the sentence"),
        (named | {state for state in signers if state}, "whose leaders are named"),
    ):
        if len(group) > 1:
            return tuple(sorted(group)), rule
    organizations = {item for actor in actors if actor.kind == "organization" for item in actor.states}
    members = any(tag.value == "members" for tag in doc.of_kind("anaphor", sentence))
    told = organizations <= named or members or doc.of_kind("meeting", sentence)
    if len(organizations) == 1 and told and not organizations & set(sentence.pair):
        return tuple(organizations), "the organisation of the sentence"
    pair = doc.pair if doc.gathering and kind in _OF_SEVERAL else sentence.pair
    if len(pair) == 2 and states <= set(pair) and (states or not _is_elsewhere(doc, sentence)):
        return pair, "the article's pair"
    return (), ""


def _between(actors: Sequence[Actor]) -> Iterator[Actor]:
    """Those that "between" ties, with the one joined to the last of them."""
    for number, actor in enumerate(actors):
        before = actors[number - 1] if number else None
        if actor.role == "BETWEEN" or (
            before is not None and before.role == "BETWEEN" and actor.role == "WITH" and actor.i - before.j <= 2
        ):
            yield actor


def _is_elsewhere(doc: Doc, sentence: Sentence) -> bool:
    """Whether what the sentence tells took place in a state that is none of the article's two parties."""
    if not all(party.startswith("state/") for party in sentence.pair):
        return False  # blocs meet in any of their states
    country = seeds.load().country
    places = [tag for tag in doc.of_kind("place", sentence) if doc.place_role(tag) == "IN"]
    return any(country.get(EntityId(tag.value)) not in (*sentence.pair, None) for tag in places)


def _title(doc: Doc, sentence: Sentence, tag: Tag) -> tuple[int, int]:
    """The words that belong to the document's name: before its noun where the head comes last, else after it."""
    stops = {at for item in doc.dates_in(sentence) for at in range(item.i, item.j)}
    stops |= {
        at
        for kind in ("sign", "status", "speech")
        for item in doc.of_kind(kind, sentence)
        for at in range(item.i, item.j)
    }
    stops |= {actor.j for actor in doc.actors_in(sentence) if actor.role == "BETWEEN"}
    i, j = tag.i, tag.j
    if doc.pack is not None and doc.pack.head == "last":
        while i > max(sentence.i, tag.i - _TITLE_WORDS) and i - 1 not in stops and _in_title(doc, i - 1):
            i -= 1
    else:
        while j < min(sentence.j, tag.j + _TITLE_WORDS) and j not in stops and _in_title(doc, j):
            j += 1
    return i, j


def _in_title(doc: Doc, at: int) -> bool:
    return doc.words[at].text[0].isalnum() or doc.words[at].text in "-–"
