"""``kg remove``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.tables import cell
from kg.cli.terminal import DEFAULT_STORE, StoreDir, complain, open_store, say
from kg.errors import StoreError

Articles = Annotated[
    list[str], typer.Argument(metavar="ARTICLE...", help="Sources, ids or IRIs, as `kg query articles` shows them.")
]


def command(articles: Articles, store: StoreDir = DEFAULT_STORE) -> int:
    """Take articles out of the graph again.

    Prints the facts that no other article states and that are gone with them; what others state stays.

    Exit code: 0 all removed, 1 some were not there.

    \b
    Examples:
      kg remove news/article.txt
      kg remove article/0123456789abcdef
    """
    failed = False
    with open_store(store) as opened:
        for article in articles:
            try:
                lost = opened.remove(article)
            except StoreError as error:
                complain(error)
                failed = True
                continue
            say(f"{article}: removed; {len(lost)} facts lost their last support")
            for fact in lost:
                say(f"  {cell(fact)}")
    return int(failed)
