"""How things are called in a language: entities by the graph, classes, kinds and properties by the ontology."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from sqlite3 import Row

from kg.rdf import LISTS
from kg.serve.explore.filters import listed
from kg.serve.snapshot import Snapshot

ENGLISH = "en"
LONGEST = 120
"""Characters of a label; a quotation or a title can be longer."""

KIND_LIST = {class_: list_ for (class_, name), list_ in LISTS.items() if name in {"kind", "flow", "office"}}
STATUS_LIST = {class_: list_ for (class_, name), list_ in LISTS.items() if name == "status"}
"""The closed list of the kinds, and of the statuses, of a class."""


def language(wanted: str, known: Iterable[str]) -> str:
    """The language that is asked for, or English; one without a script is the Latin one.

    >>> language("uz", ["en", "uz-latn"]), language("KK", ["en", "kk"]), language("fr", ["en"])
    ('uz-latn', 'kk', 'en')
    """
    name = wanted.strip().lower()
    known = set(known)
    return next((tag for tag in (name, f"{name}-latn") if tag in known), ENGLISH)


class Labels:
    """The labels of one answer, in one language."""

    def __init__(self, snapshot: Snapshot, wanted: str) -> None:
        self.snapshot = snapshot
        self.language = language(wanted, snapshot.languages)

    def term(self, name: str, otherwise: str = "") -> str:
        """The label of a term of the ontology, by the end of its IRI: ``Meeting``, ``party``, ``meeting-bilateral``."""
        labels = self.snapshot.terms.get(name, {})
        return labels.get(self.language) or labels.get(ENGLISH) or otherwise or name

    def kind(self, class_: str, kind: str) -> str:
        """The label of a kind of a class of facts."""
        return self.term(f"{KIND_LIST[class_]}-{kind}", kind) if class_ in KIND_LIST else self.term(kind)

    def of(self, ids: Iterable[str]) -> dict[str, str]:
        """The labels of entities: the usual name in the language, else in English, else any, else the end of the id."""
        wanted = sorted(set(ids))
        names: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        rows = self.snapshot.index.execute(
            "SELECT node.id, label.language, label.text, label.kind FROM node JOIN label USING (node) "
            "WHERE node.id IN (SELECT value FROM json_each(?)) AND label.kind IN ('preferred', 'other')",
            [listed(wanted)],
        )
        for id_, tag, text, kind in rows:
            names[id_].append((2 * (tag != self.language) + (tag not in (self.language, ENGLISH))
                               + 4 * (kind != "preferred"), text))
        found = {id_: min(texts)[1] for id_, texts in names.items()}
        missing = [id_ for id_ in wanted if id_ not in found]
        return found | self._facts(missing)

    def fact(self, row: Mapping[str, str] | Row, told: Mapping[str, str]) -> str:
        """What a fact is, in a few words: its kind, a printed title, a figure, or the words that were said."""
        if row["class"] == "Statement":
            return _cut(told.get("text", "") or self.term("Statement"))
        if told.get("title"):
            return _cut(told["title"])
        label = self.kind(row["class"], row["kind"])
        if told.get("amount"):
            label += f" {grouped(told['amount'])} {told.get('currency', '')}"
        return label.strip()

    def _facts(self, ids: list[str]) -> dict[str, str]:
        """The labels of events that are nodes; of anything else, the end of its id."""
        rows = self.snapshot.index.execute(
            "SELECT id, class, kind FROM fact WHERE id IN (SELECT value FROM json_each(?))", [listed(ids)]
        )
        events = {row["id"]: self.fact(row, self.snapshot.texts(row["id"])) for row in rows}
        return {id_: events.get(id_) or id_.rsplit("/", 1)[-1] for id_ in ids}


def grouped(amount: str) -> str:
    """A number with its digits in groups of three.

    >>> grouped("2000000000") == "2\N{NARROW NO-BREAK SPACE}000\N{NARROW NO-BREAK SPACE}000\N{NARROW NO-BREAK SPACE}000"
    True
    >>> grouped("-1250.5") == "-1\N{NARROW NO-BREAK SPACE}250.5", grouped("n/a")
    (True, 'n/a')
    """
    whole, point, rest = amount.partition(".")
    if not whole.lstrip("-").isdigit():
        return amount
    return f"{int(whole):,}".replace(",", "\N{NARROW NO-BREAK SPACE}") + point + rest


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST - 2].rstrip() + " …"
