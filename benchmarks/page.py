"""How long a browser takes to the first picture of a view: `benchmarks/page.py http://127.0.0.1:8000 [300 5000]`.

The page comes from a running `kg serve`; the graph is made here (as many nodes as told, two and a half edges a node,
some hubs) and handed to the page in place of the server's overview, so that what is measured is the page: fetching and
running its scripts, laying out, drawing. Each view is opened five times in a new context, without a cache.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
from pathlib import Path

from playwright.sync_api import Browser, Route, sync_playwright

SWITCHES = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run",
            "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]  # fmt: skip
CHROMIUM = Path("/usr/bin/chromium")
CLASSES = ("State", "Organization", "Person", "Meeting")
KINDS = ("Meeting", "TradeVolume", "Agreement", "Statement", "Relation")
RUNS = 5


def view(nodes: int) -> str:
    """An answer of /api/overview with so many nodes."""
    chance = random.Random(nodes)
    ids = [f"state/N{at}" for at in range(nodes)]
    pairs = {tuple(sorted((chance.choice(ids), ids[int(nodes * chance.random() ** 3)]))) for _ in range(nodes * 5 // 2)}
    degree = dict.fromkeys(ids, 0)
    for one, other in pairs:
        degree[one] += 1
        degree[other] += 1
    answer = {
        "total": nodes,
        "nodes": [{"id": name, "iri": name, "class": CLASSES[at % 4], "label": f"Name {at} of {nodes}", "country": "",
                   "facts": degree[name], "degree": degree[name], "date": ""} for at, name in enumerate(ids)],
        "edges": [{"id": f"e{at}", "from": one, "to": other, "class": KINDS[at % 5], "kind": "", "status": "held",
                   "directed": False, "facts": 1, "fact": "", "earliest": f"20{10 + at % 15}-01-01",
                   "latest": f"20{10 + at % 15}-12-31", "support": 1 + at % 3, "articles": 1, "publishers": [],
                   "languages": [], "conflict": False}
                  for at, (one, other) in enumerate(sorted(pairs)) if one != other],
    }  # fmt: skip
    return json.dumps(answer)


def first_picture(browser: Browser, address: str, body: str) -> float:
    """Milliseconds from the start of the navigation until the first picture with its arrangement was drawn."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()

    def answer(route: Route) -> None:
        route.fulfill(body=body, content_type="application/json")

    page.route("**/api/overview*", answer)
    page.goto(address)
    for _ in range(600):
        marks = page.evaluate("performance.getEntriesByName('elchi-drawn').map((mark) => mark.startTime)")
        if marks:
            context.close()
            return float(marks[0])
        page.wait_for_timeout(50)
    raise TimeoutError("no picture within 30 seconds")


def main() -> None:
    address, *sizes = sys.argv[1:]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=SWITCHES)
        for nodes in map(int, sizes or ["300", "5000"]):
            body = view(nodes)
            times = [first_picture(browser, address, body) for _ in range(RUNS)]
            print(f"{nodes} nodes: median {statistics.median(times):.0f} ms, worst {max(times):.0f} ms")
        browser.close()


if __name__ == "__main__":
    main()
