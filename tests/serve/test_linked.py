"""Linked data: every IRI of the base answers, to people with a page and to machines with triples."""

from __future__ import annotations

import httpx
import pyoxigraph
import pytest
from pyoxigraph import NamedNode, RdfFormat

KZ = "https://w3id.org/elchi/id/state/KZ"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
VOID = "http://rdfs.org/ns/void#"


def triples(response: httpx.Response, format_: RdfFormat = RdfFormat.TURTLE) -> list[pyoxigraph.Quad]:
    assert response.status_code == 200, response.text
    return list(pyoxigraph.parse(response.content, format=format_, base_iri="http://localhost/"))


def test_a_browser_gets_a_page_and_a_program_gets_triples(client: httpx.Client) -> None:
    page = client.get("/id/state/KZ", headers={"accept": BROWSER})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<h1>Kazakhstan</h1>" in page.text
    data = client.get("/id/state/KZ", headers={"accept": "text/turtle"})
    assert {quad.subject for quad in triples(data)} == {NamedNode(KZ)}
    assert client.get("/id/state/KZ").headers["content-type"] == "text/turtle; charset=utf-8"


def test_the_page_is_in_the_language_that_is_asked_for(client: httpx.Client) -> None:
    page = client.get("/id/state/KZ", params={"lang": "kk"}, headers={"accept": BROWSER})
    assert "<h1>Қазақстан</h1>" in page.text
    assert '<html lang="kk">' in page.text


@pytest.mark.parametrize(("suffix", "media"), [
    ("ttl", "text/turtle"), ("nt", "application/n-triples"), ("jsonld", "application/ld+json"),
    ("rdf", "application/rdf+xml"), ("html", "text/html"),
])
def test_a_suffix_chooses_the_format(client: httpx.Client, suffix: str, media: str) -> None:
    response = client.get(f"/id/state/KZ.{suffix}", headers={"accept": "image/png"})
    assert (response.status_code, response.headers["content-type"].partition(";")[0]) == (200, media)


def test_an_answer_names_its_other_forms(client: httpx.Client) -> None:
    headers = client.get("/id/state/KZ").headers
    assert "accept" in headers["vary"].lower()
    assert f'<{KZ}>; rel="canonical"' in headers["link"]
    assert '</id/state/KZ.ttl>; rel="alternate"; type="text/turtle"' in headers["link"]


def test_every_iri_of_the_base_answers(client: httpx.Client) -> None:
    text = ('SELECT DISTINCT ?s { ?s a ?c FILTER(STRSTARTS(STR(?s), "https://w3id.org/elchi/id/")) '
            "FILTER(?c != <http://www.w3.org/ns/oa#Annotation>) } ORDER BY MD5(STR(?s)) LIMIT 60")
    rows = client.get("/sparql", params={"query": text}).json()["results"]["bindings"]
    assert len(rows) == 60
    for row in rows:
        path = row["s"]["value"].removeprefix("https://w3id.org/elchi").replace("#", "%23")
        assert client.get(path).status_code == 200, path
        assert client.get(path, headers={"accept": BROWSER}).status_code == 200, path


def test_the_page_of_a_fact_shows_the_words_that_state_it(client: httpx.Client) -> None:
    fact = client.get("/api/facts", params={"id": "state/KZ", "limit": 1}).json()["facts"][0]
    page = client.get(f"/id/{fact['id']}", headers={"accept": BROWSER}).text
    assert "<mark>" in page
    assert "/id/article/" in page


def test_an_article_is_all_that_it_says(client: httpx.Client) -> None:
    rows = client.get("/api/articles").json()["rows"]
    article = next(row["article"] for row in rows if "kazinform" in row["source"]).partition("/id/")[2]
    assert len({quad.subject for quad in triples(client.get(f"/id/{article}.ttl"))}) > 5


def test_the_endpoint_describes_itself(client: httpx.Client) -> None:
    found = triples(client.get("/sparql", headers={"accept": "text/turtle"}))
    services = {quad.object.value for quad in found if quad.predicate.value.endswith("#supportedLanguage")}
    assert services == {"http://www.w3.org/ns/sparql-service-description#SPARQL11Query"}
    assert client.post("/sparql", data={"x": "y"}).status_code == 400


def test_void_counts_what_is_there(client: httpx.Client) -> None:
    found = triples(client.get("/.well-known/void", headers={"accept": BROWSER}))
    told = {quad.object.value for quad in found
            if quad.predicate == NamedNode(VOID + "triples") and quad.subject.value.endswith("#dataset")}
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    counted = client.get("/sparql", params={"query": query}).json()["results"]["bindings"][0]["n"]["value"]
    assert told == {counted}
    classes = {quad.object.value for quad in found if quad.predicate == NamedNode(VOID + "class")}
    assert "https://w3id.org/elchi/ontology#Meeting" in classes


def test_every_named_question_is_an_executable_example(client: httpx.Client) -> None:
    found = triples(client.get("/.well-known/sparql-examples", headers={"accept": "text/turtle"}))
    texts = [quad.object.value for quad in found if quad.predicate == NamedNode("http://www.w3.org/ns/shacl#select")]
    assert len(texts) == len(client.get("/api/queries").json())
    assert all(client.get("/sparql", params={"query": text}).status_code == 200 for text in texts[:5])
