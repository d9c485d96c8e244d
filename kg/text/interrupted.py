"""Offices whose words a state's adjective parts: a head of the Russian foreign ministry is head of foreign ministry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.text.tags import Phrases, Tag
from kg.text.tokens import Token

_BEFORE, _AFTER = 3, 5  # tokens of an office before and after the adjective


def join_offices(phrases: Phrases, words: Sequence[Token], tags: dict[str, dict[int, Tag]]) -> None:
    """Add each office that is whole only without the adjective of a state in its midst; it covers that."""
    offices = tags.setdefault("office", {})
    for state in list(tags.get("state", {}).values()):
        if state.form != "adjective":
            continue
        start = max(0, state.i - _BEFORE)
        window = [*words[start : state.i], *words[state.j : state.j + _AFTER]]
        cut, gap = state.i - start, state.j - state.i
        for found in phrases.match(window):
            if found.kind == "office" and found.i < cut < found.j:
                whole = replace(found, i=start + found.i, j=start + found.j + gap)
                for at in [at for at in offices if whole.i <= at < whole.j]:
                    del offices[at]
                offices[whole.i] = whole
                break
    tags["office"] = dict(sorted(offices.items()))
