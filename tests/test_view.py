"""The picture as text: what is in the page, what never is, and where nodes stand."""

from __future__ import annotations

import html
import json
import re
import time

import networkx as nx
import pytest
import sample

from kg.view import Edge, Node, Quote, network, picture, relations
from kg.view.layout import place
from kg.view.page import LOOKS

HOSTILE = "</script><img src=x onerror=alert(1)>"
QUOTE = Quote(exact="Trade reached $2 billion.", source="a.txt", title="Illustrative report", published="2025-08-22")
KZ = Node(id="state/KZ", kind="State", label="Kazakhstan", names=("Қазақстан", "Kazakhstan"))
KG = Node(id="state/KG", kind="State", label="Kyrgyzstan")
TREATY = Node(id="agreement/1", kind="Agreement", label="treaty", detail="2024; planned")
TRADE = Edge(source="state/KG", target="state/KZ", kind="trade", label="export 2000000000 USD", quotes=(QUOTE,))
PARTY = Edge(source="state/KG", target="agreement/1", kind="party", label="party", fact="agreement/1", status="planned")


def graph(page: str) -> dict[str, list[dict[str, object]]]:
    """The data inside the page."""
    found = re.search(r'<script type="application/json" id="graph">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, list[dict[str, object]]] = json.loads(found[1])
    return data


def test_the_page_holds_every_node_and_edge_with_its_evidence() -> None:
    data = graph(picture([KZ, KG, TREATY], [TRADE, PARTY], "Two states"))
    assert {node["id"] for node in data["nodes"]} == {"state/KZ", "state/KG", "agreement/1"}
    trade, party = data["edges"]
    assert (trade["name"], trade["arrows"], trade["dashes"]) == ("export 2 bn USD", "to", False)
    assert trade["quotes"] == [{"exact": "Trade reached $2 billion.", "title": "Illustrative report", "source": "a.txt",
                                "published": "2025-08-22"}]  # fmt: skip
    assert (party["arrows"], party["dashes"]) == ("", True)


def test_nodes_carry_their_names_in_every_script() -> None:
    names = {node["id"]: node["names"] for node in graph(picture([KZ], [], "One"))["nodes"]}
    assert names["state/KZ"] == ["Kazakhstan", "Қазақстан"]


def test_hostile_strings_stay_text() -> None:
    node = Node(id=HOSTILE, kind=HOSTILE, label=HOSTILE, detail=HOSTILE, names=(HOSTILE,))
    quote = Quote(exact=HOSTILE, source=HOSTILE, title=HOSTILE, published=HOSTILE)
    edge = Edge(source=HOSTILE, target=HOSTILE, kind=HOSTILE, label=HOSTILE, fact=HOSTILE, quotes=(quote,))
    page = picture([node], [edge], HOSTILE)
    assert "<img" not in page
    assert page.count("</script>") == 3
    assert page.count("<script") == picture([], [], "Nothing").count("<script")
    assert graph(page)["nodes"][0]["id"] == HOSTILE


def test_the_page_names_no_other_file() -> None:
    page = picture([KZ, KG], [TRADE], "Two states")
    assert not re.search(r"<(script|img|iframe|link)[^>]+(src|href)=", page)
    assert not re.search(r"@import|url\((?!\"?data:)", page)
    assert "sourceMappingURL" not in page


def test_the_policy_allows_the_scripts_of_the_page_alone() -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', picture([], [], "None"))
    assert policy
    rules = dict(rule.split(maxsplit=1) for rule in html.unescape(policy[1]).split("; "))
    assert rules["default-src"] == "'none'"
    assert re.fullmatch(r"'sha256-\S+' 'sha256-\S+'", rules["script-src"])


def test_the_list_says_what_the_picture_shows() -> None:
    page = picture([KZ, KG, TREATY], [TRADE, PARTY], "Two states")
    rows = re.findall(r"<tr data-edge.*?</tr>", page, re.DOTALL)
    assert len(rows) == 2
    for words in ("Kyrgyzstan", "export 2 bn USD to", "Kazakhstan", "Trade reached $2 billion.", "Illustrative report"):
        assert words in rows[0]
    assert "planned" in rows[1]


def test_the_legend_has_only_what_is_drawn() -> None:
    page = picture([KZ, KG], [TRADE], "Two states")
    assert re.findall(r'data-class="(\w+)"', page) == ["State"]
    assert re.findall(r'data-line="(\w+)"', page) == ["trade"]


def test_classes_differ_in_more_than_colour() -> None:
    events = [look.shape for look in LOOKS.values() if not look.chip and look.shape != "dot"]
    assert len(events) == len(set(events))


def test_turnover_counts_both_ways_and_has_no_arrow() -> None:
    turnover = Edge(source="state/KG", target="state/KZ", kind="trade", label="turnover 5 USD")
    assert graph(picture([KZ, KG], [turnover], "Two"))["edges"][0]["arrows"] == ""


def test_the_page_does_not_depend_on_the_order_of_its_input() -> None:
    assert picture([KZ, KG, TREATY], [TRADE, PARTY], "T") == picture([TREATY, KG, KZ], [PARTY, TRADE], "T")


def test_a_graph_without_nodes_is_a_page_too() -> None:
    assert graph(picture([], [], "Nothing")) == {"nodes": [], "edges": []}


def test_network_attributes_are_text_and_unknown_ends_are_nodes() -> None:
    made = network([KG], [TRADE, TRADE])
    assert made.number_of_edges() == 2
    assert made.nodes["state/KZ"] == {"kind": "Other", "label": "KZ", "detail": "", "names": ""}
    assert all(isinstance(value, str) for _, _, data in made.edges(data=True) for value in data.values())


@pytest.mark.parametrize("aspect", [1.4, 0.66])
@pytest.mark.parametrize("count", [1, 2, 12, 150])
def test_no_two_labels_overlap(count: int, aspect: float) -> None:
    made = nx.MultiDiGraph(nx.relabel_nodes(nx.barabasi_albert_graph(max(count, 2), 1, seed=1), str))
    made.remove_nodes_from([name for name in list(made) if int(name) >= count])
    [points] = place(made, dict.fromkeys(made, (130, 40)), [aspect])
    spots = list(points.values())
    assert all(abs(ax - bx) >= 130 or abs(ay - by) >= 40 for i, (ax, ay) in enumerate(spots) for bx, by in spots[:i])


def test_nodes_on_one_point_come_apart() -> None:
    made = nx.MultiDiGraph()
    made.add_nodes_from("abc")
    [points] = place(made, dict.fromkeys("abc", (50, 20)), [1.4])
    assert len(set(points.values())) == 3


@pytest.mark.slow
def test_a_large_graph_is_placed_in_seconds() -> None:
    made = nx.MultiDiGraph(nx.relabel_nodes(nx.barabasi_albert_graph(1500, 2, seed=1), str))
    start = time.monotonic()
    place(made, dict.fromkeys(made, (130, 40)), [1.4, 0.66])
    assert time.monotonic() - start < 30  # 3 s on an idle machine


def test_a_store_gives_its_relations_with_quotes_and_titles() -> None:
    nodes, edges = relations(sample.store())
    ids = {node.id for node in nodes}
    assert all(edge.source in ids and edge.target in ids for edge in edges)
    assert all(quote.exact and quote.title for edge in edges for quote in edge.quotes)
    assert len({(edge.source, edge.target, edge.kind, edge.fact) for edge in edges}) == len(edges)
    [kazakhstan] = [node for node in nodes if node.id.endswith("state/KZ")]
    assert "Қозоғистон" in kazakhstan.names


def test_a_figure_told_twice_is_one_line_with_both_quotes() -> None:
    turnovers = [edge for edge in relations(sample.store())[1] if edge.label == "turnover 2000000000 USD"]
    assert [len(edge.quotes) for edge in turnovers] == [2]
