"""The parameters of a request."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import parse_qsl

from kg.errors import RequestError

_FIELDS = 1000
_DIGITS = 10


class Params:
    """The parameters of a request, each with all its values."""

    def __init__(self, pairs: Sequence[Sequence[str]]) -> None:
        self.pairs = pairs

    def all(self, name: str) -> list[str]:
        """Every value of a parameter."""
        return [value for key, value in self.pairs if key == name]

    def one(self, name: str, default: str = "") -> str:
        """The only value of a parameter. Raises RequestError if it is given twice."""
        values = self.all(name)
        if len(values) > 1:
            raise RequestError(name, "is given more than once")
        return values[0] if values else default

    def number(self, name: str, default: int, most: int) -> int:
        """A whole number from 0 to some most; beyond it, the most. Raises RequestError if it is none."""
        text = self.one(name) or str(default)
        if not (text.isascii() and text.isdigit() and len(text) < _DIGITS):
            raise RequestError(name, f"must be a whole number, not {text!r}")
        return min(int(text), most)

    def day(self, name: str) -> str:
        """A day as YYYY-MM-DD, or nothing. Raises RequestError if it is none."""
        text = self.one(name)
        try:
            return date.fromisoformat(text).isoformat() if text else ""
        except ValueError:
            raise RequestError(name, f"must be a day such as 2025-08-22, not {text!r}") from None

    def names(self) -> set[str]:
        """The parameters that are given."""
        return {key for key, _ in self.pairs}


def parameters(text: bytes) -> list[tuple[str, str]]:
    """Name and value pairs of a query string or a form. Raises RequestError if they are not UTF-8 or too many.

    >>> parameters(b"a=1&a=%D0%A2&b=")
    [('a', '1'), ('a', 'Т'), ('b', '')]
    """
    try:
        return parse_qsl(text.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS)
    except UnicodeDecodeError:
        raise RequestError("request", "has parameters that are not percent-encoded UTF-8") from None
    except ValueError:
        raise RequestError("request", f"has more than {_FIELDS} parameters") from None
