"""Texts cut, shuffled, glued together or sprinkled with marks: sound facts or none, never a failure."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from kg.check import check
from kg.extract import extract
from kg.extract.abstained import abstentions
from kg.paths import SEEDS
from kg.read import read
from kg.text.doc import parse

TEXTS = [read(path).text for path in sorted((SEEDS / "articles").glob("*/*.txt"))]
MARKS = "\"'«»“”.,:;-–—()\n 0123$%"
EACH = 60


def cut(text: str, chance: random.Random) -> str:
    i, j = sorted(chance.sample(range(len(text)), 2))
    return text[i:j]


def shuffled(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    chance.shuffle(lines)
    return "\n".join(lines)


def displaced(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    for _ in range(30):
        words.insert(chance.randrange(len(words)), words.pop(chance.randrange(len(words))))
    return " ".join(words)


def sprinkled(text: str, chance: random.Random) -> str:
    letters = list(text)
    for _ in range(40):
        letters[chance.randrange(len(letters))] = chance.choice(MARKS)
    return "".join(letters)


def glued(text: str, chance: random.Random) -> str:
    return cut(text, chance) + cut(chance.choice(TEXTS), chance)


@pytest.mark.parametrize("damage", [cut, shuffled, displaced, sprinkled, glued])
def test_damaged_texts_give_sound_facts_or_none(damage: Callable[[str, random.Random], str]) -> None:
    chance = random.Random(damage.__name__)
    sample = read(SEEDS / "articles" / "en" / "india-uae-2022-02-18.txt")
    for text in chance.choices(TEXTS, k=EACH):
        broken = damage(text, chance)
        doc = parse(replace(sample, text=broken, headline=broken.split("\n")[0], language=None))
        extraction = extract(doc)
        abstentions(doc, extraction.facts)
        assert check(extraction.facts) == []
        places = [place for fact in extraction.facts for place in fact.evidence]
        assert all(0 <= place.start < place.end <= len(broken) for place in places)
