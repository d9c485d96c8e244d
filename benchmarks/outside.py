"""Other people's annotation: how much of it is found. Reads the data beside the project, or says that it is absent.

    python benchmarks/outside.py

KazNERD valid (Kazakh): sums of money, states among the geopolitical entities, and persons beside a position; a span
counts as found if it overlaps. factRuEval-2016 devset (Russian): a Meeting counts if two of its participants are found
in one meeting, an Occupation if its holder is found with an office; "public" are those whose position is an office of
the Russian pack, and the precision beside them counts all holders found, so it is a lower bound.
The texts are measured on and never become part of the project.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg import seeds
from kg.article import Article
from kg.extract.meetings import meetings
from kg.extract.people import tenures
from kg.normal import fold
from kg.text.doc import Doc, parse
from kg.text.lexicon import phrases
from kg.text.tokens import tokens

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


def read(text: str, language: str) -> Doc:
    """A text as an article in a known language."""
    return parse(Article(source="outside", headline=text.partition("\n")[0], text=text, language=language))


def report(name: str, right: int, found: int, true: int) -> None:
    """Print precision, recall and F1."""
    precision, recall = right / max(found, 1), right / max(true, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    print(f"{name:34} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  ({right} of {true})")


def measure_kaznerd(sentences: Sequence[Sentence]) -> None:
    """Sums, states and persons."""
    names = {
        fold(item.text) for item in seeds.names() if (item.kind, item.language, item.form) == ("state", "kk", "name")
    }
    tally = dict.fromkeys(("sums", "sums found", "sums true", "states", "states true", "persons", "persons true"), 0)
    for sentence in sentences:
        doc = read(sentence.text, "kk")
        sums = [doc.span(item.i, item.j) for item in doc.money]
        states = [doc.span(tag.i, tag.j) for tag in doc.tags.get("state", {}).values()]
        people = [doc.span(person.i, person.j) for person in doc.persons]
        true = sentence.spans.get("MONEY", [])
        tally["sums true"] += len(true)
        tally["sums found"] += len(sums)
        tally["sums"] += sum(overlaps(span, sums) for span in true)
        for span in sentence.spans.get("GPE", []):
            if fold(sentence.text[slice(*span)]).startswith(tuple(names)):
                tally["states true"] += 1
                tally["states"] += overlaps(span, states)
        for start, end in sentence.spans.get("PERSON", []):
            if overlaps((start - 2, end + 2), sentence.spans.get("POSITION", [])):
                tally["persons true"] += 1
                tally["persons"] += overlaps((start, end), people)
    report("KazNERD MONEY", tally["sums"], tally["sums found"], tally["sums true"])
    print(f"KazNERD states among GPE: recall {tally['states'] / tally['states true']:.3f}")
    print(f"KazNERD PERSON beside POSITION: recall {tally['persons'] / tally['persons true']:.3f}")


def facts(path: Path) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """The facts of one factRuEval file: kind, and the printed names of each role."""
    for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
        lines = block.splitlines()
        roles: dict[str, list[str]] = {}
        for line in lines[1:]:
            role, _, rest = line.partition(" ")
            roles.setdefault(role, []).append(re.sub(r"\b(obj|span)\d+ ", "", rest))
        if lines:
            yield lines[0].split()[-1], roles


def is_named(who: str, printed: str) -> bool:
    """Whether an inflected name can be that of somebody: some word of four letters and more begins alike."""
    stems = [fold(word)[:-1] for word in re.findall(r"\w{4,}", who)]
    return any(fold(word).startswith(stem) for word in re.findall(r"\w{4,}", printed) for stem in stems)


def measure_factrueval(folder: Path) -> None:
    """Meetings and occupations."""
    offices = phrases("ru")
    right = found = true = public = public_right = met = met_true = met_found = 0
    for path in sorted(folder.glob("*.facts")):
        doc = read(path.with_suffix(".txt").read_text(encoding="utf-8"), "ru")
        printed = {item.id: doc.article.text[slice(*doc.span(item.i, item.j))] for item in doc.persons}
        holders = {fact.member for fact in tenures(doc)}
        meetings_here = [[printed[p] for p in fact.participant if p in printed] for fact in meetings(doc)]
        met_found += sum(len(here) > 1 for here in meetings_here)  # theirs are of persons
        for kind, roles in facts(path):
            if kind == "Meeting":
                met_true += 1
                who = roles.get("Participant", [])
                met += any(sum(any(is_named(one, p) for p in here) for one in who) > 1 for here in meetings_here)
            if kind == "Occupation" and roles.get("Who"):
                who_one = roles["Who"][0]
                hit = any(is_named(who_one, printed[item]) for item in holders)
                true, right = true + 1, right + hit
                if any(tag.kind == "office" for tag in offices.match(tokens(" ".join(roles.get("Position", []))))):
                    public, public_right = public + 1, public_right + hit
        found += len(holders)
    report("factRuEval Occupation, all", right, max(found, right), true)
    report("factRuEval Occupation, public", public_right, max(found, public_right), public)
    report("factRuEval Meeting", met, met_found, met_true)


def main() -> None:
    """Measure what is there."""
    valid, devset = FOLDER / "kaznerd" / "valid.iob2", FOLDER / "factrueval-devset"
    if valid.is_file():
        measure_kaznerd(list(kaznerd(valid)))
    else:
        print(f"skipped: there is no {valid.name} beside the project")
    if devset.is_dir():
        measure_factrueval(devset)
    else:
        print(f"skipped: there is no {devset.name} beside the project")


if __name__ == "__main__":
    main()
