"""The lines ``#?`` of a query say where an engine begins, and change no row."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import sample

from kg.store import Query, Store, queries, query, rows

GIVEN = {
    "agreements": {"party": "KZ"},
    "agreements_of_pairs": {"party": "KG"},
    "articles": {"since": "2025-01-01", "until": "2025-12-31"},
    "between": {"one": "KZ", "other": "KG"},
    "evidence": {"fact": "relation/KG-KZ.alliance"},
    "leaders": {"person": "japar"},
    "leaders_over_time": {"of": "KG"},
    "meetings": {"state": "KZ", "since": "2025-01-01", "until": "2025-12-31"},
    "organizations": {"code": "SCO"},
    "planned": {"code": "KZ"},
    "relations": {"state": "KZ"},
    "statements": {"person": "tokayev"},
    "states": {"code": "KG"},
    "topics_of_states": {"code": "KZ"},
    "trade": {"party": "KZ", "with": "KG"},
    "trade_over_time": {"state": "KZ"},
    "travels": {"person": "tokayev"},
    "visits": {"person": "tokayev", "to": "KG"},
    "who_met_whom": {"person": "tokayev"},
    "who_speaks_of_whom": {"person": "tokayev"},
    "word_for_word": {"fact": "relation/KG-KZ.alliance"},
}
LED = [each for each in queries().values() if "#? " in each.text]


@pytest.fixture(scope="module")
def store() -> Store:
    return sample.store()


@pytest.mark.parametrize("asked", LED, ids=lambda asked: asked.name)
def test_where_an_engine_begins_changes_no_row(asked: Query, store: Store) -> None:
    plain = replace(asked, text=re.sub(r"^ *#\? .*$", "", asked.text, flags=re.MULTILINE))
    led, unled = (list(rows(each, store.inner.query(each.bind(GIVEN[asked.name])))) for each in (asked, plain))
    assert led == unled


@pytest.mark.parametrize("part", ["Sadyr Japarov", "r jap", "SADYR", "-", "", "ï", "  japarov", "x\ny"])
def test_a_part_of_a_name_may_be_anything(part: str, store: Store) -> None:
    asked = query("leaders")
    plain = replace(asked, text=re.sub(r"^ *#\? .*$", "", asked.text, flags=re.MULTILINE))
    led, unled = (list(rows(each, store.inner.query(each.bind({"person": part})))) for each in (asked, plain))
    assert led == unled


def test_the_sample_answers_most_of_them(store: Store) -> None:
    assert sum(bool(store.query(name, **given)) for name, given in GIVEN.items()) > len(GIVEN) * 2 / 3
