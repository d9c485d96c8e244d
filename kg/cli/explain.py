"""``kg explain``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from kg.article import Extraction, Mention
from kg.build import extraction_of
from kg.cli.record import record
from kg.cli.tables import cell
from kg.cli.terminal import Sources, complain, out, show
from kg.errors import SourceError
from kg.extract.abstained import Abstention, abstentions
from kg.facts import Evidence, Statement
from kg.lang import tags
from kg.read import items
from kg.text.doc import parse

_COLOURS = {
    "state": "green",
    "person": "cyan",
    "organization": "magenta",
    "place": "yellow",
    "office": "blue",
    "money": "red",
    "date": "bright_black",
}
_QUOTED, _STATED = "italic", "underline"
_CONTEXT = 60
"""How many characters of a long text are shown at either end."""


def command(sources: Sources) -> int:
    """Show an article with all that was read in it, and by which rule.

    Mentions are coloured by kind and what states a fact is underlined; into a file or a pipe, mentions stand in
    brackets with what they mean. Below the text comes each fact with its rule and evidence, then each figure, quotation
    and word for an event that gave no fact, with the reason. Nothing is stored.

    Exit code: 0 all read, 1 some could not be read.

    \b
    Examples:
      kg explain article.txt
      kg explain article.txt | less
    """
    failed = False
    for item in items(sources):
        try:
            if isinstance(item, SourceError):
                raise item
            extraction = extraction_of(item)
            silent = abstentions(parse(extraction.article), extraction.facts)
            show(explanation(extraction, silent, coloured=out.is_terminal))
        except SourceError as error:
            complain(error)
            failed = True
    return int(failed)


def explanation(extraction: Extraction, silent: Sequence[Abstention] = (), *, coloured: bool) -> RenderableType:
    """An article, its facts, and what looked like a fact and gave none, for the eye."""
    article = extraction.article
    told = [article.source, article.language or f"language unknown (there are {', '.join(tags())})"]
    told += [str(value) for value in (article.published, article.publisher, article.dateline) if value]
    parts: list[RenderableType] = [Text(" · ".join(told), style="bold"), Text()]
    if coloured:
        legend = (Text(kind, style=colour) for kind, colour in _COLOURS.items())
        marks = (*legend, Text("quotation", _QUOTED), Text("fact", _STATED))
        parts += [_coloured(extraction), Text(), Text("  ").join(marks)]
    else:
        parts += [_bracketed(article.text, extraction.mentions)]
    parts += [Text(), Text(f"{len(extraction.facts)} facts", style="bold")]
    for fact, line in zip(extraction.facts, _lines(extraction), strict=True):
        parts += [line, *(Padding(_place(article.text, place), (0, 0, 0, 4), expand=False) for place in fact.evidence)]
    parts += [Text(), Text(f"{len(silent)} without a fact", style="bold")]
    parts += [_abstention(article.text, item) for item in silent]
    return Group(*parts, Text())


def _coloured(extraction: Extraction) -> Text:
    text = Text(extraction.article.text)
    for fact in extraction.facts:
        for place in fact.evidence:
            text.stylize(_QUOTED if isinstance(fact, Statement) else _STATED, place.start, place.end)
    for mention in extraction.mentions:
        text.stylize(_COLOURS.get(mention.kind, "bold"), mention.start, mention.end)
    return text


def _bracketed(text: str, mentions: Sequence[Mention]) -> Text:
    """The text with each outermost mention in brackets: ``[Бишкек place/bishkek]``."""
    meanings: dict[tuple[int, int], list[str]] = {}
    for mention in mentions:
        meaning = mention.id or f"{mention.kind} {cell(mention.value)}".strip()
        meanings.setdefault((mention.start, mention.end), []).append(meaning)
    marked, position = [], 0
    for start, end in sorted(meanings, key=lambda span: (span[0], -span[1])):
        if start >= position:
            marked += [text[position:start], f"[{text[start:end]} {'+'.join(meanings[start, end])}]"]
            position = end
    return Text("".join([*marked, text[position:]]))


def _lines(extraction: Extraction) -> Iterator[Text]:
    """Each fact's class and fields, in one line."""
    facts = record(extraction)["facts"]
    for told in facts if isinstance(facts, list) else ():
        fields = told if isinstance(told, dict) else {}
        line = Text(f"  {fields['class']}", style="bold")
        for name, value in fields.items():
            if name not in {"class", "id", "evidence"}:
                values = value if isinstance(value, list) else [value]
                line.append(f"  {name} ", style="not bold bright_black")
                line.append(_short("+".join(map(cell, values))), style="not bold")
        yield line


def _place(text: str, place: Evidence) -> Text:
    """A piece of evidence: where it stands, by which rule, and the words."""
    words = _short(" ".join(text[place.start : place.end].split()))
    said = [value for value in (place.qualifier, place.speaker and f"said by {place.speaker}") if value]
    line = Text(f"{place.start}-{place.end} ", style="bright_black")
    line.append(f"{place.rule} ", style="blue")
    return line.append(f"({', '.join(said)}) " if said else "", style="default").append(f"“{words}”", style="default")


def _abstention(text: str, item: Abstention) -> Text:
    """Something that gave no fact: what and where it is, why, and the words."""
    line = Text(f"  {item.candidate} ", style="bold").append(f"{item.start}-{item.end} ", style="not bold bright_black")
    words = _short(" ".join(text[item.start : item.end].split()))
    return line.append(f"{item.reason} ", style="not bold blue").append(f"“{words}”", style="not bold default")


def _short(words: str) -> str:
    return words if len(words) <= 2 * _CONTEXT else f"{words[:_CONTEXT]} … {words[-_CONTEXT:]}"
