"""What a query may not be: an update, a request to another server, or a text that is too deep to parse safely.

A look at the words outside strings, IRIs, names and comments; the parser of the store judges the rest.
"""

from __future__ import annotations

import re

from kg.errors import QueryError

MAX_LENGTH = 100_000
MAX_DEPTH = 100  # the parser is recursive: a few thousand brackets end the process, and no question needs a hundred

_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"})
_LONG = r'"""(?:[^"\\]|\\.|"(?!""))*"""' + r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
_SHORT = r'"(?:[^"\\\n\r]|\\.)*"' + r"|'(?:[^'\\\n\r]|\\.)*'"
_TOKEN = re.compile(
    rf"""
    (?P<skip> \s+ | \#[^\n\r]* | {_LONG.replace("#", "[#]")} | {_SHORT} | <[^<>"{{}}|^`\\\x00-\x20]*>
      | [?$]\w+ | @[A-Za-z][\w-]* )
    | (?P<word> \w[\w.-]*(?=:) | [^\W\d]\w* ) (?: :(?:[\w.:-]|%[0-9A-Fa-f]{{2}}|\\[^uU])* )?
    | (?P<local> :(?:[\w.:-]|%[0-9A-Fa-f]{{2}}|\\[^uU])* )
    | (?P<open> [({{\[] )
    | (?P<close> [)}}\]] )
    | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)


_ASKS = re.compile(r"SERVICE\s+(?:SILENT\s+)?<([^<>\s]*)>", re.IGNORECASE)


def guard(name: str, text: str, services: frozenset[str] = frozenset(), *, updates: bool = False) -> None:
    """Refuse what is not a question to this store alone, or to one of the services. Raises QueryError.

    ``updates`` lets changes of the store through, but never one that reads from elsewhere.

    >>> guard("x", 'SELECT ?service { ?s ?p "SERVICE <http://a/>" } # LOAD')
    >>> guard("x", "SELECT * { SERVICE <http://a/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    kg.errors.QueryError: x: asks another server (SERVICE), which is refused
    """
    if len(text) > MAX_LENGTH:
        raise QueryError(name, f"is longer than {MAX_LENGTH} characters")
    depth = 0
    for token in _TOKEN.finditer(text):
        kind = token.lastgroup
        if kind == "word":
            asks = _ASKS.match(text, token.start()) if services else None
            if asks and asks[1] in services:
                continue
            _refuse(name, token["word"].upper(), allowed=_UPDATES - {"LOAD"} if updates else frozenset(),
                    prefix=":" in token[0])
        elif kind == "other" and text[token.start():token.start() + 2] in {"\\u", "\\U"}:
            raise QueryError(name, "hides characters of a keyword behind an escape, which is refused")
        depth += (kind == "open") - (kind == "close")
        if depth > MAX_DEPTH:
            raise QueryError(name, f"nests deeper than {MAX_DEPTH} brackets")


def _refuse(name: str, word: str, *, allowed: frozenset[str], prefix: bool) -> None:
    # The parser needs no space around a keyword: "trueSERVICE<http://a/>" and "SERVICEp:x" are requests too.
    if "SERVICE" in word:
        raise QueryError(name, "asks another server (SERVICE), which is refused")
    if word in _UPDATES - allowed and not prefix:
        raise QueryError(name, f"changes the store ({word}), which a query may not; use build and remove")
