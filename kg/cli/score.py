"""``kg score``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg import score
from kg.build import extraction_of
from kg.cli.terminal import say, show_table
from kg.errors import SourceError
from kg.paths import SEEDS

Verdicts = dict[str, score.Verdict]


def command(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold file, or folder of gold files (*.toml).")],
    articles: Annotated[
        Path, typer.Option(help="Where the articles are, under the same names; beside the gold they are found first.")
    ] = SEEDS / "articles",
    rows: Annotated[bool, typer.Option("--rows", help="Also print every row that is false or missed.")] = False,
) -> int:
    """Compare what is read from articles with a gold: precision, recall, F1.

    A gold file is TOML with the columns of the named queries: leaders, states, organizations, meetings, visits, trade,
    agreements, relations, speakers, topics. One line for each class in each language, and for all classes together.

    \b
    Examples:
      kg score tests/gold
      kg score tests/gold/ky --rows
    """
    files = [gold] if gold.is_file() else sorted(gold.rglob("*.toml"))
    if not files:
        raise SourceError(gold, "there is no gold file (*.toml)")
    by_language: dict[str, list[Verdicts]] = {}
    for file in files:
        extraction = extraction_of(_article(file, articles))
        verdicts = score.compare(score.rows(extraction), score.gold(file))
        by_language.setdefault(extraction.article.language or "unknown", []).append(verdicts)
        if rows:
            _print_rows(file, verdicts)
    lines = [line for language, verdicts in sorted(by_language.items()) for line in _lines(language, verdicts)]
    if len(by_language) > 1:
        lines += _lines("all", [verdict for verdicts in by_language.values() for verdict in verdicts])
    show_table(list(lines[0]), lines)
    return 0


def _article(gold: Path, articles: Path) -> Path:
    beside = gold.with_suffix(".txt")
    found = next(
        (
            path
            for path in (beside, articles / gold.parent.name / beside.name, articles / beside.name)
            if path.is_file()
        ),
        None,
    )
    if found is None:
        raise SourceError(gold, f"its article {beside.name} is neither beside it nor in {articles}")
    return found


def _lines(language: str, verdicts: list[Verdicts]) -> list[dict[str, object]]:
    tallies = score.total(verdicts)
    tallies["all classes"] = sum(tallies.values(), score.Tally())
    return [
        {
            "language": language,
            "class": key,
            "F1": f"{tally.f1:.2f}",
            "precision": f"{tally.precision:.2f}",
            "recall": f"{tally.recall:.2f}",
            "right": tally.right,
            "false": tally.false,
            "missed": tally.missed,
        }
        for key, tally in tallies.items()
    ]


def _print_rows(file: Path, verdicts: Verdicts) -> None:
    for key, verdict in verdicts.items():
        for word, found in (("false ", verdict.false), ("missed", verdict.missed)):
            for row in found:
                told = ", ".join(f"{name}={value}" for name, value in row.items() if value)
                say(f"{file.stem}: {word} {key}: {told}")
