"""Random requests: whatever comes, the answer is clean, the server lives, and it calls nobody."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

COUNT = int(os.environ.get("KG_FUZZ", "40"))
"""Requests of each kind; the measure of a release is KG_FUZZ=5000."""

CLEAN = {200, 304, 400, 404, 405, 406, 413, 415, 503}
CALM = settings(max_examples=COUNT, deadline=None, suppress_health_check=list(HealthCheck))

TERMS = st.sampled_from([
    "?s", "?p", "?o", "kg:party", "a", "<urn:x>", '"x"@en', "1", "2.5e3", "true", "[]", "()", "_:b", "<< ?s ?p ?o >>",
    "^kg:of", "kg:of*", "!(a|^a)", "(kg:of/kg:of)+", "?", "$x", "'''l\n'''", "\\u0041", "\ud7ff", "Қ", "#",
])
WORDS = st.sampled_from([
    "SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "*", "WHERE", "{", "}", "(", ")", "[", "]", "FILTER", "OPTIONAL", "UNION",
    "MINUS", "GRAPH", "BIND", "VALUES", "UNDEF", "SERVICE", "SILENT", "LOAD", "INSERT", "DROP", "GROUP BY", "ORDER BY",
    "LIMIT 5", "OFFSET 99999999999999999999",
    "COUNT(*)", "AS", "EXISTS", "NOT", "REGEX(", "REPLACE(", "'(a+)+$'", ",",
    ".", ";", "&&", "||", "=", "<", "PREFIX x: <http://127.0.0.1:{port}/>", "x:y", "<http://127.0.0.1:{port}/>",
    "LATERAL",
])
QUERIES = st.one_of(
    st.lists(st.one_of(WORDS, TERMS), max_size=40).map(" ".join),
    st.lists(st.one_of(TERMS, TERMS, TERMS, st.just("."), st.just("OPTIONAL {"), st.just("}")), max_size=24)
    .map(lambda parts: "SELECT * WHERE { " + " ".join(parts) + " } LIMIT 3"),
    st.text(max_size=200),
)
VALUES = st.one_of(
    st.sampled_from([
        "state/KZ", "person/kassym-jomart-tokayev", "e1", "e99999999999999999999", "2025-01-01", "Meeting", "-1", "0",
        "300", "1e9", "nan", "property", "kg:Meeting", "uz", "article/x", "urn:x", "../x", "\x00", "%",
    ]),
    st.text(max_size=30),
)


@pytest.fixture(scope="module")
def trap() -> Iterator[tuple[int, list[object]]]:
    """A port of this machine that nobody should come to."""
    came: list[object] = []

    def accept(server: socket.socket) -> None:
        while True:
            try:
                came.append(server.accept()[1])
            except OSError:
                return

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=accept, args=(server,), daemon=True).start()
        yield server.getsockname()[1], came


def clean(response: httpx.Response) -> None:
    """A known status; an error with its sentence, and of the server's own only a 503 that says when to come again."""
    assert response.status_code in CLEAN, (response.status_code, response.text[:200])
    if response.status_code >= 400:
        assert response.headers["content-type"] == "application/problem+json"
        assert response.json()["status"] == response.status_code
    if response.status_code == 503:
        assert response.headers["retry-after"]


ACCEPTS = st.sampled_from(["*/*", "text/csv", "text/turtle", "image/png", "application/xml;q=0.1", ";q=x"])


@CALM
@given(text=QUERIES, accept=ACCEPTS)
def test_every_query_has_a_clean_answer(
    brisk: httpx.Client, trap: tuple[int, list[object]], text: str, accept: str
) -> None:
    port, came = trap
    body = text.replace("{port}", str(port)).encode("utf-8", "surrogatepass")
    headers = {"accept": accept, "content-type": "application/sparql-query"}
    clean(brisk.post("/sparql", content=body, headers=headers))
    assert came == []


@CALM
@given(data=st.data())
def test_every_request_that_is_described_has_a_clean_answer(brisk: httpx.Client, data: st.DataObject) -> None:
    paths: dict[str, Any] = _described(brisk)["paths"]
    path = data.draw(st.sampled_from(sorted(path for path, methods in paths.items() if "get" in methods)))
    params: list[tuple[str, str]] = []
    for each in paths[path]["get"]["parameters"]:
        if each["in"] == "path":
            path = path.replace("{id}", quote(data.draw(VALUES).encode("utf-8", "replace"), safe="/"))
        elif data.draw(st.booleans()):
            params += [(each["name"], value.encode("utf-8", "replace").decode())
                       for value in data.draw(st.lists(VALUES, min_size=1, max_size=2))]
    response = brisk.get(path, params=params)
    clean(response)
    assert "ended the process" not in response.text  # only a query can be too deep; here it would be a mistake of ours


_KNOWN: dict[str, Any] = {}


def _described(client: httpx.Client) -> dict[str, Any]:
    """The description of the interface, asked once."""
    if not _KNOWN:
        _KNOWN.update(json.loads(client.get("/api/openapi.json").text))
    return _KNOWN


@pytest.mark.slow
def test_schemathesis_finds_no_failure(client: httpx.Client) -> None:
    schemathesis = pytest.importorskip("schemathesis")
    schema = schemathesis.openapi.from_dict(client.get("/api/openapi.json").json())
    schema.config.base_url = str(client.base_url)
    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(max_examples=COUNT, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def run(case: Any) -> None:
            content = case.body if isinstance(case.body, str | bytes) else None
            clean(client.request(case.method, case.formatted_path, params=case.query, content=content))

        run()
