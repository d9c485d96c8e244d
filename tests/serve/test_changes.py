"""A server that may be written to: only with the token, from a child process, and served without a pause."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kg.paths import SEEDS
from kg.serve.app import Options, application
from kg.serve.limits import Limits
from kg.serve.publisher import Publisher
from kg.serve.site import Site
from tests.serve.serving import Running

TOKEN = "a-token-for-tests-only"  # noqa: S105
ALLOWED = {"authorization": f"Bearer {TOKEN}"}
COUNT = "SELECT (COUNT(*) AS ?n) { ?a a <https://w3id.org/elchi/ontology#Article> }"
UPDATE = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"


@pytest.fixture(scope="module")
def writable(store_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server with a store of its own that takes changes."""
    folder = tmp_path_factory.mktemp("writable")
    shutil.copytree(store_folder, folder / "store")
    limits = Limits(workers=1, time_s=10)
    publisher = Publisher(folder / "store", folder)
    publisher.first(folder / "first")
    site = Site(folder / "first", limits, publisher)
    with Running(application(site, Options(limits=limits, token=TOKEN))) as client:
        yield client


def number(client: httpx.Client) -> int:
    return int(client.get("/sparql", params={"query": COUNT}).json()["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize("given", [None, "Bearer wrong", f"Basic {TOKEN}", TOKEN, "Bearer"])
def test_nothing_changes_without_the_token(writable: httpx.Client, given: str | None) -> None:
    headers = {"authorization": given} if given else {}
    for answer in (
        writable.post("/sparql", data={"update": UPDATE}, headers=headers),
        writable.post("/api/articles", content="x", headers=headers),
        writable.delete("/api/article/0123456789abcdef", headers=headers),
    ):
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
    ask = writable.get("/sparql", params={"query": "ASK { <urn:a> ?p ?o }"})
    assert ask.json()["boolean"] is False


def test_an_update_is_served_when_it_is_answered(writable: httpx.Client) -> None:
    before = writable.get("/api/status").json()["snapshot"]
    answer = writable.post("/sparql", data={"update": UPDATE}, headers=ALLOWED)
    assert (answer.status_code, answer.json()["result"]) == (200, "done")
    assert writable.get("/sparql", params={"query": "ASK { <urn:a> <urn:b> <urn:c> }"}).json()["boolean"] is True
    after = writable.get("/api/status").json()
    assert after["snapshot"] == answer.json()["snapshot"] != before
    assert after["writable"] is True


WRONG = (
    "LOAD <http://127.0.0.1:1/x>", "INSERT { ?s ?p ?o } WHERE { SERVICE <urn:x> { ?s ?p ?o } }", "SELECT * {}",
    "INSERT DATA " + "{" * 3000,
)


@pytest.mark.parametrize("text", WRONG)
def test_an_update_that_is_wrong_or_reaches_out_changes_nothing(writable: httpx.Client, text: str) -> None:
    before = writable.get("/api/status").json()["snapshot"]
    answer = writable.post("/sparql", data={"update": text}, headers=ALLOWED)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert writable.get("/api/status").json()["snapshot"] == before


@pytest.mark.slow
def test_an_article_is_put_in_and_taken_out(writable: httpx.Client) -> None:
    before = number(writable)
    text = next((SEEDS / "articles" / "ru").glob("*.txt")).read_text(encoding="utf-8")
    put = writable.post("/api/articles", params={"name": "report.txt"}, content=text.encode(), headers=ALLOWED)
    assert put.status_code == 201, put.text
    assert number(writable) == before + 1
    article = writable.get(f"/api/{put.json()['article']}").json()
    assert article["source"] == "report.txt"
    taken = writable.delete(f"/api/{put.json()['article']}", headers=ALLOWED)
    assert taken.status_code == 200
    assert number(writable) == before
    assert writable.delete(f"/api/{put.json()['article']}", headers=ALLOWED).status_code == 400


@pytest.mark.parametrize("name", ["../x.txt", "x.exe", ".txt", "a/b.txt", "", "x" * 200 + ".txt"])
def test_a_name_that_is_no_file_name_is_refused(writable: httpx.Client, name: str) -> None:
    answer = writable.post("/api/articles", params={"name": name}, content="2025-08-22 T\nText.", headers=ALLOWED)
    assert answer.status_code == 400


def test_an_empty_article_is_refused(writable: httpx.Client) -> None:
    assert writable.post("/api/articles", content="", headers=ALLOWED).status_code == 400
    assert writable.post("/api/articles", content=b"\xff\xfe", headers=ALLOWED).status_code == 400
