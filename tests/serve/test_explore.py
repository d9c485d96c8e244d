"""What the explorer is told: names in any script, edges with their support, facts in the words of the articles."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import httpx
import pytest

TOKAYEV, KZ, KG = "person/kassym-jomart-tokayev", "state/KZ", "state/KG"


def get(client: httpx.Client, path: str, **params: Any) -> Any:
    response = client.get(path, params={key.rstrip("_"): value for key, value in params.items()})
    assert response.status_code == 200, response.text
    return response.json()


SPELLINGS = ("Tokayev", "Tokaev", "Тоқаев", "Токаев", "To‘qayev", "TOQAYEV", "toka", "Kasym Tokayev")
ODD = ("", "   ", '"', "' OR 1=1 --", "a* NEAR(b)", "{x}:^y", "%_%", "\x00", "🙂", "a" * 5000)


@pytest.mark.parametrize("name", SPELLINGS)
def test_one_person_is_found_in_every_script(client: httpx.Client, name: str) -> None:
    found = get(client, "/api/search", q=name, limit=5, class_="Person")
    assert found[0]["id"] == TOKAYEV


def test_labels_come_in_the_language_that_is_asked_for(client: httpx.Client) -> None:
    labels = {lang: get(client, "/api/search", q="Tokayev", lang=lang)[0]["label"] for lang in ("en", "kk", "uz", "fr")}
    assert labels == {"en": "Kassym-Jomart Tokayev", "kk": "Қасым-Жомарт Тоқаев", "uz": "Qasim-Jomart Toqayev",
                      "fr": "Kassym-Jomart Tokayev"}


def test_a_state_is_found_by_its_adjective_and_an_article_by_its_headline(client: httpx.Client) -> None:
    assert get(client, "/api/search", q="Kazakh")[0]["id"] == KZ
    title = get(client, "/api/articles")["rows"][0]["title"]
    assert any(found["label"] == title for found in get(client, "/api/search", q=title, class_="Article"))


@pytest.mark.parametrize("text", ODD)
def test_no_text_breaks_the_search(client: httpx.Client, text: str) -> None:
    assert isinstance(get(client, "/api/search", q=text), list)


def test_a_first_view_ties_its_own_nodes(client: httpx.Client) -> None:
    view = get(client, "/api/overview", limit=12)
    ids = {node["id"] for node in view["nodes"]}
    assert len(ids) == 12 < view["total"]
    assert view["edges"]
    assert all({edge["from"], edge["to"]} <= ids for edge in view["edges"])
    assert [node["facts"] for node in view["nodes"]] == sorted((node["facts"] for node in view["nodes"]), reverse=True)


def test_counts_of_neighbours_come_before_the_neighbours(client: httpx.Client) -> None:
    counts = get(client, "/api/neighbours", id=KZ, limit=0)
    assert (counts["nodes"], counts["edges"], counts["more"]) == ([], [], True)
    assert counts["total"] > 0
    pages = [get(client, "/api/neighbours", id=KZ, limit=3, offset=offset) for offset in range(0, counts["total"], 3)]
    ids = [node["id"] for page in pages for node in page["nodes"]]
    assert len(ids) == len(set(ids)) == counts["total"]
    assert [page["more"] for page in pages] == [True] * (len(pages) - 1) + [False]
    everything = get(client, "/api/neighbours", id=KZ, limit=5000)
    assert len(everything["nodes"]) <= 300


def test_filters_leave_only_what_passes(client: httpx.Client) -> None:
    everything = get(client, "/api/neighbours", id=KZ, limit=300)
    meetings = get(client, "/api/neighbours", id=KZ, limit=300, class_="Meeting")
    assert {edge["class"] for edge in meetings["edges"]} == {"Meeting"}
    assert 0 < meetings["total"] < everything["total"]
    late = get(client, "/api/neighbours", id=KZ, limit=300, from_="2025-01-01", undated=0)
    assert all(edge["latest"] >= "2025-01-01" for edge in late["edges"])
    assert 0 < late["total"] < everything["total"]
    english = get(client, "/api/neighbours", id=KZ, limit=300, language="en")
    assert all("en" in edge["languages"] for edge in english["edges"])
    assert get(client, "/api/neighbours", id=KZ, support=50)["total"] == 0
    people = get(client, "/api/neighbours", id=KZ, limit=300, neighbour="Person")
    assert {node["class"] for node in people["nodes"]} == {"Person"}


@pytest.mark.parametrize("wrong", [{"from": "2025-13-01"}, {"from": "soon"}, {"support": "-1"}, {"limit": "x"},
                                   {"limit": ["1", "2"]}, {"offset": "9" * 50}])
def test_a_filter_that_is_none_is_refused(client: httpx.Client, wrong: dict[str, Any]) -> None:
    response = client.get("/api/neighbours", params={"id": KZ, **wrong})
    assert (response.status_code, response.headers["content-type"]) == (400, "application/problem+json")


def test_the_facts_of_an_edge_are_in_the_words_of_the_articles(client: httpx.Client) -> None:
    edges = get(client, "/api/between", ids=[KZ, KG])["edges"]
    trade = next(edge for edge in edges if edge["class"] == "TradeVolume")
    found = get(client, "/api/facts", edge=trade["id"])
    assert found["total"] == trade["facts"]
    for fact in found["facts"]:
        for place in fact["evidence"]:
            article = get(client, f"/api/{place['article']}")
            assert article["text"][place["start"]:place["end"]] == place["exact"]
            assert article["text"].partition(place["exact"])[0].endswith(place["before"])
            assert place["rule"]


def test_between_two_nodes_are_the_facts_of_all_their_edges(client: httpx.Client) -> None:
    edges = get(client, "/api/between", ids=[KZ, KG])["edges"]
    assert get(client, "/api/facts", from_id=KZ, to_id=KG)["total"] == sum(edge["facts"] for edge in edges)


def test_a_person_has_offices_in_time_and_names_in_all_languages(client: httpx.Client) -> None:
    person = get(client, f"/api/entity/{TOKAYEV}", lang="ru")
    assert person["label"] == "Касым-Жомарт Токаев"
    assert {"en", "ru", "kk", "ky", "uz-cyrl", "uz-latn"} <= {name["lang"] for name in person["labels"]}
    offices = [(office["office"], office["of"]["id"], office["start"]) for office in person["offices"]]
    assert ("head_of_state", KZ, "2019-03-20") in offices
    starts = [start for _, _, start in offices if start]
    assert starts == sorted(starts)


def test_an_article_marks_what_it_mentions(client: httpx.Client) -> None:
    articles = get(client, "/api/articles")["rows"]
    seen = 0
    for row in articles[:6]:
        article = get(client, "/api/article/" + row["article"].rpartition("/")[2])
        for mention in article["mentions"]:
            for start, end in mention["spans"]:
                assert article["text"][start:end].strip()
                seen += 1
    assert seen > 10


def test_a_path_joins_its_ends(client: httpx.Client) -> None:
    path = get(client, "/api/path", from_id=TOKAYEV, to_id="state/JP")
    ids = [node["id"] for node in path["nodes"]]
    assert (ids[0], ids[-1], len(ids) - 1) == (TOKAYEV, "state/JP", path["length"])
    ties = [{edge["from"], edge["to"]} for edge in path["edges"]]
    assert all({one, other} in ties for one, other in pairwise(ids))
    nothing = get(client, "/api/path", from_id=TOKAYEV, to_id="state/JP", class_="Relation", kind="alliance")
    assert nothing == {"length": None, "nodes": [], "edges": []}


def test_a_histogram_counts_every_fact_once(client: httpx.Client) -> None:
    line = get(client, "/api/timeline")
    total = sum(each["facts"] for each in line["bins"]) + line["undated"]
    assert total == sum(each["facts"] for each in get(client, "/api/facets")["classes"])
    assert [each["start"] for each in line["bins"]] == sorted(each["start"] for each in line["bins"])


def test_a_pair_has_a_timeline_and_its_trade(client: httpx.Client) -> None:
    pair = get(client, "/api/pair", a=KZ, b=KG)
    dates = [fact["earliest"] for fact in pair["timeline"] if fact["earliest"]]
    assert dates == sorted(dates)
    assert sum(each["facts"] for each in pair["counts"]) == pair["total"] >= len(dates)
    assert get(client, "/api/trade-series", id=KZ)["series"][0]["points"]


def test_every_label_of_the_interface_is_there_in_every_language(client: httpx.Client) -> None:
    english = get(client, "/api/labels")
    for lang in english["languages"]:
        labels = get(client, "/api/labels", lang=lang)
        assert labels["lang"] == lang
        assert {name: set(members) for name, members in labels["lists"].items()} == {
            name: set(members) for name, members in english["lists"].items()}
    assert english["lists"]["meeting"]["bilateral"] == "Bilateral talks"


def test_completion_knows_what_a_class_has(client: httpx.Client) -> None:
    names = {each["name"] for each in get(client, "/api/complete", what="property", class_="kg:Meeting")}
    assert "kg:participant" in names
    assert "kg:amount" not in names
    assert get(client, "/api/complete", what="prefix", q="sk")[0]["prefix"] == "skos"
    assert get(client, "/api/complete", what="class", q="meet")[0]["name"] == "kg:Meeting"
    assert get(client, "/api/complete", what="entity", q="Тоқаев")[0]["name"].endswith(f"{TOKAYEV}>")
    assert client.get("/api/complete", params={"what": "all"}).status_code == 400


def test_a_mistake_in_a_query_is_shown_where_it_is(client: httpx.Client) -> None:
    wrong = client.post("/api/lint", content="SELECT * {\n ?s ?p }").json()
    assert (wrong["errors"][0]["line"], wrong["form"]) == (2, "select")
    assert client.post("/api/lint", content="ASK {}").json() == {"errors": [], "form": "ask"}
    refused = client.post("/api/lint", content="ASK { SERVICE <http://127.0.0.1:1/> {} }").json()
    assert "SERVICE" in refused["errors"][0]["message"]


def test_what_is_not_there_is_not_found(client: httpx.Client) -> None:
    for path in ("/api/entity/state/XX", "/api/article/0000", "/api/neighbours?id=state/XX", "/api/facts?fact=x",
                 "/api/no-such-question", "/nothing"):
        response = client.get(path)
        assert (response.status_code, response.headers["content-type"]) == (404, "application/problem+json"), path


def test_every_named_question_is_an_address(client: httpx.Client) -> None:
    for query in get(client, "/api/queries"):
        params = {each["name"]: each["example"] for each in query["parameters"] if each["required"]}
        rows = get(client, query["route"], **params)
        assert rows["columns"], query["name"]
    table = client.get("/api/trade", params={"party": "KZ", "format": "csv"})
    assert table.headers["content-type"].startswith("text/csv")
    assert all("KZ" in row["parties"] for row in get(client, "/api/trade", party="KZ")["rows"])
    assert client.get("/api/trade", params={"no": "KZ"}).status_code == 400
    assert set(get(client, "/api/query/facts")["rows"][0]) == set(get(client, "/api/query/facts")["columns"])


def test_the_description_has_every_address(client: httpx.Client) -> None:
    paths = set(get(client, "/api/openapi.json")["paths"])
    assert {query["route"] for query in get(client, "/api/queries")} <= paths
    assert {"/sparql", "/api/search", "/api/entity/{id}", "/api/lint"} <= paths


def test_things_and_facts_are_called_by_their_names(client: httpx.Client) -> None:
    meeting = get(client, "/api/query/facts", class_="Meeting")["rows"][0]["fact"].partition("/id/")[2]
    named = client.get("/api/names", params={"ids": [KZ, TOKAYEV, meeting, "state/none"], "lang": "kk"}).json()
    assert (named[KZ], named[TOKAYEV]) == ("Қазақстан", "Қасым-Жомарт Тоқаев")
    assert set(named) == {KZ, TOKAYEV, meeting}
    assert client.get("/api/names", params={"ids": ["x"] * 301}).status_code == 400


def test_an_edge_that_is_one_figure_tells_it(client: httpx.Client) -> None:
    edges = [edge for edge in get(client, "/api/overview", limit=60)["edges"] if edge["class"] == "TradeVolume"]
    assert any(edge["facts"] == 1 for edge in edges)
    for edge in edges:
        assert ("amount" in edge) == (edge["facts"] == 1)
    assert all(float(edge["amount"]) > 0 and len(edge["currency"]) == 3 for edge in edges if "amount" in edge)
