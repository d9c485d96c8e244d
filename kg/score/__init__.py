"""How well the facts of articles agree with a gold: precision, recall and F1 by class and language.

A gold file is TOML beside its article's name, with the columns of the named queries. A found fact is matched to a true
one, one to one, best pairs first; what matches when is in the functions of ``MATCHES``.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz import fuzz

from kg.facts import When
from kg.score.rows import CLASSES, Row, gold, rows, true_rows
from kg.text.names import skeleton

__all__ = [
    "CLASSES",
    "MATCHES",
    "Row",
    "Tally",
    "Verdict",
    "compare",
    "gold",
    "rows",
    "same_name",
    "total",
    "true_rows",
]

_ALIKE = 72  # rapidfuzz ratio of two romanisations of one surname (Japarov, Zhaparov: 80; Mirziyoyev, Mirziyaev: 84)
_DAYS = 2
_AMOUNT = Decimal("0.005")


@dataclass(frozen=True, slots=True)
class Tally:
    """Found and true, found but false, true but missed."""

    right: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Share of the found that is true; 1 where nothing was found."""
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        """Share of the true that was found; 1 where there is nothing to find."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = 2 * self.right + self.false + self.missed
        return 2 * self.right / total if total else 1.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """One class of one article: its tally, and the rows that are false or missed."""

    tally: Tally
    false: tuple[Row, ...]
    missed: tuple[Row, ...]


def compare(found: Mapping[str, Sequence[Row]], true: Mapping[str, Sequence[Row]]) -> dict[str, Verdict]:
    """The verdict on each class that the gold has."""
    return {key: _verdict(found.get(key, ()), true[key], MATCHES[key]) for key in CLASSES if key in true}


def _verdict(found: Sequence[Row], true: Sequence[Row], match: Callable[[Row, Row], float]) -> Verdict:
    pairs = sorted(
        ((match(one, two), -i, -j) for i, one in enumerate(found) for j, two in enumerate(true)), reverse=True
    )
    taken: dict[int, int] = {}
    for score, i, j in pairs:
        if score > 0 and -i not in taken and -j not in taken.values():
            taken[-i] = -j
    false = tuple(row for i, row in enumerate(found) if i not in taken)
    missed = tuple(row for j, row in enumerate(true) if j not in taken.values())
    return Verdict(Tally(len(taken), len(false), len(missed)), false, missed)


def _same_value(one: Row, two: Row) -> float:
    return float(one["value"] == two["value"])


def same_name(one: str, two: str) -> bool:
    """Whether two romanised names can be of one person: the family names have one skeleton, or nearly the same letters.

    >>> same_name("Sadyr Japarov", "Zhaparov"), same_name("Xi Jinping", "Xi"), same_name("Vladimir Putin", "Rutte")
    (True, True, False)
    """
    one, two = _plain(one), _plain(two)
    mine, other = one.split(), two.split()
    if not mine or not other:
        return False
    if set(mine) & set(other) and (len(mine) == 1 or len(other) == 1):
        return True
    last, final = mine[-1], other[-1]
    return (
        skeleton(last) == skeleton(final) != ""
        or fuzz.ratio(last, final) >= _ALIKE
        or fuzz.ratio(one, two) >= 80
    )


def _plain(name: str) -> str:
    """A name in small letters without marks: Çavuşoğlu and Cavusoglu are one."""
    letters = unicodedata.normalize("NFKD", name.lower().replace("ı", "i"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _same_person(one: Row, two: Row) -> float:
    return float(same_name(one["value"], two["value"]))


def _same_office(one: Row, two: Row) -> float:
    return float(same_name(one["name"], two["name"]) and one["role"] == two["role"] and one["of"] == two.get("of", ""))


def _overlap(one: Sequence[str], two: Sequence[str], same: Callable[[str, str], bool] = str.__eq__) -> float:
    if not one or not two:
        return 0.0
    common = sum(any(same(item, other) for other in two) for item in one)
    return common / max(len(one), len(two))


def _days_apart(one: When | None, two: str | None) -> int:
    """Days between two dates as precise as both are; 0 where one is open."""
    if one is None or not two:
        return 0
    other = When(str(two).partition("/")[0])
    if one.earliest <= other.latest and other.earliest <= one.latest:
        return 0
    return min(abs((one.earliest - other.latest).days), abs((other.earliest - one.latest).days))


def _same_meeting(one: Row, two: Row) -> float:
    shared = max(
        _overlap(one["states"], two.get("states", [])),
        _overlap(one["persons"], two.get("persons", []), same_name),
        _overlap(one["organizations"], two.get("organizations", [])) if not two.get("states") else 0.0,
    )
    if shared < 1 / 3 or _days_apart(one["date"], two.get("date")) > _DAYS:
        return 0.0
    kind = one["kind"] == two.get("kind")
    place = bool(one["city"]) and one["city"] == two.get("city")
    if not (kind or place or shared >= 0.5):
        return 0.0
    return shared + int(kind) + int(place) + int(one["status"] == two.get("status", "held"))


def _same_visit(one: Row, two: Row) -> float:
    visitor = same_name(one["visitor"], two["visitor"]) if two.get("visitor") else not one["visitor"]
    agree = bool(visitor and one["to"] == two["to"])
    return float(agree) * (1 + int(one["kind"] == two.get("kind")))


def _same_figure(one: Row, two: Row) -> float:
    amount = Decimal(str(two["amount"]))
    agree = (
        one["parties"] == sorted(two["parties"])
        and one["flow"] == two["flow"]
        and abs(one["amount"] - amount) <= _AMOUNT * amount
        and one["currency"] == two.get("currency", "")
    )
    beside = int(one["status"] == two.get("status", "actual")) + int(one["period"] == two.get("period", ""))
    return float(agree) * (1 + beside)


def _same_agreement(one: Row, two: Row) -> float:
    if one["status"] != two.get("status", "signed") or _overlap(one["parties"], two["parties"]) < 0.5:
        return 0.0
    kind = one["kind"] == two.get("kind")
    dated = bool(two.get("date")) and one["date"] is not None and _days_apart(one["date"], two["date"]) == 0
    return float(int(kind) + int(dated))


def _same_relation(one: Row, two: Row) -> float:
    return float(one["states"] == sorted(two["states"]) and one["kind"] == two.get("kind"))


MATCHES: Mapping[str, Callable[[Row, Row], float]] = {
    "states": _same_value,
    "organizations": _same_value,
    "topics": _same_value,
    "persons": _same_person,
    "speakers": _same_person,
    "offices": _same_office,
    "meetings": _same_meeting,
    "visits": _same_visit,
    "trade": _same_figure,
    "agreements": _same_agreement,
    "relations": _same_relation,
}


def total(verdicts: Sequence[Mapping[str, Verdict]]) -> dict[str, Tally]:
    """Tallies by class over some articles."""
    sums: Counter[str] = Counter()
    tallies = {key: Tally() for key in CLASSES}
    for verdict in verdicts:
        for key, item in verdict.items():
            tallies[key] += item.tally
            sums[key] += 1
    return {key: tally for key, tally in tallies.items() if sums[key]}
