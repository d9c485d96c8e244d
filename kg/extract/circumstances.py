"""When and where a meeting takes place, and which it is in a series."""

from __future__ import annotations

from collections.abc import Container, Sequence

from kg import seeds
from kg.article import EntityId
from kg.facts import When
from kg.text.actors import Actor
from kg.text.dates import Date, nearest
from kg.text.doc import Doc, Sentence
from kg.text.tags import Tag
from kg.text.tokens import gap

_ROMAN_REACH = 3  # tokens between a Roman number and a word for a meeting
_ROMAN = {
    tens + ones: 10 * ten + one
    for ten, tens in enumerate(("", "X", "XX", "XXX"))
    for one, ones in enumerate(("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"))
    if ten or one > 1
}
_APPOSED = 2  # tokens between "Peru's capital," and "Lima"
_SOURCE = 5  # tokens between "according to" and the day of what is cited
_FAR = 8  # tokens between a word for a meeting and a date that may be another event's


def date_of(doc: Doc, sentence: Sentence, cue: Tag) -> Date | None:
    """The date nearest to a word for a meeting, on its side of quotation marks; a span of years is no date of one."""
    spoken = doc.in_quote(cue.i)
    dates = [
        item
        for item in doc.dates_in(sentence)
        if item.when
        and (item.role not in ("since", "until", "than") or (item.role == "since" and _is_days(item.when)))
        and doc.in_quote(item.i) == spoken
        and not is_of_saying(doc, sentence, item)
        and (item.when.to_day or not item.when.end)
    ]
    found = nearest(dates, doc.words, cue, doc.pack)
    return None if found and _is_of_visit(doc, sentence, cue, found) else found


def is_of_saying(doc: Doc, sentence: Sentence, day: Date) -> bool:
    """Whether a date right after a verb of saying is when it was said: "said on Tuesday that they had met"."""
    if doc.pack is None or doc.pack.head == "last":
        return False
    nouns = doc.tags.get("state_noun", {})
    events = {at for tag in doc.of_kind("meeting", sentence) for at in range(tag.i, tag.j)}
    words = [tag for tag in doc.of_kind("speech", sentence) if tag.i not in nouns and tag.i not in events]
    pauses = {at for at in range(sentence.i, day.i) if doc.words[at].text in ",;:"}
    return any(
        0 <= day.i - tag.j <= (1 if tag.value == "verb" else _SOURCE) and not any(at >= tag.j for at in pauses)
        for tag in words
    )


def _is_days(when: When) -> bool:
    """Whether a time is told by its first and its last day: "from 3 to 5 May"."""
    return bool(when.end) and when.to_day


def _is_of_visit(doc: Doc, sentence: Sentence, cue: Tag, day: Date) -> bool:
    """Whether a date far from a word for a meeting stands beside one for a visit, whose date it is."""
    apart = gap(day, cue)
    settings = {tag.i for tag in doc.of_kind("meeting_part", sentence) if tag.value == "setting"}
    visits = [tag for tag in doc.of_kind("visit", sentence) if tag.j not in settings]  # "within the visit, on 5 May"
    return apart > _FAR and any(gap(day, visit) < apart // 2 for visit in visits)


def ordinal_of(doc: Doc, sentence: Sentence, cue: Tag) -> int | None:
    """The number of a session, told in the few words before it."""
    names = {at for person in doc.persons for at in range(person.i, person.j + 1)}  # Abdullah II
    for tag in doc.of_kind("ordinal", sentence):
        if tag.i in names:
            continue
        if 0 <= cue.i - tag.j <= 4 or cue.i <= tag.i < cue.j:
            return int(tag.value)
    for at in range(max(sentence.i, cue.i - _ROMAN_REACH), cue.i):
        if (number := _ROMAN.get(doc.words[at].text)) is not None and at not in names:
            return number
    suffixes = doc.tags.get("ordinal_suffix", {})
    for at in range(max(sentence.i, cue.i - 6), cue.j):
        text = doc.words[at].text
        if (
            text.isdigit()
            and len(text) < 3
            and int(text) > 0
            and _has_suffix(doc, suffixes, at)
        ):
            return int(text)
    return None


def _has_suffix(doc: Doc, suffixes: Container[int], at: int) -> bool:
    """Whether digits are an ordinal, by what follows at once or after a hyphen ("7th"); not in "C5+1 summit", "G20"."""
    if at > 0 and (doc.words[at - 1].text == "+" or doc.words[at - 1].end == doc.words[at].start):
        return False
    return at + 1 in suffixes or (at + 2 in suffixes and doc.words[at + 1].text in "-–")


def place_of(
    doc: Doc, sentence: Sentence, cue: Tag, actors: Sequence[Actor]
) -> tuple[EntityId | None, EntityId | None]:
    """The city nearest to a word for a meeting and its state, else the state named in the case of place."""
    country = seeds.load().country
    places = [
        tag
        for tag in doc.of_kind("place", sentence)
        if (doc.place_role(tag) == "IN" or _is_apposed(doc, tag, actors))
        and not doc.in_quote(tag.i)
        and not _begins_name(doc, sentence, tag)
    ]
    if (tag := nearest(places, doc.words, cue, doc.pack)) is not None:
        place = EntityId(tag.value)
        place = seeds.load().city.get(place, place)
        return place, country.get(place)
    state = next((actor.states[0] for actor in actors if actor.role == "IN" and actor.kind == "state"), None)
    return None, state


def _is_apposed(doc: Doc, place: Tag, actors: Sequence[Actor]) -> bool:
    """Whether a place names what is told as a place before it: "in the Saudi capital, Riyadh"."""
    if place.i < 1 or doc.words[place.i - 1].text != ",":
        return False
    state = seeds.load().country.get(EntityId(place.value))
    return any(actor.role == "IN" and state in actor.states and 0 <= place.i - actor.j <= _APPOSED for actor in actors)


def _begins_name(doc: Doc, sentence: Sentence, place: Tag) -> bool:
    """Whether a place's name begins that of something else: "at Hyderabad House" is not in Hyderabad."""
    if sentence.number == 0 or place.feats or place.j >= sentence.j or not doc.words[place.j].capital:
        return False
    tagged = any(tag.i == place.j for tags in sentence.tags.values() for tag in tags)
    return not tagged and not any(actor.i == place.j for actor in sentence.actors)
