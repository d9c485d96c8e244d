"""Writing the graph to a file, in the format that the file's ending names.

| ending | what is in it |
|---|---|
| nq, trig, jsonld | everything: the default graph and a named graph for each article |
| ttl, nt | the default graph: the union of all articles and the seeds |
| graphml, gexf | the relationship picture: persons, states, organisations, meetings and what connects them |
| csv | one line for each place where an article states a fact (the query ``facts``) |
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ExportError
from kg.export.picture import gexf, graphml
from kg.export.rdf import quads, triples
from kg.export.table import csv

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping

    from kg.store import Store

EXPORTS: Mapping[str, Callable[[Store], bytes]] = {
    "ttl": partial(triples, ending="ttl"),
    "nt": partial(triples, ending="nt"),
    "nq": partial(quads, ending="nq"),
    "trig": partial(quads, ending="trig"),
    "jsonld": partial(quads, ending="jsonld"),
    "graphml": graphml,
    "gexf": gexf,
    "csv": csv,
}
"""What writes each ending: a function from the store to the bytes of the file. A new format is one more line."""


def export(store: Store, file: str | os.PathLike[str]) -> Path:
    """Write the graph to a file and return its path; the same store gives the same bytes.

    The file is there only when it is complete. Raises ExportError for an ending that is not in EXPORTS, and for a
    place that cannot be written to.
    """
    path = Path(file)
    make = EXPORTS.get(path.suffix.removeprefix(".").lower())
    if make is None:
        raise ExportError(path, f"the ending must be one of {', '.join(EXPORTS)}")
    partial_ = path.with_name(f".{path.name}.part")
    try:
        partial_.write_bytes(make(store))
        partial_.replace(path)
    except OSError as error:
        raise ExportError(path, f"cannot be written: {error.strerror or error}") from None
    finally:
        partial_.unlink(missing_ok=True)
    return path
