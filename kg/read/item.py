"""One article as it came in: the bytes of it, not yet understood. Cheap to cut out, small to send to a worker."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import IO, Any

from kg.errors import SourceError

LIMIT_BYTES = 20_000_000
"""A news article has a few kilobytes; what is a thousand times larger is a dump of something else."""


@dataclass(frozen=True, kw_only=True)
class Item:
    """The content of one article, its name, and the decoder that understands it (a key of ``DECODERS``)."""

    source: str
    form: str
    content: bytes
    url: str | None = None

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that the article is made from, but its name: the same digest gives the same article.

        >>> a, b = (Item(source=name, form="text", content=b"Headline") for name in ("a.txt", "b.txt"))
        >>> a.digest == b.digest
        True
        """
        return hashlib.sha256(f"{self.form}\n{self.url or ''}\n".encode() + self.content).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Options:
    """How sources are read: names of JSON fields, whether links of feeds are followed, how deep archives nest."""

    fields: Mapping[str, str] = field(default_factory=dict)
    fetch: bool = False
    depth: int = 3


def limited(stream: IO[bytes], source: str) -> bytes:
    """What a stream holds; never more than the limit is kept, whatever its size is said to be. Raises SourceError."""
    content = stream.read(LIMIT_BYTES + 1)
    if len(content) > LIMIT_BYTES:
        raise SourceError(source, f"larger than {LIMIT_BYTES // 1_000_000} MB, which no article is")
    return content


def needed(module: str, source: object, extra: str = "web") -> Any:  # noqa: ANN401 - a module
    """A module of an optional extra. Raises SourceError that says what to install."""
    try:
        return import_module(module)
    except ImportError:
        package = module.partition(".")[0]
        reason = f"reading this needs {package}; install it with: pip install 'elchi[{extra}]'"
        raise SourceError(source, reason) from None
