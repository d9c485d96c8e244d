"""Other people's annotation: how much of it is found. Reads ../shared/data (or the folder given), and says so where it is absent.

    python benchmarks/outside.py [FOLDER]

KazNERD valid (Kazakh): sums of money, states among the geopolitical entities, and persons beside a position.
The texts are measured on and never become part of the project.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import seeds
from kg.article import Article
from kg.normal import fold
from kg.text.doc import Doc, parse

Span = tuple[int, int]
FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data"


@dataclass(frozen=True)
class Sentence:
    """A text and its annotated spans by class, in characters."""

    text: str
    spans: dict[str, list[Span]]


def kaznerd(path: Path) -> Iterator[Sentence]:
    """The sentences of an IOB2 file, tokens joined by blanks."""
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        text, spans = "", {}
        for line in block.splitlines():
            word, _, tag = line.rpartition(" ")
            start = len(text) + 1 if text else 0
            text = f"{text} {word}" if text else word
            kind = tag.partition("-")[2]
            if tag.startswith("B-"):
                spans.setdefault(kind, []).append((start, len(text)))
            elif tag.startswith("I-") and spans.get(kind):
                spans[kind][-1] = (spans[kind][-1][0], len(text))
        yield Sentence(text, spans)


def overlaps(one: Span, others: Sequence[Span]) -> bool:
    """Whether a span shares a character with another."""
    return any(one[0] < end and start < one[1] for start, end in others)


def read(text: str) -> Doc:
    """A sentence as an article of one line in Kazakh."""
    return parse(Article(source="kaznerd", headline=text, text=text, language="kk"))


def measure(sentences: Sequence[Sentence]) -> None:
    """Print the three figures."""
    names = {fold(name.text) for name in seeds.names() if name.kind == "state" and name.language == "kk" and name.form == "name"}
    money_right = money_found = money_true = states_true = states_right = persons_true = persons_right = 0
    for sentence in sentences:
        doc = read(sentence.text)
        sums = [doc.span(item.i, item.j) for item in doc.money]
        true = sentence.spans.get("MONEY", [])
        money_true += len(true)
        money_found += len(sums)
        money_right += sum(overlaps(span, sums) for span in true)
        states = [doc.span(tag.i, tag.j) for tag in doc.tags.get("state", {}).values()]
        for start, end in sentence.spans.get("GPE", []):
            printed = fold(sentence.text[start:end])
            if any(printed.startswith(name) for name in names):
                states_true += 1
                states_right += overlaps((start, end), states)
        people = [doc.span(person.i, person.j) for person in doc.persons]
        positions = sentence.spans.get("POSITION", [])
        for start, end in sentence.spans.get("PERSON", []):
            if overlaps((start - 2, end + 2), positions):
                persons_true += 1
                found = overlaps((start, end), people)
                persons_right += found
                if not found and "-v" in sys.argv:
                    print("PERSON?", sentence.text[start:end], "|", sentence.text[max(0, start - 60) : end + 20])
    precision, recall = money_right / max(money_found, 1), money_right / max(money_true, 1)
    print(f"MONEY       precision {precision:.3f} recall {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}")
    print(f"states      recall {states_right / states_true:.3f} of {states_true} among GPE")
    print(f"PERSON      recall {persons_right / persons_true:.3f} of {persons_true} beside POSITION")


def main() -> None:
    """Measure what is there."""
    path = FOLDER / "kaznerd" / "valid.iob2"
    if not path.is_file():
        print(f"skipped: {path} is not there")
        return
    measure(list(kaznerd(path)))


if __name__ == "__main__":
    main()
