"""``kg serve``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.terminal import DEFAULT_STORE, StoreFolder, complain, say
from kg.errors import ServeError
from kg.serve.app import Options
from kg.serve.limits import Limits
from kg.serve.server import serve
from kg.store.place import address, shown

_DEFAULT = Limits()
LOCALHOST, EVERYWHERE = "127.0.0.1", "0.0.0.0"  # noqa: S104 - only with --public

Host = Annotated[str, typer.Option("--host", help="The address to listen on; by default only this machine's own.")]
Port = Annotated[int, typer.Option("--port", "-p", min=0, max=65535, help="The port; 0 takes any that is free.")]
Public = Annotated[
    bool, typer.Option("--public", help="Listen on all addresses; refused while a limit is 0, which means none.")
]
Names = Annotated[
    list[str] | None, typer.Option("--hostname", help="A name under which the server is reached; repeatable.")
]
Cors = Annotated[
    list[str] | None,
    typer.Option("--cors", metavar="ORIGIN", help="A site whose scripts may read the answers; repeatable."),
]
Services = Annotated[
    list[str] | None,
    typer.Option("--service", metavar="URL", help="An endpoint that queries may ask (SERVICE); repeatable."),
]
LogQueries = Annotated[bool, typer.Option("--log-queries", help="Write the parameters of requests into the log.")]
Writable = Annotated[
    bool, typer.Option("--writable", help="Allow updates and new articles to those who have the token.")
]
Token = Annotated[
    str, typer.Option("--token", envvar="KG_TOKEN", show_envvar=True, help="The bearer token for --writable.")
]
Seconds = Annotated[float, typer.Option("--time", help="Seconds that one request may take; 0: no limit.")]
MostRows = Annotated[int, typer.Option("--rows", help="Rows that one answer may have; 0: no limit.")]
Workers = Annotated[int, typer.Option("--workers", min=1, help="Requests that run at the same time.")]
Memory = Annotated[int, typer.Option("--memory", help="Megabytes that one worker may take; 0: no limit.")]


def command(  # noqa: PLR0913, PLR0917 - one argument an option
    store: StoreFolder = DEFAULT_STORE,
    host: Host = LOCALHOST,
    port: Port = 8000,
    public: Public = False,
    hostname: Names = None,
    cors: Cors = None,
    service: Services = None,
    log_queries: LogQueries = False,
    writable: Writable = False,
    token: Token = "",
    time: Seconds = _DEFAULT.time_s,
    rows: MostRows = _DEFAULT.rows,
    workers: Workers = _DEFAULT.workers,
    memory: Memory = _DEFAULT.memory_mb,
) -> int:
    """Answer SPARQL, and show the graph in a browser.

    One port has it all: the explorer and the editor at /, the SPARQL 1.1 endpoint at /sparql, the named questions
    below /api, and a page for every thing of the graph below /id. What kg build adds meanwhile is served within
    seconds; of a folder that kg publish fills, what it points to. It only reads, and only this machine reaches it,
    unless it is told otherwise. Ctrl-C stops it.

    \b
    Examples:
      kg serve
      kg serve --store /data/graph --port 8080
      kg publish /srv/graph && kg serve --store /srv/graph
      kg serve --public --hostname graph.example.org --time 10
      KG_TOKEN=... kg serve --writable
    """
    if address(store):
        raise ServeError(shown(store), "is a server already; what this command serves is the graph in a folder")
    if writable and len(token) < SHORTEST_TOKEN:
        raise ServeError("--writable", f"needs --token or KG_TOKEN, of at least {SHORTEST_TOKEN} characters")
    options = Options(
        hosts=hostname or (), origins=cors or (), services=service or (), log_queries=log_queries,
        token=token if writable else "", limits=Limits(time_s=time, rows=rows, workers=workers, memory_mb=memory),
    )
    serve(store, options, EVERYWHERE if public else host, port, say)
    complain("stopped")
    return 0


SHORTEST_TOKEN = 16
