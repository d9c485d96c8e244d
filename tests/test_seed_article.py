"""The sample article: what it states is in the graph, all of it and nothing beside it; ordinary news states nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.build import build
from kg.extract import extract
from kg.read import read
from kg.store import Store
from kg.text.doc import parse

ORDINARY = sorted((Path(__file__).parent / "ordinary").glob("*.txt"))
LEADERS = "Kassym-Jomart Tokayev | Sadyr Japarov"


@pytest.fixture(scope="module")
def store(sample: Path) -> Iterator[Store]:
    with Store() as store:
        assert build([sample], store).rejected == ()
        yield store


def rows(store: Store, query: str, columns: str) -> list[tuple[object, ...]]:
    """Some columns of a named query, with None for what is not told; numbers and dates as text."""
    return [
        tuple(None if row[name] is None else str(row[name]) for name in columns.split()) for row in store.query(query)
    ]


@pytest.mark.parametrize(
    ("query", "columns", "expected"),
    [
        (
            "articles",
            "language published publisher relayed_from dateline",
            [("uz-cyrl", "2025-08-22", "Kazinform", "Akorda", "Bishkek")],
        ),
        (
            "leaders",
            "name role of",
            [("Kassym-Jomart Tokayev", "head_of_state", "KZ"), ("Sadyr Japarov", "head_of_state", "KG")],
        ),
        ("states", "code", [("KG",), ("KZ",)]),
        ("organizations", "code", []),
        (
            "meetings",
            "kind ordinal body states persons chairs city country status date",
            [
                (
                    "council_session",
                    "7",
                    "Supreme Interstate Council",
                    "KG+KZ",
                    LEADERS,
                    LEADERS,
                    "Bishkek",
                    "KG",
                    "held",
                    None,
                )
            ],
        ),
        ("visits", "visitor to kind", [("Kassym-Jomart Tokayev", "KG", "official")]),
        (
            "trade",
            "parties flow amount currency qualifier status said_by",
            [("KG+KZ", "turnover", "2000000000", "USD", "approx", "actual", "Kassym-Jomart Tokayev")],
        ),
        ("agreements", "kind parties date status", [("treaty", "KG+KZ", "2024", "signed")]),
        ("relations", "states kind", [("KG+KZ", "alliance"), ("KG+KZ", "strategic_partnership")]),
        (
            "statements",
            "speaker addressee",
            [
                ("Kassym-Jomart Tokayev", None),
                ("Kassym-Jomart Tokayev", None),
                ("Sadyr Japarov", "Kassym-Jomart Tokayev"),
            ],
        ),
        ("topics", "topic", [("culture",), ("energy",), ("investment",), ("trade",), ("transport",), ("water",)]),
    ],
)
def test_the_sample_article_states_this_and_nothing_else(
    store: Store, query: str, columns: str, expected: list[tuple[object, ...]]
) -> None:
    assert rows(store, query, columns) == expected


def test_a_headline_that_rounds_keeps_its_own_qualifier(store: Store) -> None:
    [volume] = store.query("trade")
    places = [row for row in store.query("evidence") if row["fact"] == volume["volume"]]
    assert sorted(row["qualifier"] for row in places) == ["approx", "exact"]
    assert len(list(store.query("headline_rounds"))) == 1


@pytest.mark.parametrize("path", ORDINARY, ids=lambda path: path.stem)
def test_ordinary_news_states_nothing(path: Path) -> None:
    assert extract(parse(read(path))).facts == ()
