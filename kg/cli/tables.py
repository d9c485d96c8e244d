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

_LEAST, _LEAST_PATH = 22, 14
"""The widths in cells to which columns may be cut: most names of persons have room; of a path the end suffices."""
_SPARE = 6
"""How many of the last columns may go to keep the rest a table; the first columns of a query are those that matter."""
_GAP = 2
"""The space after each column."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: the width of its longest cell, the one it may be cut to, and what its cells are."""

    name: str
    width: int
    least: int
    number: bool = False
    identifier: bool = False


def table(columns: Sequence[str], rows: Sequence[Row], *, width: int | None = None) -> RenderableType:
    """The rows as a table no wider than ``width`` terminal cells (None: as wide as it needs).

    Columns that are empty in every row are left out. Where the rest is too wide, identifiers go first, then long
    cells are cut, then up to six of the last columns go, and a line below says which are not shown. What still has
    no room comes as a block of lines for each row.
    """
    measured = [column for name in columns if (column := _measure(name, rows)).width]
    every = measured or [Column(name=name, width=len(name), least=len(name)) for name in columns]
    if width is None or sum(column.width + _GAP for column in every) <= width:
        return _grid(every, rows, width)
    told = [column for column in every if not column.identifier] or every
    for shown in (told[: len(told) - fewer] for fewer in range(_SPARE + 1)):
        if shown and sum(column.least + _GAP for column in shown) <= width:
            hidden = ", ".join(column.name for column in every if column not in shown)
            note = [Text(f"not shown: {hidden}; --format csv has all", style="bright_black")] if hidden else []
            return Group(_grid(shown, rows, width), *note)
    return _blocks([column.name for column in every], rows)


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
    if not values:
        return Column(name=name, width=0, least=0)
    texts = [cell(value) for value in values]
    width = max(len(name), *map(cell_len, texts))
    least = max(len(name), _LEAST_PATH if all(map(_is_path, texts)) else _LEAST)
    number = all(isinstance(value, int | float | Decimal) for value in values)
    return Column(
        name=name,
        width=width,
        least=width if number else min(width, least),
        number=number,
        identifier=all(str(value).startswith((BASE, ONTOLOGY)) for value in values),
    )


def _is_path(text: str) -> bool:
    return "/" in text and " " not in text


def _grid(columns: Sequence[Column], rows: Sequence[Row], width: int | None) -> Table:
    widths = [column.width for column in columns]
    while width is not None and sum(widths) + _GAP * len(widths) > width:
        wider = [i for i, column in enumerate(columns) if widths[i] > column.least]
        widths[max(wider, key=lambda i: widths[i])] -= 1
    grid = Table(box=None, pad_edge=False, padding=(0, _GAP, 0, 0), header_style="bold")
    for column, size in zip(columns, widths, strict=True):
        grid.add_column(column.name, justify="right" if column.number else "left", width=size, no_wrap=True)
    for row in rows:
        grid.add_row(*(Text(_cut(cell(row[column.name]), size)) for column, size in zip(columns, widths, strict=True)))
    return grid


def _cut(text: str, size: int) -> str:
    """A path that is too long keeps its end, where the file's name is; other text is left for the table to cut."""
    return f"…{text[1 - size :]}" if cell_len(text) > size and _is_path(text) else text


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
