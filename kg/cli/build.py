"""``kg build``."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from kg.build import Report, Settings, build
from kg.build.pool import LIMIT_S
from kg.cli.tables import cell
from kg.cli.terminal import DEFAULT_STORE, Sources, StoreDir, complain, err, say, show_table
from kg.read import READERS, Options, sources
from kg.store import Store

Jobs = Annotated[
    int | None, typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes that read; else one for each core.")
]
Limit = Annotated[float, typer.Option("--time-limit", min=0.1, metavar="SECONDS", help="For each article, with jobs.")]
Stale = Annotated[bool, typer.Option("--stale", help="Read again what an older version of the rules has read.")]
Prune = Annotated[bool, typer.Option("--prune", help="Take out articles whose source is no longer there.")]
Diff = Annotated[bool, typer.Option("--diff", help="Print the facts that are gained and lost.")]
Fetch = Annotated[bool, typer.Option("--fetch", help="Read the pages that the entries of a feed link to.")]
Fields = Annotated[
    list[str] | None,
    typer.Option("--field", metavar="NAME=FIELD", help="Of JSON Lines: headline, text, published or url, by its name."),
]
_FIELDS = ("headline", "text", "published", "url")
_FEW = 32  # files that are read before other processes have started
_PLAIN = (".txt", ".html", ".htm")


def command(  # noqa: PLR0913 - an argument for each option
    sources: Sources,
    store: StoreDir = DEFAULT_STORE,
    *,
    jobs: Jobs = None,
    time_limit: Limit = LIMIT_S,
    stale: Stale = False,
    prune: Prune = False,
    diff: Diff = False,
    fetch: Fetch = False,
    field: Fields = None,
) -> int:
    """Put articles into the graph.

    A source is a file, a folder, a quoted pattern, an address (https://, s3://) or - for standard input. Text, HTML,
    RSS and Atom, JSON Lines, WARC, zip and tar are known by their endings. The first line of a text is its headline,
    alone or after its date: "date 2025-08-22 Headline".

    Each article goes in whole or not at all. What is unchanged is not read again, what has changed is replaced; a
    build that was stopped or killed is completed by the same command.

    Exit code: 0 all built, 1 some rejected and the rest built, 2 wrong usage.

    \b
    Examples:
      kg build news/ "archive/2025-*.txt"
      kg build CC-NEWS-20250822.warc.gz --jobs 8 --store /data/graph
      kg build dump.jsonl --field text=body_text --field published=day
      kg build https://example.org/feed.rss --fetch
      kg build news/ --prune --diff
    """
    options = Options(fields=_fields(field or []), fetch=fetch)
    settings = Settings(
        jobs=jobs or _jobs(sources), limit_s=time_limit, stale=stale, prune=prune, compare=diff, read=options
    )
    with Store(store) as opened:
        report = _with_progress(sources, opened, settings)
    for warning in report.warnings:
        complain(f"warning: {warning}")
    for rejected in report.rejected:
        complain(f"rejected: {rejected.source}: {rejected.reason}")
    _summary(report, store)
    for sign, facts in (("+", report.gained), ("-", report.lost)):
        for fact in facts:
            say(f"{sign} {cell(fact)}")
    return 1 if report.rejected else 0


def _jobs(given: list[str]) -> int:
    """A process for each core that is ours, but one for a few files, which are read before others have started."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    for number, source in enumerate(sources(given)):
        if number >= _FEW or (source.lower().endswith(tuple(READERS)[1:]) and not source.lower().endswith(_PLAIN)):
            return cores
    return 1


def _fields(told: list[str]) -> dict[str, str]:
    """What fields are called, from NAME=FIELD. Raises a usage error."""
    pairs = [each.partition("=") for each in told]
    for name, sign, field in pairs:
        if name not in _FIELDS or not sign or not field:
            raise typer.BadParameter(f"{name}{sign}{field} is not NAME=FIELD with a name of {', '.join(_FIELDS)}")
    return {name: field for name, _, field in pairs}


def _with_progress(given: list[str], store: Store, settings: Settings) -> Report:
    """Build with a bar on stderr, if that is a terminal."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("reading", total=None)

        def show(done: int, of: int, source: str) -> None:
            bar.update(task, completed=done, total=max(of, done), description=source[-30:])

        return build(given, store, settings=settings, progress=show)


def _summary(report: Report, store: Path) -> None:
    facts: Counter[str] = Counter()
    for article in report.built:
        facts.update(article.facts)
    languages = Counter(article.language or "an unknown language" for article in report.built)
    articles = [(f"articles in {name}", number) for name, number in sorted(languages.items())]
    rows = [{"what": what, "number": number} for what, number in (*articles, *facts.items())]
    if rows:
        show_table(("what", "number"), rows)
    counted = (("unchanged", report.unchanged), ("pruned", len(report.pruned)), ("rejected", len(report.rejected)))
    more = "".join(f", {number} {what}" for what, number in counted if number)
    say(f"{len(report.built)} built{more}, {facts.total()} facts, in {store}")
    if report.outdated:
        say(f"{report.outdated} of the unchanged were read by an older version; kg build --stale reads them again")
