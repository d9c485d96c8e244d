"""What gives no fact is told with its reason, and what gives one is not."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.extract.abstained import abstentions
from kg.read.text import article
from kg.text.doc import parse

TRADE = "Trade between Norway and Chile reached 2 billion dollars in 2023."
CASES = {
    "The repair of the bridge cost 3 million dollars last year.": ("figure", "no word for a flow"),
    "Exports brought the country 3 billion dollars.": ("figure", "parties are not clear"),
    "Armenia would like to meet with France.": ("meeting", "hoped for"),
    "The meeting was long and took place in the morning.": ("meeting", "which two sides"),
    "A memorandum lay on the table of the Norwegian minister.": ("agreement", "no word of signing"),
}


def silent(body: str) -> list[tuple[str, str]]:
    doc = parse(article(f"News of the day\n{body}".encode(), source="text"))
    return [(item.candidate, item.reason) for item in abstentions(doc, extract(doc).facts)]


@pytest.mark.parametrize("text", CASES)
def test_a_candidate_without_a_fact_is_told_with_its_reason(text: str) -> None:
    candidate, reason = CASES[text]
    assert any(name == candidate and reason in why for name, why in silent(text)), silent(text)


def test_a_figure_that_became_a_fact_is_not_listed() -> None:
    assert not [name for name, _ in silent(TRADE) if name == "figure"]


def test_the_words_are_those_of_the_text() -> None:
    doc = parse(article(b"News of the day\nThe repair of the bridge cost 3 million dollars last year.", source="text"))
    [only] = [item for item in abstentions(doc, extract(doc).facts) if item.candidate == "figure"]
    assert doc.article.text[only.start : only.end] == "3 million dollars"
