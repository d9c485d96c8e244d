"""``kg extract``."""

from __future__ import annotations

import json

from kg.build import extraction_of
from kg.cli.record import record
from kg.cli.terminal import Sources, complain, write
from kg.errors import SourceError
from kg.read import items


def command(sources: Sources) -> int:
    """Print what articles state, one JSON object a line.

    Nothing is stored. Each mention and each piece of evidence has start and end: text[start:end] is what is printed,
    counted in Unicode code points.

    Exit code: 0 all read, 1 some could not be read.

    \b
    Examples:
      kg extract article.txt
      kg extract news/ > facts.jsonl
      kg extract article.txt | python -m json.tool --no-ensure-ascii
    """
    failed = False
    for item in items(sources):
        if isinstance(item, SourceError):
            complain(item)
            failed = True
            continue
        try:
            extraction = extraction_of(item)
        except SourceError as error:
            complain(error)
            failed = True
        else:
            write(json.dumps(record(extraction), ensure_ascii=False) + "\n")
    return int(failed)
