"""The mentions that an article's graph keeps: every name, title, sum and date, each with what it means."""

from __future__ import annotations

from collections.abc import Iterator

from kg import seeds
from kg.article import EntityId, Mention
from kg.text.doc import Doc


def mentions(doc: Doc) -> list[Mention]:
    """All mentions in the order of the text."""
    return sorted(_all(doc), key=lambda item: (item.start, item.end, item.kind))


def _all(doc: Doc) -> Iterator[Mention]:
    label = seeds.load().label
    for kind in ("state", "organization", "place"):
        for tag in doc.tags.get(kind, {}).values():
            start, end = doc.span(tag.i, tag.j)
            yield Mention(start=start, end=end, kind=kind, id=EntityId(tag.value), label=label.get(EntityId(tag.value)))
    for actor in doc.actors:
        if actor.form == "anaphor" and actor.states:
            start, end = doc.span(actor.i, actor.j)
            for state in (item for item in actor.states if item.startswith("state/")):
                yield Mention(start=start, end=end, kind="state", id=state, label=label.get(state))
    for person in doc.persons:
        start, end = doc.span(person.i, person.j)
        yield Mention(start=start, end=end, kind="person", id=person.id, label=person.name)
    for tag in doc.tags.get("office", {}).values():
        start, end = doc.span(tag.i, tag.j)
        yield Mention(start=start, end=end, kind="office", value=tag.value)
    for sum_ in doc.money:
        start, end = doc.span(sum_.i, sum_.j)
        yield Mention(start=start, end=end, kind="money", value=f"{sum_.amount:f} {sum_.currency or ''}".strip())
    for item in doc.dates:
        start, end = doc.span(item.i, item.j)
        yield Mention(start=start, end=end, kind="date", value=str(item.when) if item.when else None)
