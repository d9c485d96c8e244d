"""Where a SPARQL service answers questions, takes updates and takes whole graphs, told from the shape of its address.

Several kinds of service have addresses of one shape; they are tried in order, and the first that answers is the one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple


class Service(NamedTuple):
    """The addresses of a service; ``quads`` takes N-Quads of the whole dataset by POST, None where nothing does."""

    query: str
    update: str
    quads: str | None


_SHAPES = (
    # path                  query     update         quads
    ("/repositories/[^/]+", "",       "/statements", "/statements"),  # GraphDB, RDF4J
    (".*/sparql(-auth)?",   "",       "",            None),           # Virtuoso, Neptune, Blazegraph
    ("",                    "/query", "/update",     "/store"),       # Oxigraph
    (".+",                  "/query", "/update",     "/data"),        # a dataset of Fuseki
    (".*",                  "",       "",            None),           # QLever, and any other with a single address
)


def services(address: str) -> Iterator[Service]:
    """What may be at an address, the likeliest first.

    >>> next(services("http://localhost:7878/"))
    Service(query='http://localhost:7878/query', update='http://localhost:7878/update', quads='http://localhost:7878/store')
    >>> next(services("http://localhost:8890/sparql")).update
    'http://localhost:8890/sparql'
    """
    base = address.rstrip("/")
    path = re.sub(r"^https?://[^/]*", "", base)
    for shape, query, update, quads in _SHAPES:
        if re.fullmatch(shape, path):
            # A service with a single address at the root of its host has the slash in its name.
            root = "" if path or query else "/"
            yield Service(base + query + root, base + update + root, None if quads is None else base + quads)
