"""What a program or a notebook uses: ``import kg`` offers these names."""

from __future__ import annotations

import html
from pathlib import Path

from networkx import MultiDiGraph

from kg.extract import extract as extract_from
from kg.facts import Fact
from kg.read.text import article
from kg.store import Store
from kg.text.doc import parse
from kg.view import network, picture, relations

VIEWS = ("relations",)


class Picture:
    """The interactive picture of a graph: shows itself in a notebook, or is saved as one HTML file."""

    def __init__(self, page: str) -> None:
        """Keep the page, a whole HTML document."""
        self.page = page

    def save(self, file: str | Path) -> Path:
        """Write the page; it needs nothing beside it."""
        Path(file).write_text(self.page, encoding="utf-8")
        return Path(file)

    def _repr_html_(self) -> str:
        """The page in a frame of its own, so that its style and script stay out of the notebook's."""
        frame = 'style="width: 100%; height: 640px; border: 0" sandbox="allow-scripts"'
        return f'<iframe {frame} srcdoc="{html.escape(self.page)}"></iframe>'


class Graph(Store):
    """A store that can also draw itself and become a networkx graph."""

    def view(self, title: str = "Elchi") -> Picture:
        """The relationships as an interactive picture."""
        nodes, edges = relations(self)
        return Picture(picture(nodes, edges, title))

    def to_networkx(self, view: str = "relations") -> MultiDiGraph[str]:
        """The nodes and edges of a view; there is one, ``relations``."""
        if view not in VIEWS:
            raise ValueError(f"no view {view!r}; there is {', '.join(VIEWS)}")
        return network(*relations(self))


def open(path: str | Path | None = None) -> Graph:  # noqa: A001 - kg.open(folder) is how a store is opened
    """The store in a folder, made if there is none, or at the address of a server; in memory where none is given.

    Raises StoreError.

    >>> with open() as store:
    ...     len(store.articles())
    0
    """
    return Graph(path)


def extract(text: str) -> tuple[Fact, ...]:
    """The facts that the text of an article states; its first line is the headline, and may begin with its date.

    No store is needed. Each fact has its evidence as offsets into ``parse(article).text``: the text as it is given, in
    Unicode NFC, without a date line and white space around it. Raises SourceError for a text that is empty.
    """
    return extract_from(parse(article(text.encode(), source="text"))).facts
