"""Texts that crash, hang or reach out: each gets a clean answer, and the next request is answered at once."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

import kg
from kg.serve.app import Options, application
from kg.serve.limits import Limits
from kg.serve.site import Site
from kg.serve.snapshot import publish
from tests.serve.serving import TIME_S, Running

BUSY = (os.getloadavg()[0] if hasattr(os, "getloadavg") else 0) > 0.8 * (os.cpu_count() or 1)
NEXT_S = 2.0 if BUSY else 0.1
"""Where other programs take the processors, a tenth of a second says nothing of this one."""

REFUSED = {
    "braces": "SELECT * " + "{" * 5000 + "?s ?p ?o" + "}" * 5000,
    "parentheses": "ASK { FILTER(" + "(" * 5000 + "1" + ")" * 5000 + ") }",
    "brackets": "ASK { " + "[ <a:p> " * 5000 + "1" + "]" * 5000 + " }",
    "collections": "ASK { ?s ?p " + "(" * 5000 + ")" * 5000 + " }",
    "long": "ASK { ?s ?p '" + "x" * 200_000 + "' }",
    "service": "SELECT * { SERVICE <http://127.0.0.1:{port}/> { ?s ?p ?o } }",
    "silent service": "SELECT * { service silent <http://127.0.0.1:{port}/> { ?s ?p ?o } }",
    "service in a variable": "SELECT * { BIND(<http://127.0.0.1:{port}/> AS ?u) SERVICE ?u { ?s ?p ?o } }",
    "service by a prefix": "PREFIX x: <http://127.0.0.1:{port}/> SELECT * { SERVICE x:y { ?s ?p ?o } }",
    "service after a comment": 'SELECT * { #"\nSERVICE#"\n<http://127.0.0.1:{port}/> {} }',
    "service after a number": "SELECT * { ?a ?b 1.SERVICE<http://127.0.0.1:{port}/>{} }",
    "load": "LOAD <http://127.0.0.1:{port}/>",
}
SLOW = {
    "runaway": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "optimiser": "SELECT * { ?s ?p (" + " 1" * 1000 + ") }",
    "sorting": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (!<a:b>)*/(!<a:b>)*/(!<a:b>)* ?c }",
}


@pytest.fixture
def listener() -> Iterator[tuple[int, list[str]]]:
    """A port of this machine, and who came to it."""
    came: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        def accept() -> None:
            while True:
                try:
                    connection, address = server.accept()
                except OSError:
                    return
                came.append(str(address))
                connection.close()

        threading.Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1], came


def next_is_quick(client: httpx.Client) -> None:
    started = time.perf_counter()
    assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True
    assert time.perf_counter() - started < NEXT_S


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_refused_before_the_store_sees_it(
    brisk: httpx.Client, listener: tuple[int, list[str]], name: str
) -> None:
    port, came = listener
    text = REFUSED[name].replace("{port}", str(port))
    response = brisk.post("/sparql", data={"query": text})
    assert (response.status_code, response.headers["content-type"]) == (400, "application/problem+json")
    next_is_quick(brisk)
    assert came == []


@pytest.mark.parametrize("name", SLOW)
def test_what_takes_too_long_is_ended(brisk: httpx.Client, name: str) -> None:
    started = time.perf_counter()
    response = brisk.post("/sparql", data={"query": SLOW[name]})
    assert (response.status_code, response.headers["content-type"]) == (503, "application/problem+json")
    assert int(response.headers["retry-after"]) > 0
    assert time.perf_counter() - started < TIME_S + 0.7
    next_is_quick(brisk)


FALLS = {  # flat, so that no limit of depth sees them; each ends the process that parses or plans it
    "sum": "ASK { FILTER(" + "1+" * 49_000 + "1 = 1) }",
    "and": "ASK { FILTER(" + "true&&" * 16_000 + "true) }",
    "not": "ASK { FILTER(" + "!" * 90_000 + "true) }",
    "path": "ASK { ?s " + "a/" * 49_000 + "a ?o }",
    "union": "ASK { {}" + " UNION{}" * 12_000 + " }",
}


@pytest.mark.parametrize("name", FALLS)
def test_a_query_that_fells_its_worker_costs_only_its_own_request(client: httpx.Client, name: str) -> None:
    response = client.post("/sparql", data={"query": FALLS[name]})
    assert response.status_code in {200, 400, 503}  # a later parser may be stronger
    if response.status_code == 503:
        assert "ended the process" in response.json()["detail"]
    next_is_quick(client)


def test_many_slow_queries_at_once_are_answered_with_a_time(brisk: httpx.Client) -> None:
    with ThreadPoolExecutor(24) as threads:
        sent = [threads.submit(brisk.post, "/sparql", data={"query": SLOW["runaway"]}) for _ in range(24)]
        answers = [each.result() for each in sent]
    assert {answer.status_code for answer in answers} == {503}
    assert all("retry-after" in answer.headers for answer in answers)
    time.sleep(0.3)
    next_is_quick(brisk)


def test_an_answer_that_is_too_large_is_an_error_and_not_a_part(brisk: httpx.Client) -> None:
    response = brisk.get("/sparql", params={"query": "SELECT (1 AS ?x) { ?s ?p ?o . ?s ?q ?r }", "format": "tsv"})
    assert response.status_code == 400
    assert "LIMIT" in response.json()["detail"]


def test_a_long_answer_that_breaks_off_does_not_look_whole(snapshot_folder: Path, limits: Limits) -> None:
    few = replace(limits, rows=0, answer_mb=2)
    with Running(application(Site(snapshot_folder, few), Options(limits=few))) as client:
        with pytest.raises(httpx.HTTPError):
            client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"}, headers={"accept-encoding": "identity"})
        next_is_quick(client)


def test_requests_that_are_too_large_are_refused(brisk: httpx.Client) -> None:
    text = "ASK {} #" + "x" * 400_000
    response = brisk.post("/sparql", content=text, headers={"content-type": "application/sparql-query"})
    assert response.status_code == 413
    assert brisk.post("/sparql", data={"a" * 5: "1", **{f"p{n}": "" for n in range(1500)}}).status_code == 400


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost:80@evil", "a b", "", "[::1"])
def test_a_request_for_another_host_is_refused(client: httpx.Client, host: str) -> None:
    assert client.get("/api/status", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("path", ["/assets/../pyproject.toml", "/assets/%2e%2e/app.py", "/id/../../etc/passwd",
                                  "/id/%00", "/id/a%0d%0aset-cookie:x", "/api/entity/%ff", "/api/article/../../x",
                                  "/id/javascript:alert(1)", "/api/query/..%2f..%2fREADME"])
def test_no_path_leads_out(client: httpx.Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code in {400, 404}
    assert "set-cookie" not in response.headers


def test_every_answer_has_the_headers_that_keep_a_page_to_itself(client: httpx.Client) -> None:
    for path in ("/", "/sparql?query=ASK+{}", "/api/status", "/nothing", "/id/state/KZ", "/plain.css"):
        headers = client.get(path, headers={"accept": "text/html,*/*;q=0.1"}).headers
        assert headers["content-security-policy"].startswith("default-src 'self'"), path
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff", path


NASTY = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", '"><svg onload=alert(1)>', "javascript:alert(1)",
    "{{ 7 * 7 }}", "</title><script>alert(1)</script>", "' onmouseover='alert(1)", "&lt;b&gt;", "\u202egnp.exe",
)


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory, limits: Limits) -> Iterator[httpx.Client]:
    """A server whose articles and names are markup."""
    folder = tmp_path_factory.mktemp("nasty")
    for number, text in enumerate(NASTY):
        (folder / f"{number}.txt").write_text(
            f"date 2025-08-22 {text} {number}\nASTANA. {text} President of Kazakhstan Kassym-Jomart Tokayev met "
            f"President of Kyrgyzstan Sadyr Japarov. {text}\n", encoding="utf-8")
    _fill(folder)
    publish(folder / "store", folder / "snapshot")
    with Running(application(Site(folder / "snapshot", limits), Options(limits=limits))) as client:
        yield client


def _fill(folder: Path) -> None:
    update = " ".join(
        f'<https://w3id.org/elchi/id/person/nasty-{number}> a <https://w3id.org/elchi/ontology#Person> ; '
        f"<http://www.w3.org/2004/02/skos/core#prefLabel> {_literal(text)} ; "
        "<http://www.w3.org/2004/02/skos/core#exactMatch> <javascript:alert(1)> ."
        for number, text in enumerate(NASTY))
    with kg.open(folder / "store") as store:
        kg.build([str(folder)], store)
        store.inner.update(f"INSERT DATA {{ {update} }}")


def _literal(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"@en'


def test_nothing_from_an_article_or_a_name_becomes_markup(nasty: httpx.Client) -> None:
    articles = nasty.get("/api/articles").json()["rows"]
    paths = [f"/id/person/nasty-{number}" for number in range(len(NASTY))]
    paths += ["/id/" + row["article"].partition("/id/")[2] for row in articles]
    assert len(paths) == 2 * len(NASTY)
    for path in paths:
        page = nasty.get(path, headers={"accept": "text/html"})
        assert page.status_code == 200
        assert page.headers["content-type"].startswith("text/html")
        for bad in ("<script", "<img", "<svg", "onerror=alert(1)>", 'href="javascript:', "onmouseover='", ">49<"):
            assert bad not in page.text, path


def test_markup_in_names_is_only_ever_sent_as_data(nasty: httpx.Client) -> None:
    for text in NASTY:
        response = nasty.get("/api/search", params={"q": text})
        assert response.headers["content-type"] == "application/json"
    table = nasty.get("/sparql", params={"query": "SELECT ?n { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?n }",
                                         "format": "csv"})
    assert table.headers["content-type"].startswith("text/csv")
