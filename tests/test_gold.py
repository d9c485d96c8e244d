"""The corpus against its gold: F1 by language and class may rise, and falls only with a line in DECISIONS.md.

``pytest tests/test_gold.py --raise-floors`` writes today's figures into floors.json.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from kg import lang, score
from kg.check import check
from kg.extract import extract
from kg.paths import SEEDS
from kg.read import read
from kg.text.doc import parse

GOLD = Path(__file__).parent / "gold"
FLOORS = Path(__file__).parent / "floors.json"


def figures(language: str) -> dict[str, float]:
    """F1 by class, and of all classes together, over the gold of one language, cut to two decimals."""
    verdicts = []
    for path in sorted((GOLD / language).glob("*.toml")):
        extraction = extract(parse(read(SEEDS / "articles" / language / f"{path.stem}.txt")))
        verdicts.append(score.compare(score.rows(extraction), score.gold(path)))
    tallies = score.total(verdicts)
    if not tallies:
        return {}
    tallies["all"] = sum(tallies.values(), score.Tally())
    return {key: int(tally.f1 * 100) / 100 for key, tally in tallies.items()}


@pytest.mark.parametrize("language", lang.tags())
def test_f1_does_not_fall(language: str, pytestconfig: pytest.Config) -> None:
    floors: dict[str, Mapping[str, float]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    found = figures(language)
    if pytestconfig.getoption("--raise-floors"):
        floors[language] = found
        FLOORS.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    below = {key: (found[key], floor) for key, floor in floors[language].items() if found[key] < floor}
    assert below == {}


@pytest.mark.parametrize("path", sorted((SEEDS / "articles").glob("**/*.txt")), ids=lambda path: path.stem)
def test_every_article_can_be_stored(path: Path) -> None:
    assert check(extract(parse(read(path))).facts) == []


@pytest.mark.parametrize("path", sorted((SEEDS / "articles").glob("*/*.txt")), ids=lambda path: path.stem)
def test_every_article_has_its_gold_and_its_language(path: Path) -> None:
    assert (GOLD / path.parent.name / f"{path.stem}.toml").is_file()
    assert parse(read(path)).article.language == path.parent.name
