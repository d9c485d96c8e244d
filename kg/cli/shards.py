"""What ``kg build --shards`` does: the shards of sources, by an engine, with a report like that of a build."""

from __future__ import annotations

from collections import Counter

from kg.build.shard import Engine, build_shards, parts
from kg.cli.progress import progress
from kg.cli.terminal import say, show_table, tell
from kg.read import Options


def write_shards(sources: list[str], place: str, engine: Engine, options: Options) -> int:
    """Write the shards and say what became of the sources; the exit code of a build."""
    given, done = parts(sources), []
    with progress("shards") as show:
        for made in build_shards(given, place, engine=engine, options=options):
            done.append(made)
            show(len(done), len(given), place)
    facts: Counter[str] = Counter()
    for made in done:
        tell(made.warnings, made.rejected)
        facts.update(made.facts)
    if facts:
        show_table(("what", "number"), [{"what": what, "number": number} for what, number in sorted(facts.items())])
    files, rejected = (sum(len(getattr(made, name)) for made in done) for name in ("files", "rejected"))
    articles = sum(made.articles for made in done)
    more = f", {rejected} rejected" if rejected else ""
    say(f"{articles} articles in {files} files{more}, {facts.total()} facts, in {place}")
    say(f"Next: kg load {place}")
    return 1 if rejected else 0
