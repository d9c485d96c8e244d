"""Tables that fit the terminal: all columns if there is room, else the ones that tell most, else one block a row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kg.rdf import BASE, ONTOLOGY

Row = Mapping[str, object]

_LEAST = 14
"""The width in cells to which a column may be cut; names and dates stay readable, sentences are recognised."""
_GAP = 2
"""The space after each column."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column with the width of its longest cell, and whether its cells are numbers or identifiers."""

    name: str
    width: int
    number: bool = False
    identifier: bool = False


def table(columns: Sequence[str], rows: Sequence[Row], *, width: int | None = None) -> RenderableType:
    """The rows as a table no wider than ``width`` terminal cells (None: as wide as it needs).

    Columns that are empty in every row are left out. Where the rest is too wide, identifiers go first, then long
    cells are cut; what still has no room comes as a block of lines for each row.
    """
    measured = [column for name in columns if (column := _measure(name, rows)).width]
    shown = measured or [Column(name=name, width=len(name)) for name in columns]
    if width is not None and _total(shown) > width:
        shown = [column for column in shown if not column.identifier] or shown
    if width is not None and _total(shown, most=_LEAST) > width:
        return _blocks([column.name for column in measured], rows)
    return _grid(shown, rows, width)


def cell(value: object) -> str:
    """A value as a person reads it: short identifiers, grouped digits, nothing for None.

    >>> from decimal import Decimal
    >>> cell(Decimal("2000000000")), cell("https://w3id.org/elchi/id/state/KZ"), cell(None), cell(True)
    ('2 000 000 000', 'state/KZ', '', 'yes')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | Decimal) and not -10_000 < value < 10_000:
        return f"{value:,}".replace(",", " ")
    return " ".join(str(value).removeprefix(BASE).replace(ONTOLOGY, "kg:").split())


def _measure(name: str, rows: Sequence[Row]) -> Column:
    values = [row[name] for row in rows if row[name] is not None and row[name] != ""]
    return Column(
        name=name,
        width=max([len(name), *(cell_len(cell(value)) for value in values)]) if values else 0,
        number=bool(values) and all(isinstance(value, int | float | Decimal) for value in values),
        identifier=bool(values) and all(str(value).startswith((BASE, ONTOLOGY)) for value in values),
    )


def _total(columns: Sequence[Column], *, most: int | None = None) -> int:
    """The width of a table whose text columns are at most so wide."""
    return sum(_GAP + (column.width if most is None else _narrow(column, most)) for column in columns)


def _narrow(column: Column, most: int) -> int:
    return column.width if column.number else min(column.width, max(most, len(column.name)))


def _grid(columns: Sequence[Column], rows: Sequence[Row], width: int | None) -> Table:
    widths = [column.width for column in columns]
    while width is not None and sum(widths) + _GAP * len(widths) > width:
        text = [i for i, column in enumerate(columns) if widths[i] > _narrow(column, _LEAST)]
        widest = max(text, key=lambda i: widths[i])
        widths[widest] -= 1
    grid = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")
    for column, size in zip(columns, widths, strict=True):
        grid.add_column(column.name, justify="right" if column.number else "left", width=size, no_wrap=True)
    for row in rows:
        grid.add_row(*(Text(_cut(cell(row[column.name]), size)) for column, size in zip(columns, widths, strict=True)))
    return grid


def _cut(text: str, size: int) -> str:
    """A path that is too long keeps its end, where the file's name is; other text is left for the table to cut."""
    if cell_len(text) <= size or "/" not in text or " " in text:
        return text
    return f"…{text[1 - size :]}"


def _blocks(names: Sequence[str], rows: Sequence[Row]) -> Group:
    """One block of ``name  value`` lines for each row; long values go on below themselves."""
    blocks: list[RenderableType] = []
    for row in rows:
        block = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), show_header=False)
        block.add_column(style="bold", no_wrap=True, min_width=max(map(len, names)))
        block.add_column(overflow="fold")
        for name in names:
            if cell(row[name]):
                block.add_row(name, Text(cell(row[name])))
        blocks += [block, Text()]
    return Group(*blocks[:-1])
