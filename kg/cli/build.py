"""``kg build``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from kg.build import Report, build
from kg.cli.terminal import DEFAULT_STORE, Sources, StoreDir, complain, err, say, show_table
from kg.store import Store


def command(sources: Sources, store: StoreDir = DEFAULT_STORE) -> int:
    """Put articles into the graph.

    A source is a text file, a folder (all *.txt below it) or a quoted pattern. The first line of an article is its
    headline, alone or after its date: "date 2025-08-22 Headline". Each article goes in whole or not at all; building
    it again changes nothing.

    Exit code: 0 all built, 1 some rejected and the rest built, 2 wrong usage.

    \b
    Examples:
      kg build article.txt
      kg build news/ "archive/2025-*.txt"
      kg build news/ --store /data/graph
    """
    with Store(store) as opened:
        report = _with_progress(sources, opened)
    for warning in report.warnings:
        complain(f"warning: {warning}")
    for rejected in report.rejected:
        complain(f"rejected: {rejected.source}: {rejected.reason}")
    _summary(report, store)
    return 1 if report.rejected else 0


def _with_progress(sources: list[str], store: Store) -> Report:
    """Build with a bar on stderr, if that is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("reading", total=None)

        def show(done: int, of: int, file: Path) -> None:
            bar.update(task, completed=done, total=of, description=file.name[-30:])

        return build(sources, store, progress=show)


def _summary(report: Report, store: Path) -> None:
    facts: Counter[str] = Counter()
    for article in report.built:
        facts.update(article.facts)
    languages = Counter(article.language or "an unknown language" for article in report.built)
    articles = [(f"articles in {name}", number) for name, number in sorted(languages.items())]
    rows = [{"what": what, "number": number} for what, number in (*articles, *facts.items())]
    if rows:
        show_table(("what", "number"), rows)
    rejected = f", {len(report.rejected)} rejected" if report.rejected else ""
    say(f"{len(report.built)} built{rejected}, {facts.total()} facts, in {store}")
