"""Numbers, in digits and in words, and sums of money."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kg.lang import Pack
from kg.text.tags import Tag
from kg.text.tokens import Token

ByKind = Mapping[str, Mapping[int, Tag]]
"""Tags by kind, then by the token that they begin at."""

_GROUPS = re.compile(r"\d{1,3}([.,]\d{3})+$")
_THOUSAND = Decimal(1000)
_BRACKET_WORDS = 4  # "(some", "(that is about"


@dataclass(frozen=True, slots=True)
class Number:
    """Tokens ``i`` to ``j`` that are a number; ``high`` is above ``value`` only in a range such as 2-3 billion."""

    i: int
    j: int
    value: Decimal
    high: Decimal
    magnitude: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum in whole units of ``currency`` (ISO 4217; None: not told).

    ``again``: it stands in brackets after another sum, and tells that one in another currency.
    """

    i: int
    j: int
    amount: Decimal
    high: Decimal
    currency: str | None
    role: str = "NOM"
    again: bool = False


def digits(text: str, decimal: str) -> Decimal | None:
    """What a token in digits is worth, given the mark before decimals; None where it is no number.

    >>> digits("2,5", ","), digits("1.250.000", ","), digits("1,234.5", "."), digits("1.234", ",")
    (Decimal('2.5'), Decimal('1250000'), Decimal('1234.5'), Decimal('1234'))
    """
    if text.isdigit():
        return Decimal(text)
    group = "." if decimal == "," else ","
    if _GROUPS.match(text) and (decimal not in text or text.count(decimal) > 1):
        return Decimal(text.replace(",", "").replace(".", ""))
    plain = text.replace(group, "", text.count(group)) if decimal in text else text.replace(group, ".")
    plain = plain.replace(decimal, ".")
    return Decimal(plain) if plain.count(".") < 2 else None


def number(words: Sequence[Token], tags: ByKind, i: int, decimal: str) -> Number | None:
    """The number that begins at token ``i``: digits, groups of digits, number words, magnitudes, ranges."""
    first = _quantity(words, tags, i, decimal)
    if first is None:
        return _one(tags, i)
    j = first.j
    if j + 1 < len(words) and words[j].fold == "-" and not first.magnitude > 1:
        second = _quantity(words, tags, j + 1, decimal)
        if second is not None and second.value / second.magnitude > first.value:
            return Number(i, second.j, first.value * second.magnitude, second.value, second.magnitude)
    return first


def _one(tags: ByKind, i: int) -> Number | None:
    """A magnitude told without a number: "exceeded a billion" in languages without articles."""
    word = tags.get("magnitude", {}).get(i)
    value = Decimal(word.value) if word else Decimal(0)
    return Number(i, word.j, value, value, value) if word and value > _THOUSAND and "PL" not in word.feats else None


def _quantity(words: Sequence[Token], tags: ByKind, i: int, decimal: str) -> Number | None:
    total, current, top = Decimal(0), _unit(words, tags, i, decimal), Decimal(1)
    if current is None:
        return None
    j = i
    while current is not None:
        value, j = current
        j, value = _join(words, tags, j, value, decimal)
        magnitude, j = _magnitude(words, tags, j)
        if magnitude == 1 and total:
            j = current[1] - 1  # a number without a magnitude after one with: another number
            break
        total += value * magnitude
        top = max(top, magnitude)
        current = _unit(words, tags, j, decimal) if magnitude > _THOUSAND else None
        if current is not None and _magnitude(words, tags, current[1])[0] in (1, top):
            break
    total = total.quantize(Decimal(1)) if total == total.to_integral_value() else total
    return Number(i, j, total, total, top)


def _unit(words: Sequence[Token], tags: ByKind, i: int, decimal: str) -> tuple[Decimal, int] | None:
    if i >= len(words):
        return None
    if words[i].text[0].isdigit():
        value = digits(words[i].text, decimal)
        return None if value is None else (value, i + 1)
    tag = tags.get("number", {}).get(i)
    return (Decimal(tag.value), tag.j) if tag else None


def _join(words: Sequence[Token], tags: ByKind, j: int, value: Decimal, decimal: str) -> tuple[int, Decimal]:
    """Join groups of three digits that a space parts, and number words that add up or multiply."""
    while j < len(words):
        before, token = words[j - 1], words[j]
        if token.text.isdigit() and len(token.text) == 3 and before.text.isdigit() and token.start == before.end + 1:
            value = value * 1000 + int(token.text)
            j += 1
        elif (word := tags.get("number", {}).get(j)) and (Decimal(word.value) < 1 or not before.text[0].isdigit()):
            unit = Decimal(word.value)  # "12 and a half" too
            value = value * unit if unit == 100 else value + unit
            j = word.j
        elif (
            token.text[0].isdigit()
            and token.text.find(decimal) == 3
            and before.text.isdigit()
            and (token.start == before.end + 1)
        ):
            value = value * 1000 + (digits(token.text, decimal) or 0)
            j += 1
        else:
            break
    return j, value


def _magnitude(words: Sequence[Token], tags: ByKind, j: int) -> tuple[Decimal, int]:
    product = Decimal(1)
    while (tag := tags.get("magnitude", {}).get(j)) is not None:
        product *= Decimal(tag.value)
        j = tag.j
        if j < len(words) and words[j].text == "." and words[j].start == words[j - 1].end and _continues(words, j):
            j += 1
    return product, j


def _continues(words: Sequence[Token], j: int) -> bool:
    """Whether a full stop after an abbreviation is followed by more of the sentence."""
    return j + 1 < len(words) and not words[j + 1].capital


def money(words: Sequence[Token], tags: ByKind, pack: Pack) -> list[Money]:
    """Every sum of money: a number with a currency beside it, or with a magnitude of a million or more."""
    found: list[Money] = []
    currencies = tags.get("currency", {})
    ends = {tag.j: tag for tag in currencies.values()}
    counted = tags.get("number", {})
    magnitudes = {tag.j: tag for tag in tags.get("magnitude", {}).values()}
    reached = 0
    alone = {at for at, tag in tags.get("magnitude", {}).items() if tag.j in currencies}  # "a billion dollars"
    openings = [i for i, token in enumerate(words) if i in counted or i in alone or token.text[0].isdigit()]
    for i in openings:
        if i < reached:
            continue
        item = number(words, tags, i, pack.decimal)
        if item is None:
            continue
        j = item.j
        if (between := tags.get("qualifier", {}).get(j)) is not None and between.j in currencies:
            j = between.j  # 12 billion-plus dollars, where the word stands before the currency
        after = currencies.get(j)
        before = ends.get(i)
        start, role_tag = i, after or magnitudes.get(j)
        if after is not None:
            j = after.j
        elif before is not None and before.i >= reached and words[i].start - words[before.j - 1].end <= 1:
            start = before.i
        if after or start < i or item.magnitude > _THOUSAND:
            currency = after or (before if start < i else None)
            found.append(
                Money(
                    start,
                    j,
                    item.value,
                    item.high,
                    currency.value if currency else None,
                    _role(role_tag, pack),
                    bool(found) and _in_brackets(words, found[-1].j, start),
                )
            )
        reached = j
    return found


def _role(word: Tag | None, pack: Pack) -> str:
    """The role of a sum by the ending of its last word."""
    return next((role for case, role in pack.case.items() if word is not None and case in word.feats), "NOM")


def _in_brackets(words: Sequence[Token], i: int, j: int) -> bool:
    """Whether brackets open right after token ``i`` and go on to ``j``."""
    between = range(i + 1, j)
    return words[i].text == "(" and len(between) < _BRACKET_WORDS and all(words[k].text[0].isalpha() for k in between)
