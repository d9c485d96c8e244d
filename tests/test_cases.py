"""One sentence, its facts: tests/cases/<language>.toml. What a case names must come, all of it and nothing else."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from texts import article

from kg import lang, score
from kg.extract import extract
from kg.text.doc import parse

CASES = Path(__file__).parent / "cases"


def cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.toml")):
        for number, case in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["case"]):
            marks = [pytest.mark.xfail(reason=case["open"], strict=True)] if "open" in case else []
            found.append(pytest.param(path.stem, case, id=f"{path.stem}-{number + 1}", marks=marks))
    return found


@pytest.mark.parametrize(("language", "case"), cases())
def test_a_sentence_states_these_facts(language: str, case: dict[str, Any]) -> None:
    published = date.fromisoformat(case["published"]) if "published" in case else None
    sentence = replace(article(case["text"], published), language=language)  # one sentence tells no language for sure
    extraction = extract(parse(sentence))
    for key, verdict in score.compare(score.rows(extraction), score.true_rows(case)).items():
        assert (key, verdict.false, verdict.missed) == (key, (), ())


def test_every_language_has_cases() -> None:
    assert {path.stem for path in CASES.glob("*.toml")} == set(lang.tags())
