"""Scores: what counts as found, and what the command prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.cli import main
from kg.score import Tally, compare, true_rows

TRUE = {
    "leaders": [{"name": "Sadyr Japarov", "role": "head_of_state", "of": "KG"}],
    "meetings": [{"kind": "bilateral", "states": ["KG", "KZ"], "date": "2025-08-22", "status": "held"}],
    "trade": [{"parties": ["KZ", "KG"], "flow": "turnover", "amount": 2000000000, "currency": "USD"}],
}


def test_another_romanisation_of_a_name_is_the_same_person() -> None:
    found = {
        "persons": [{"value": "Sadyr Zhaparov"}],
        "offices": [{"name": "S. Zhaparov", "role": "head_of_state", "of": "KG"}],
    }
    verdicts = compare(found, true_rows(TRUE))
    assert verdicts["persons"].tally == verdicts["offices"].tally == Tally(right=1)


def test_another_office_is_a_false_one_and_a_missed_one() -> None:
    found = {"offices": [{"name": "Sadyr Japarov", "role": "speaker", "of": "KG"}]}
    assert compare(found, true_rows(TRUE))["offices"].tally == Tally(false=1, missed=1)


def test_precision_and_recall_of_nothing_are_one() -> None:
    assert (Tally().precision, Tally().recall, Tally().f1) == (1.0, 1.0, 1.0)
    assert Tally(right=1, false=1, missed=3).f1 == pytest.approx(1 / 3)


def test_the_command_prints_a_line_for_each_class(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(
        "Talks\nThe talks between France and Germany were held in Paris on Monday.\n", encoding="utf-8"
    )
    (tmp_path / "a.toml").write_text('states = ["DE", "FR", "GB"]\n', encoding="utf-8")
    assert main(["score", str(tmp_path), "--rows"]) == 0
    printed = capsys.readouterr().out
    assert "a: missed states: value=GB" in printed
    assert "0.80  1.00       0.67" in printed


def test_a_gold_without_its_article_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "b.toml").write_text("states = []\n", encoding="utf-8")
    assert main(["score", str(tmp_path)]) == 1
    assert "b.txt is neither beside it nor in" in capsys.readouterr().err
