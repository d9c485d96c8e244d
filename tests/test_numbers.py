"""Numbers and sums of money, in one language's words: expected value and all its surface forms."""

from __future__ import annotations

from decimal import Decimal

import pytest
from texts import article

from kg.lang import load
from kg.text.doc import parse
from kg.text.numbers import Money


def sums(text: str) -> list[Money]:
    return list(parse(article(f"Қозоғистон ва Қирғизистон ўртасида савдо\n{text}", None)).money)


@pytest.mark.parametrize(("text", "amount", "currency"), [
    ("2 миллиард доллар", "2000000000", "USD"),
    ("2 миллиард АҚШ доллари", "2000000000", "USD"),
    ("2,5 млрд. долларга етди", "2500000000", "USD"),
    ("икки миллиард долларни", "2000000000", "USD"),
    ("икки юз эллик миллион евро", "250000000", "EUR"),
    ("3 млрд. 678 млн. доллар", "3678000000", "USD"),
    ("1 миллиард 200 миллион 500 минг доллар", "1200500000", "USD"),
    ("450 000 доллар", "450000", "USD"),
    ("1 250 000 доллар", "1250000", "USD"),
    ("$300 млн", "300000000", "USD"),
    ("500 миллиард сўм", "500000000000", "UZS"),
    ("бир ярим миллиард доллар", "1500000000", "USD"),
    ("12,7 триллион рубль", "12700000000000", "RUB"),
])
def test_a_sum_is_read_in_whole_units(text: str, amount: str, currency: str) -> None:
    [found] = sums(f"Савдо ҳажми {text} бўлди.")
    assert (found.amount, found.currency) == (Decimal(amount), currency)


def test_a_range_keeps_both_ends() -> None:
    [found] = sums("Савдо 2-3 миллиард доллар бўлади.")
    assert (found.amount, found.high) == (Decimal(2000000000), Decimal(3000000000))


def test_a_large_number_without_currency_is_a_sum_without_currency() -> None:
    [found] = sums("Товар айирбошлаш 5 миллиардга етди.")
    assert (found.amount, found.currency) == (Decimal(5000000000), None)


@pytest.mark.parametrize("text", ["2025 йилда", "120 нафар ўқувчи", "38 даража", "икки мамлакат"])
def test_other_numbers_are_no_sums(text: str) -> None:
    assert sums(f"Бу {text} ҳақида.") == []


def test_the_mark_before_decimals_is_the_pack_s() -> None:
    assert load("uz-cyrl").decimal == ","
