"""Language packs: all that Elchi knows about a language, as data. README.md beside this file explains each key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from kg.cache import kept
from kg.errors import PackError
from kg.normal import fold
from kg.paths import PACKS, own_files

Lexicon = Mapping[str, Mapping[str, tuple[str, ...]]]
Slots = Mapping[str, Mapping[str, frozenset[str]]]

CATEGORIES: Mapping[str, frozenset[str] | None] = {
    key: frozenset(concepts.split()) if concepts else None
    for key, concepts in {
        "office": "head_of_state head_of_government foreign_minister minister speaker ambassador org_head former "
        "official business",
        "office_of_state": "head_of_state head_of_government foreign_minister minister speaker official",
        "office_prefix": "former deputy acting",
        "appoint": "to from be",
        "portfolio": "word",
        "anaphor": "our_state our_leader both_states this_state other_state both_leaders "
        "counterpart guest he region members continent they among",
        "state_noun": "side republic leadership people",
        "meeting": "summit council_session bilateral phone_call forum other none",
        "meeting_part": "attend chair host discuss setting welcome receive tell apart",
        "visit": "state official working unspecified",
        "visit_verb": "travel return invite accept",
        "agreement": "treaty memorandum declaration plan protocol contract package",
        "sign": "signed adopted",
        "flow": "turnover export import investment contract loan",
        "flow_word": "figure total respectively",
        "qualifier": "approx at_least at_most",
        "goal": "target",
        "relation": "alliance strategic_partnership comprehensive_strategic_partnership "
        "enhanced_strategic_partnership diplomatic_relations",
        "topic": "trade investment industry energy water transport agriculture culture education science digital "
        "security tourism environment health finance migration",
        "topic_context": "word",
        "speech": "verb noun",
        "status": "planned cancelled hoped held",
        "negation": "word",
        "relay": "word",
        "block": "unit sport company price prize growth",
        "number": None,
        "ordinal": None,
        "ordinal_suffix": "word",
        "magnitude": None,
        "currency": None,
        "month": None,
        "weekday": None,
        "deixis": None,
        "period": "year month first half quarter",
        "bound": "since until by between than through",
        "and": "word",
        "name_part": "particle patronymic honorific",
    }.items()
}
"""The categories of a pack's lexicon, each with its closed list of concepts (None: any)."""


@dataclass(frozen=True, kw_only=True)
class Paradigm:
    """Endings of the words whose dictionary form ends in ``lemma``: ending -> features."""

    pos: str
    lemma: str
    endings: Mapping[str, frozenset[str]]


@dataclass(frozen=True, kw_only=True)
class Names:
    """How the names of persons look."""

    surname_endings: tuple[str, ...] = ()
    patronymic_endings: tuple[str, ...] = ()
    stop: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Pack:
    """One language as data; a missing or unknown key is a PackError when it is loaded."""

    tag: str
    name: str
    home: str
    letters: str
    alphabet: str
    words: tuple[str, ...]
    decimal: str
    head: str
    skip: tuple[str, ...]
    abbreviations: tuple[str, ...]
    romanise: Mapping[str, str]
    paradigms: tuple[Paradigm, ...]
    alternations: Mapping[str, str]
    spellings: Mapping[str, str]
    case: Mapping[str, str]
    before: Mapping[str, Mapping[str, str]]
    after: Mapping[str, str]
    tense: Mapping[str, str]
    names: Names
    quotes: tuple[tuple[str, str], ...]
    lexicon: Lexicon = field(repr=False)

    @cached_property
    def latin(self) -> Mapping[int, str]:
        """``romanise`` for ``str.translate``."""
        return str.maketrans(dict(self.romanise))

    @cached_property
    def particles(self) -> frozenset[str]:
        """The words, folded, that may stand inside a name in small letters."""
        return frozenset(
            word[:-1] for word in self.lexicon["name_part"].get("particle", ()) if word.endswith("=")
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Signs:
    """By what a language is recognised: its function words, the letters of its own, and its whole alphabet."""

    tag: str
    words: frozenset[str]
    letters: frozenset[str]
    alphabet: frozenset[str]


@cache
def files() -> Mapping[str, Path]:
    """The pack of each language that there is, shipped or the user's own."""
    found = {path.stem: path for path in (*PACKS.glob("*.toml"), *own_files("*.toml"))}
    return dict(sorted(found.items()))


def tags() -> tuple[str, ...]:
    """The languages that there are.

    >>> "uz-cyrl" in tags()
    True
    """
    return tuple(files())


@cache
def load(tag: str) -> Pack:
    """The pack of one language; read once and kept. Raises PackError that names the file and the key."""
    path = files().get(tag, PACKS / f"{tag}.toml")
    return kept(f"pack-{tag}", [path, Path(__file__)], lambda: read(path))


@cache
def signs() -> tuple[Signs, ...]:
    """By what each language is recognised; kept, so that recognising one does not load them all."""
    return kept("signs", [*files().values(), Path(__file__)], lambda: tuple(map(_signs, map(load, tags()))))


def _signs(pack: Pack) -> Signs:
    alphabet = frozenset(pack.alphabet + "'")
    return Signs(tag=pack.tag, words=frozenset(pack.words), letters=frozenset(pack.letters), alphabet=alphabet)


def read(path: Path) -> Pack:
    """A pack from any file, checked key by key. Raises PackError."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise PackError(path, f"is not a readable language pack ({error})") from error
    try:
        return _pack(table)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PackError(path, f"is malformed at {error}") from error


def _pack(table: dict[str, Any]) -> Pack:
    lexicon = table.pop("lexicon")
    for category, concepts in lexicon.items():
        if category not in CATEGORIES:
            raise ValueError(f"lexicon.{category}: not a category")
        allowed = CATEGORIES[category]
        for concept in concepts:
            if allowed is not None and concept not in allowed:
                raise ValueError(f"lexicon.{category}.{concept}: not a concept")
    if missing := CATEGORIES.keys() - lexicon.keys():
        raise ValueError(f"lexicon: lacks {', '.join(sorted(missing))}")
    morphology = table.pop("morphology")
    names: dict[str, Any] = {key: tuple(map(fold, value)) for key, value in table.pop("names").items()}
    names["stop"] = frozenset(names.get("stop", ()))
    before = {fold(word): _by_case(value) for word, value in table.pop("before").items()}
    after = {fold(word): role for word, role in table.pop("after").items()}
    quotes = tuple((opening, closing) for opening, closing in table.pop("quotes"))
    if unknown := table.keys() - {item.name for item in fields(Pack)}:
        raise ValueError(f"{', '.join(sorted(unknown))}: not a key")
    plain: dict[str, Any] = {
        key: tuple(map(fold, value)) if isinstance(value, list) else value for key, value in table.items()
    }
    return Pack(
        **plain,
        quotes=quotes,
        before=before,
        after=after,
        names=Names(**names),
        paradigms=tuple(_paradigms(morphology)),
        alternations=morphology.get("alternations", {}),
        spellings={fold(usual): fold(other) for usual, other in morphology.get("spellings", {}).items()},
        lexicon={
            category: {concept: tuple(words) for concept, words in concepts.items()}
            for category, concepts in lexicon.items()
        },
    )


def _by_case(value: str | dict[str, str]) -> dict[str, str]:
    return {"": value} if isinstance(value, str) else dict(value)


def _paradigms(morphology: dict[str, Any]) -> list[Paradigm]:
    """Written-out paradigms as they are; slot tables expanded: every path through the slots of every class."""
    found = [
        Paradigm(
            pos=item["pos"],
            lemma=fold(item["lemma"]),
            endings={fold(ending): frozenset(feats.split()) for ending, feats in item["endings"].items()},
        )
        for item in morphology.get("paradigms", ())
    ]
    for pos, paths in morphology.get("paths", {}).items():
        endings: dict[str, frozenset[str]] = {}
        for written in morphology["classes"].values():
            slots = {
                name: {fold(suffix): frozenset(feats.split()) for suffix, feats in slot.items()}
                for name, slot in written.items()
            }
            for path in paths:
                _expand(path.split(), slots, endings)
        found.append(Paradigm(pos=pos, lemma="", endings=endings))
    return sorted(found, key=lambda paradigm: -len(paradigm.lemma))


def _expand(path: list[str], slots: Slots, endings: dict[str, frozenset[str]]) -> None:
    """Add to ``endings`` every chain that takes one suffix from each slot; a slot marked ? may stay empty."""
    chains: dict[str, frozenset[str]] = {"": _kept(frozenset())}
    for step in path:
        slot = slots[step.rstrip("?")]
        grown = dict(chains) if step.endswith("?") else {}
        for chain, feats in chains.items():
            for suffix, more in slot.items():
                grown[chain + suffix] = _kept(grown.get(chain + suffix, frozenset()) | feats | more)
        chains = grown
    for chain, feats in chains.items():
        endings[chain] = _kept(endings.get(chain, frozenset()) | feats)


_feats: dict[frozenset[str], frozenset[str]] = {}


def _kept(feats: frozenset[str]) -> frozenset[str]:
    """The one set that stands for all equal ones: of a hundred thousand endings most have the same features."""
    return _feats.setdefault(feats, feats)
