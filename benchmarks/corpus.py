"""Articles of any number, made from templates in six languages: names, states, sums and days vary, and a seed decides.

    python benchmarks/corpus.py 20000 articles.jsonl      (streamed: a million needs no more memory than one)

The sentences are made for measuring speed and size, and say nothing about how well real ones are read.
"""

from __future__ import annotations

import json
import random
import sys
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

WORDS = tomllib.loads(Path(__file__).with_name("corpus.toml").read_text(encoding="utf-8"))
SIZE = 3_000  # characters of an article


def articles(number: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """So many articles, as the fields of JSON Lines."""
    choose = random.Random(seed)
    for count in range(number):
        yield article(choose, count)


def article(choose: random.Random, count: int) -> dict[str, str]:
    """One article: a headline, some sentences that state facts, and plain ones up to the size."""
    words = WORDS[choose.choice(sorted(WORDS))]
    a, b = choose.sample(words["states"], 2)
    day = date(2015, 1, 1) + timedelta(days=choose.randrange(3900))
    values = {
        "a": a["name"], "b": b["name"], "a_of": a["of"], "b_of": b["of"], "city": a["city"],
        "leader_a": a["leader"], "leader_b": b["leader"],
        "amount": f"{choose.randint(1, 90)}{words['point']}{choose.randint(1, 9)}",
        "share": str(choose.randint(2, 95)), "year": str(day.year - 1),
    }  # fmt: skip
    stated = [each.format(**values) for each in choose.sample(words["facts"], len(words["facts"]))]
    text = f"{a['city'].upper()}. {' '.join(stated)}"
    while len(text) < SIZE - 200:
        text += "\n" + " ".join(sentence(choose, words, values) for _ in range(4))
    return {
        "title": words["headline"].format(**values),
        "text": text,
        "date": day.isoformat(),
        "url": f"https://news.example/{count}",
    }


def sentence(choose: random.Random, words: dict[str, list[str]], values: dict[str, str]) -> str:
    """A plain sentence with invented words between, so that two articles are as unlike as two real ones."""
    varied = ("who", "does", "what", "where")
    parts = {part: f"{choose.choice(words[part])} {invented(choose, words)}" for part in varied}
    return choose.choice(words["plain"]).format(**parts, share=choose.randint(2, 95), city=values["city"])


def invented(choose: random.Random, words: dict[str, str]) -> str:
    """A word that no language has, of three syllables."""
    return "".join(choose.choices(words["syllables"].split(), k=3))


def main() -> None:
    """Write the articles."""
    with Path(sys.argv[2]).open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(each, ensure_ascii=False) + "\n" for each in articles(int(sys.argv[1])))


if __name__ == "__main__":
    main()
