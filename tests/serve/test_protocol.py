"""The SPARQL 1.1 Protocol, as far as an endpoint that only reads has it (after the W3C's list of protocol tests)."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from kg.serve.app import Options, application
from kg.serve.limits import Limits
from kg.serve.site import Site
from tests.serve.serving import Running

ASK, SELECT = "ASK {}", "SELECT (1 AS ?one) {}"
CONSTRUCT = "CONSTRUCT { <urn:a> <urn:b> <urn:c> } WHERE {}"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
RESULTS = {"application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"}
GRAPHS = {"text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml", "application/trig",
          "application/n-quads"}


def media(response: httpx.Response) -> str:
    return response.headers["content-type"].partition(";")[0]


def query(client: httpx.Client, text: str, **more: Any) -> httpx.Response:
    return client.get("/sparql", params={"query": text, **more})


def test_a_query_comes_by_get(client: httpx.Client) -> None:
    response = query(client, ASK)
    assert (response.status_code, response.json()) == (200, {"head": {}, "boolean": True})


def test_a_query_comes_by_a_form(client: httpx.Client) -> None:
    response = client.post("/sparql", data={"query": ASK})
    assert (response.status_code, response.json()["boolean"]) == (200, True)


@pytest.mark.parametrize("method", ["POST", "QUERY"])
def test_a_query_comes_by_itself(client: httpx.Client, method: str) -> None:
    response = client.request(method, "/sparql", content=ASK, headers={"content-type": f"{DIRECT}; charset=utf-8"})
    assert (response.status_code, response.json()["boolean"]) == (200, True)


@pytest.mark.parametrize("accept", sorted(RESULTS))
@pytest.mark.parametrize("text", [ASK, SELECT])
def test_results_come_in_every_format(client: httpx.Client, text: str, accept: str) -> None:
    response = client.get("/sparql", params={"query": text}, headers={"accept": accept})
    assert (response.status_code, media(response)) == (200, accept)


@pytest.mark.parametrize("accept", sorted(GRAPHS))
@pytest.mark.parametrize("text", [CONSTRUCT, "DESCRIBE <urn:a>"])
def test_graphs_come_in_every_format(client: httpx.Client, text: str, accept: str) -> None:
    response = client.get("/sparql", params={"query": text}, headers={"accept": accept})
    assert (response.status_code, media(response)) == (200, accept)


def test_the_format_with_the_highest_quality_wins(client: httpx.Client) -> None:
    headers = {"accept": "text/csv;q=0.2, application/sparql-results+xml;q=0.9, */*;q=0.1"}
    assert media(client.get("/sparql", params={"query": ASK}, headers=headers)) == "application/sparql-results+xml"


def test_a_format_that_there_is_not_is_not_acceptable(client: httpx.Client) -> None:
    response = client.get("/sparql", params={"query": ASK}, headers={"accept": "image/png"})
    assert (response.status_code, media(response)) == (406, "application/problem+json")


def test_default_graphs_are_those_that_are_named(client: httpx.Client) -> None:
    article = _articles(client)[0]
    text = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    own = _number(query(client, text, **{"default-graph-uri": article}))
    both = _number(query(client, text, **{"default-graph-uri": _articles(client)[:2]}))
    assert 0 < own < both < _number(query(client, text))
    assert _number(query(client, text, **{"default-graph-uri": "urn:no-such-graph"})) == 0


def test_named_graphs_are_those_that_are_named(client: httpx.Client) -> None:
    names = _articles(client)[:2]
    text = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    assert _number(query(client, text, **{"named-graph-uri": names})) == 2
    assert _number(query(client, text)) > 2
    default = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert _number(query(client, default, **{"named-graph-uri": names})) == 0


@pytest.mark.parametrize("where", ["form", "address"])
def test_a_dataset_comes_with_a_post(client: httpx.Client, where: str) -> None:
    article = _articles(client)[0]
    text = "ASK { GRAPH ?g { ?s ?p ?o } FILTER(?g = <" + article + ">) }"
    if where == "form":
        response = client.post("/sparql", data={"query": text, "named-graph-uri": article})
    else:
        address = "/sparql?" + urlencode({"named-graph-uri": article})
        response = client.post(address, content=text, headers={"content-type": DIRECT})
    assert response.json()["boolean"] is True


def test_two_queries_are_a_bad_request(client: httpx.Client) -> None:
    assert client.get("/sparql", params={"query": [ASK, SELECT]}).status_code == 400
    assert client.post("/sparql?" + urlencode({"query": ASK}), data={"query": ASK}).status_code == 400


def test_a_query_in_an_unknown_media_type_is_refused(client: httpx.Client) -> None:
    assert client.post("/sparql", content=ASK, headers={"content-type": "text/plain"}).status_code == 415
    assert client.post("/sparql", content=ASK, headers={"content-type": ""}).status_code == 415
    assert client.post("/sparql", content=urlencode({"query": ASK}), headers={"content-type": ""}).status_code == 415


def test_other_methods_are_not_allowed(client: httpx.Client) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        response = client.request(method, "/sparql", content=ASK)
        assert response.status_code == 405
        assert "POST" in response.headers["allow"]


def test_text_that_is_not_utf8_is_a_bad_request(client: httpx.Client) -> None:
    text = 'ASK { ?s ?p "Тоқаев" }'.encode("utf-16")
    assert client.post("/sparql", content=text, headers={"content-type": DIRECT}).status_code == 400
    assert client.get("/sparql?query=ASK%20%7B%20?s%20?p%20%22%ff%22%7D").status_code == 400
    assert client.post("/sparql", content=b"query=%FF", headers={"content-type": FORM}).status_code == 400


def test_a_mistake_is_told_with_its_line_and_column(client: httpx.Client) -> None:
    response = query(client, "SELECT * {\n ?s ?p ?o .\n FOO }")
    problem = response.json()
    assert (response.status_code, media(response)) == (400, "application/problem+json")
    assert (problem["status"], problem["line"], problem["column"]) == (400, 3, 7)


@pytest.mark.parametrize("text", ["INSERT DATA { <urn:a> <urn:b> <urn:c> }", "DROP ALL", "LOAD <http://127.0.0.1:1/>"])
def test_updates_are_refused_however_they_come(client: httpx.Client, text: str) -> None:
    assert client.post("/sparql", data={"update": text}).status_code == 403
    direct = client.post("/sparql", content=text, headers={"content-type": "application/sparql-update"})
    assert direct.status_code == 403
    assert client.get("/sparql", params={"update": text}).status_code == 400
    assert query(client, text).status_code == 400


def test_an_answer_that_a_client_has_is_not_sent_again(client: httpx.Client) -> None:
    tag = query(client, ASK).headers["etag"]
    again = client.get("/sparql", params={"query": ASK}, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/sparql", params={"query": ASK}, headers={"if-none-match": tag, "accept": "text/csv"})
    assert other.status_code == 200


def test_long_answers_are_compressed_for_those_who_take_it(client: httpx.Client) -> None:
    text = "SELECT * { ?s ?p ?o } LIMIT 500"
    assert query(client, text).headers["content-encoding"] == "gzip"
    plain = client.get("/sparql", params={"query": text}, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert len(plain.json()["results"]["bindings"]) == 500


def test_an_answer_of_many_parts_comes_whole(client: httpx.Client) -> None:
    rows = query(client, "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 40000", format="tsv").text.rstrip("\n").split("\n")
    assert len(rows) == 40_001


def test_other_sites_get_no_permission(client: httpx.Client) -> None:
    response = client.get("/sparql", params={"query": ASK}, headers={"origin": "https://example.org"})
    assert "access-control-allow-origin" not in response.headers


def test_a_graph_is_read_by_its_name(client: httpx.Client) -> None:
    article = _articles(client)[0]
    response = client.get("/store", params={"graph": article}, headers={"accept": "text/turtle"})
    assert (response.status_code, media(response)) == (200, "text/turtle")
    assert "kg:headline" in response.text
    assert client.get("/store?default", headers={"accept": "application/n-triples"}).text.count("\n") > 1000
    assert client.get("/store", params={"graph": "urn:no-such-graph"}).status_code == 404
    assert client.get("/store").status_code == 400
    assert client.get("/store", params={"graph": "not an IRI"}).status_code == 400


def _articles(client: httpx.Client) -> list[str]:
    text = "PREFIX kg: <https://w3id.org/elchi/ontology#> SELECT ?a { ?a a kg:Article } ORDER BY ?a LIMIT 3"
    return [row["a"]["value"] for row in query(client, text).json()["results"]["bindings"]]


def _number(response: httpx.Response) -> int:
    return int(response.json()["results"]["bindings"][0]["n"]["value"])


def test_a_site_that_is_named_may_read_and_no_other(snapshot_folder: Path, limits: Limits) -> None:
    options = Options(origins=["https://desk.example"], limits=limits)
    with Running(application(Site(snapshot_folder, limits), options)) as shared:
        mine = shared.get("/plain.css", headers={"origin": "https://desk.example"}).headers
        other = shared.get("/plain.css", headers={"origin": "https://example.org"}).headers
    assert mine["access-control-allow-origin"] == "https://desk.example"
    assert "access-control-allow-origin" not in other
