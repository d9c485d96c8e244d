"""All that can be recognised in one language: its pack's lexicon and the names of the reference data, compiled once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from kg import lang, seeds
from kg.cache import kept
from kg.lang import Pack
from kg.normal import squeeze
from kg.seeds import Name
from kg.text.tags import Entry, Phrases, split

_BRACKETS = frozenset("()[]")
_FAMILY = "family"
_CODE = [
    Path(__file__).parent / name
    for name in ("../normal.py", "../lang/__init__.py", "forms.py", "lexicon.py", "tags.py", "tokens.py")
]
ANY_LANGUAGE = frozenset({"publisher"})
"""Kinds whose names are recognised in every language: an agency signs in its own script."""


@cache
def phrases(tag: str) -> Phrases:
    """The phrases of a pack and of the reference data in its language, compiled once and kept."""
    return kept(
        f"phrases-{tag}",
        [lang.files()[tag], *seeds.files(), *_CODE],
        lambda: compiled(lang.load(tag), seeds.names()),
    )


def compiled(pack: Pack, names: Sequence[Name]) -> Phrases:
    """The phrases of any pack with any names."""
    found = Phrases(pack)
    for category, concepts in pack.lexicon.items():
        for concept, words in concepts.items():
            for word in words:
                found.add(word, Entry(category, concept, proper=word[0].isupper(), caps=_capitals(word)))
    families: dict[str, set[str]] = {}
    explicit = {name.id for name in names if name.form == _FAMILY and name.language == pack.tag}
    whole = {(name.id, name.text) for name in names if name.preferred}  # whose family name cannot stand alone
    for name in names:
        if not name.text or _BRACKETS & set(name.text):
            continue
        if name.language != pack.tag and name.kind not in ANY_LANGUAGE:
            continue
        alone = (
            (name.id, name.text) not in whole if name.form == _FAMILY else name.preferred and name.id not in explicit
        )
        if name.kind == "person" and alone:
            families.setdefault(name.text if name.form == _FAMILY else split(name.text)[-1], set()).add(name.id)
        if name.form != _FAMILY:
            value = name.id.partition("/")[2] if name.kind == "currency" else name.id  # the code, as packs have it
            found.add(name.text, Entry(name.kind, value, name.form, name.text[0].isupper(), _capitals(name.text)))
    for family, ids in families.items():
        found.add(family, Entry("family", "|".join(sorted(ids)), "name", proper=True))
    return found


def _capitals(text: str) -> int:
    """How many letters of an abbreviation must be printed in capitals.

    >>> _capitals("АҚШ"), _capitals("U.S."), _capitals("Чад"), _capitals("ТИВ раҳбар")
    (3, 1, 0, 3)
    """
    first = split(text)[0]
    letters = len(first)
    if letters > 1 and first.isupper():
        return letters
    return 1 if letters == 1 and first.isupper() else 0


@cache
def dateline_names() -> dict[str, str]:
    """Every printed name of every place, folded: a dateline may be in another script than its article."""
    return kept(
        "datelines",
        seeds.files(),
        lambda: {squeeze(name.text): name.id for name in seeds.names() if name.kind == "place"},
    )
