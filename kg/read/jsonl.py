"""JSON Lines: one object a line, one article each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO

from kg.errors import SourceError
from kg.read import record
from kg.read.item import LIMIT_BYTES, Item, Options


def items(name: str, stream: IO[bytes], options: Options) -> Iterator[Item | SourceError]:
    """The articles of the lines; a line that is no object comes as the error that says so.

    The source of an article is its address, where it has one, else the file and the number of the line.
    """
    number, found = 0, False
    while line := stream.readline(LIMIT_BYTES + 1):
        number += 1
        if len(line) > LIMIT_BYTES:
            yield SourceError(f"{name}#{number}", f"a line longer than {LIMIT_BYTES // 1_000_000} MB")
            return
        if line.strip():
            found = True
            yield _item(f"{name}#{number}", line, options)
    if not found:
        raise SourceError(name, "the file is empty")


def _item(source: str, line: bytes, options: Options) -> Item | SourceError:
    try:
        told = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return SourceError(source, "the line is not JSON in UTF-8")
    if not isinstance(told, dict):
        return SourceError(source, "the line is not a JSON object")
    made = record.item(source, told, options.fields)
    return record.item(made.url, told, options.fields) if made.url else made
