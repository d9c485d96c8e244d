"""``kg build``."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from kg.build import Report, Settings, build
from kg.build.cluster import PREFIX, on_dask
from kg.build.pool import LIMIT_S
from kg.build.shard import Engine, on_processes
from kg.cli.progress import progress
from kg.cli.shards import write_shards
from kg.cli.tables import cell
from kg.cli.terminal import DEFAULT_STORE, Sources, StoreDir, cores, say, show_table, tell
from kg.read import Options, holds_one, sources
from kg.store import Store
from kg.store.place import shown

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
Shards_ = Annotated[
    str | None, typer.Option("--shards", metavar="PLACE", help="Write files for kg load there instead of a store.")
]
Cluster = Annotated[
    str | None, typer.Option("--cluster", metavar="dask://HOST:PORT", help="Write the shards with a Dask cluster.")
]
_FIELDS = ("headline", "text", "published", "url")
_FEW = 32  # files that are read before other processes have started


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
    shards: Shards_ = None,
    cluster: Cluster = None,
) -> int:
    """Put articles into the graph.

    A source is a file, a folder, a quoted pattern, an address (https://, s3://) or - for standard input. Text, HTML,
    RSS and Atom, JSON Lines, WARC, zip and tar are known by their endings. The first line of a text is its headline,
    alone or after its date: "date 2025-08-22 Headline".

    Each article goes in whole or not at all. What is unchanged is not read again, what has changed is replaced; a
    build that was stopped or killed is completed by the same command.

    With --shards no store is written, but files that "kg load" puts into one: by the processes of this machine, or by a
    cluster. The same command again goes on where it was stopped.

    Exit code: 0 all built, 1 some rejected and the rest built, 2 wrong usage.

    \b
    Examples:
      kg build news/ "archive/2025-*.txt"
      kg build CC-NEWS-20250822.warc.gz --jobs 8 --store /data/graph
      kg build dump.jsonl --field text=body_text --field published=day
      kg build https://example.org/feed.rss --fetch
      kg build news/ --prune --diff
      kg build "s3://bucket/*.warc.gz" --shards s3://bucket/shards --cluster dask://scheduler:8786
    """
    options = Options(fields=_fields(field or []), fetch=fetch)
    if shards or cluster:
        if stale or prune or diff:
            raise typer.BadParameter("--stale, --prune and --diff are about a store, and --shards writes none")
        return write_shards(sources, _place(shards), _engine(cluster, jobs), options)
    settings = Settings(
        jobs=jobs or _jobs(sources), limit_s=time_limit, stale=stale, prune=prune, compare=diff, read=options
    )
    with Store(store) as opened, progress("reading") as show:
        report = build(sources, opened, settings=settings, progress=show)
    tell(report.warnings, report.rejected)
    _summary(report, store)
    return 1 if report.rejected else 0


def _jobs(given: list[str]) -> int:
    """A process for each core that is ours, but one for a few files, which are read before others have started."""
    for number, source in enumerate(sources(given)):
        if number >= _FEW or not holds_one(source):
            return cores()
    return 1


def _fields(told: list[str]) -> dict[str, str]:
    """What fields are called, from NAME=FIELD. Raises a usage error."""
    pairs = [each.partition("=") for each in told]
    for name, sign, field in pairs:
        if name not in _FIELDS or not sign or not field:
            raise typer.BadParameter(f"{name}{sign}{field} is not NAME=FIELD with a name of {', '.join(_FIELDS)}")
    return {name: field for name, _, field in pairs}


def _place(shards: str | None) -> str:
    if shards is None:
        raise typer.BadParameter("--cluster needs --shards, the place that all workers can write to")
    return shards


def _engine(cluster: str | None, jobs: int | None) -> Engine:
    """What does the parts of a build without a store."""
    if cluster is None:
        return on_processes(jobs or cores())
    if not cluster.startswith(PREFIX):
        raise typer.BadParameter(f"{cluster} is not an address such as {PREFIX}scheduler:8786")
    return on_dask(cluster)


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
    say(f"{len(report.built)} built{more}, {facts.total()} facts, in {shown(store)}")
    if report.outdated:
        say(f"{report.outdated} of the unchanged were read by an older version; kg build --stale reads them again")
    for sign, changed in (("+", report.gained), ("-", report.lost)):
        for fact in changed:
            say(f"{sign} {cell(fact)}")
