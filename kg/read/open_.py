# ruff: noqa: PTH110, PTH113, PTH114 - os.path answers False where Path raises: a name too long, a null byte in it
"""Opening a source: a file of this machine, standard input, or an address that fsspec knows."""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TypeAlias

from kg.errors import SourceError
from kg.read.item import needed

Stream: TypeAlias = IO[bytes]
STDIN = "-"
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_HEAD = 1024


def is_address(source: str) -> bool:
    """Whether a source is an address such as s3://bucket/file.

    >>> is_address("s3://bucket/a.txt"), is_address("news/a.txt")
    (True, False)
    """
    return bool(_ADDRESS.match(source))


@contextmanager
def opened(source: str) -> Iterator[Stream]:
    """A source as a stream of bytes. Raises SourceError with the reason in words."""
    if source == STDIN:
        yield sys.stdin.buffer
    elif is_address(source):
        with _remote(source) as stream:
            yield stream
    else:
        with _local(source) as stream:
            yield stream


def expanded(address: str) -> list[str]:
    """The files that an address stands for: a pattern is expanded where the file system can list."""
    fsspec = needed("fsspec", address)
    if not any(sign in address for sign in "*[") or address.startswith(("http://", "https://")):
        return [address]
    try:
        system, path = fsspec.core.url_to_fs(address)
        return sorted(system.unstrip_protocol(file) for file in system.glob(path)) or [address]
    except (OSError, ValueError, ImportError, NotImplementedError) as error:
        raise SourceError(address, f"cannot be listed ({_words(error)})") from None


def peeked(stream: Stream) -> tuple[bytes, Stream]:
    """The first bytes of a stream, and a stream that still begins with them."""
    head = stream.read(_HEAD)
    return head, io.BufferedReader(_Rejoined(head, stream))


@contextmanager
def seekable(stream: Stream) -> Iterator[Stream]:
    """The stream, or a copy on disk of one that only goes forward."""
    try:
        able = stream.seekable()
    except AttributeError:  # a member of a tar that is read front to back
        able = False
    if able:
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield copy


class _Rejoined(io.RawIOBase):
    """Some bytes, then the rest of a stream."""

    def __init__(self, head: bytes, rest: Stream) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the base takes any writable buffer
        part, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        part = part or self._rest.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


@contextmanager
def _local(source: str) -> Iterator[Stream]:
    if os.path.islink(source) and not os.path.exists(source):
        raise SourceError(source, "the link points to a file that is not there")
    if os.path.exists(source) and not os.path.isfile(source):
        raise SourceError(source, "not a regular file")
    try:
        file = Path(source).open("rb")  # noqa: SIM115 - closed below; what is raised inside is not about opening
    except FileNotFoundError:
        raise SourceError(source, "there is no such file") from None
    except (OSError, ValueError) as error:
        raise SourceError(source, f"the file cannot be read ({_words(error)})") from None
    with file:
        yield file


@contextmanager
def _remote(source: str) -> Iterator[Stream]:
    fsspec = needed("fsspec", source)
    try:
        file = fsspec.open(source, "rb").open()
    except FileNotFoundError:
        raise SourceError(source, "there is no such file") from None
    except (OSError, ValueError, ImportError) as error:
        raise SourceError(source, f"cannot be opened ({_words(error)})") from None
    with file:
        yield file


def _words(error: Exception) -> str:
    return " ".join((getattr(error, "strerror", None) or str(error) or type(error).__name__).split()).lower()
