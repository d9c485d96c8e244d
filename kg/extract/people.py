"""Who holds which office."""

from __future__ import annotations

from kg import seeds
from kg.article import EntityId
from kg.extract.merge import merged
from kg.facts import Evidence, Tenure
from kg.text.actors import Actor
from kg.text.doc import Doc
from kg.text.linking import in_office
from kg.text.titles import Person, Title

_REACH = 4  # tokens between "X's" and "adviser"
_SHORT = frozenset({"minister", "official"})  # "the minister" for one whose full title was told
_OF_THE_STATE = frozenset({"foreign_minister", "minister", "speaker"})
"""Offices that hardly anyone but a state has."""


def tenures(doc: Doc) -> list[Tenure]:
    """One Tenure for each person, office and state that the text puts together."""
    found = [_tenure(doc, person, person.title) for person in doc.persons if person.title]
    found += [
        _held(doc, actor, actor.person, actor.office)
        for actor in doc.actors
        if actor.kind == "title" and actor.person and actor.office and len(actor.states) == 1
    ]
    found += _together(doc)
    owned = {(tenure.member, tenure.office) for tenure in found if tenure.of}
    titled = {member for member, _ in owned}
    ministers = {(tenure.member, tenure.of) for tenure in found if tenure.office == "foreign_minister"}
    return merged(
        tenure
        for tenure in found
        if (tenure.of or (tenure.member, tenure.office) not in owned)
        and (tenure.of or tenure.office not in _SHORT or tenure.member not in titled)
        and not (tenure.office == "minister" and (tenure.member, tenure.of) in ministers)
    )


def _together(doc: Doc) -> list[Tenure]:
    """The offices of those named without a title of their own where "the presidents of X, Y and Z" are told."""
    several = [actor for actor in doc.actors if actor.kind == "title" and len(actor.states) > 1]
    told = {(actor.office, state) for actor in several for state in actor.states if actor.rule != "leader"}
    titled = {person.id for person in doc.persons if person.title}
    found = []
    for person in doc.persons:
        for term in seeds.load().terms.get(person.id, ()) if told and person.id not in titled else ():
            if (term.office, term.of) in told and in_office(term, doc.article.published):
                start, end = doc.span(person.i, person.j)
                evidence = Evidence(start=start, end=end, rule="tenure: one of those named together")
                found.append(Tenure(member=person.id, office=term.office, of=term.of, evidence=(evidence,)))
    return found


def _held(doc: Doc, actor: Actor, person: EntityId, office: str) -> Tenure:
    """The office of a title without a name, whose holder the article makes clear."""
    start, end = doc.span(actor.i, actor.j)
    evidence = Evidence(start=start, end=end, rule="tenure: title of a named person")
    return Tenure(member=person, office=office, of=actor.states[0], evidence=(evidence,))


def _tenure(doc: Doc, person: Person, title: Title) -> Tenure:
    start, end = doc.span(min(title.i, person.i), max(title.j, person.j))
    of, rule = (title.of[0], title.rule) if title.of else _understood(doc, person.id, title.office)
    if of is None and title.office == "official" and (master := _master(doc, title)) is not None:
        of, rule = master, "state of whom he serves"
    return Tenure(
        member=person.id, office=title.office, of=of, evidence=(Evidence(start=start, end=end, rule=f"tenure: {rule}"),)
    )


def _master(doc: Doc, title: Title) -> EntityId | None:
    """The state of the person whose adviser or envoy one is: "X's senior adviser on Africa"."""
    if doc.pack is None or doc.pack.head == "first":
        return None
    before = [actor for actor in doc.actors if actor.person and actor.j <= title.i and title.i - actor.j <= _REACH]
    return doc.state_of(before[-1].person) if before and before[-1].person and before[-1].role == "GEN" else None


def _understood(doc: Doc, person: EntityId, office: str) -> tuple[EntityId | None, str]:
    """Whose office a title alone means: that which a known leader held then; an unknown one's, the publisher's."""
    data = seeds.load()
    country = data.country.get(doc.article.publisher) if doc.article.publisher else None
    terms = data.terms.get(person, ())
    if office == "former":
        known = {term.of for term in terms if not in_office(term, doc.article.published)}
    else:
        known = {term.of for term in terms if term.office == office and in_office(term, doc.article.published)}
    if len(known) == 1:
        return next(iter(known)), "known leader"
    if office not in _OF_THE_STATE or terms:
        return None, "title alone"
    named = {state for actor in doc.actors for state in actor.states if state.startswith("state/")}
    home = EntityId(f"state/{doc.pack.home}") if doc.pack and doc.pack.home and not doc.article.publisher else country
    here = data.country.get(doc.article.dateline) if doc.article.dateline else home
    if home is not None and here == home and (not named or home in named or country):
        return home, "publisher's state"
    if len(named) == 1:
        return next(iter(named)), "the only state of the text"
    return None, "title alone"
