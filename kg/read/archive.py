"""Archives: each member goes to the reader for its own ending; an archive in an archive too, to some depth."""

from __future__ import annotations

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import IO, TypeAlias

from kg.errors import SourceError
from kg.read.item import Item, Options
from kg.read.open_ import seekable

Reader: TypeAlias = Callable[[str, IO[bytes], Options], Iterator[Item | SourceError]]
Choose: TypeAlias = Callable[[str], Reader | None]

_DAMAGED = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError)


def zipped(choose: Choose) -> Reader:
    """A reader of zip archives that asks ``choose`` for the reader of a member's name."""

    def items(name: str, stream: IO[bytes], options: Options) -> Iterator[Item | SourceError]:
        with seekable(stream) as whole, zipfile.ZipFile(whole) as archive:
            for member in archive.infolist():
                if not member.is_dir() and (reader := choose(member.filename)):
                    with archive.open(member) as opened:
                        yield from reader(f"{name}/{member.filename}", opened, options)

    return _guarded(items)


def tarred(choose: Choose) -> Reader:
    """A reader of tar archives, compressed or not, front to back; nothing is unpacked to disk."""

    def items(name: str, stream: IO[bytes], options: Options) -> Iterator[Item | SourceError]:
        with tarfile.open(fileobj=stream, mode="r|*") as archive:
            for member in archive:
                if member.isfile() and (reader := choose(member.name)) and (opened := archive.extractfile(member)):
                    yield from reader(f"{name}/{member.name.removeprefix('./')}", opened, options)

    return _guarded(items)


def _guarded(reader: Reader) -> Reader:
    """The reader with what it raises for damage as one sentence, and a limit to how deep archives nest.

    Errors of a member are its own, and the members after it are still read.
    """

    def items(name: str, stream: IO[bytes], options: Options) -> Iterator[Item | SourceError]:
        if options.depth == 0:
            yield SourceError(name, "archives nest too deep")
            return
        found = 0
        try:
            for item in reader(name, stream, replace(options, depth=options.depth - 1)):
                found += 1
                yield item
        except SourceError as error:
            found += 1
            yield error
        except _DAMAGED:
            yield SourceError(name, "the archive is damaged or locked; members may be missing")
            return
        if not found:
            yield SourceError(name, "the archive holds no article")

    return items
