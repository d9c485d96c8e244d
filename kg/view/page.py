"""One HTML file that shows the relationship graph and needs no network, server or other file."""

from __future__ import annotations

import base64
import hashlib
import math
import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import networkx as nx
import pyvis
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pyvis.network import Network

from kg.view.graph import Edge, Node, network
from kg.view.layout import Size, place

_PARTS = Path(__file__).resolve().parent
_VIS = Path(pyvis.__file__).resolve().parent / "templates" / "lib" / "vis-9.1.2"

LANDSCAPE, PORTRAIT = 1.4, 0.66
"""Width by height of the drawing area on a desk and on a phone, beside or above the panel."""

SHAPE = 9
"""Half the height, in pixels, of the shape that stands for an event."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """How a class of nodes is drawn; a ``chip`` has its label inside, all others have a small shape above it."""

    shape: str
    plural: str
    chip: bool = False


LOOKS = {
    "Person": Look(shape="box", plural="People", chip=True),
    "State": Look(shape="box", plural="States", chip=True),
    "Organization": Look(shape="box", plural="Organisations", chip=True),
    "Place": Look(shape="dot", plural="Places"),
    "Meeting": Look(shape="diamond", plural="Meetings"),
    "Visit": Look(shape="triangle", plural="Visits"),
    "Agreement": Look(shape="square", plural="Agreements"),
    "TradeVolume": Look(shape="hexagon", plural="Trade figures"),
    "Other": Look(shape="dot", plural="Other"),
}
"""In the order of the legend."""

LINES = {"tenure": "Offices", "visit": "Visits", "trade": "Trade", "relation": "Ties", "statement": "Statements"}
"""Kinds of edges with a colour of their own, in the order of the legend; all others tie a name to an event."""

PART = "part"

PHRASES = {
    "tenure": ("{} of", "{}"), "visit": ("{} to", "{} by"), "trade": ("{} to", "{} from"),
    "relation": ("{} with", "{} with"), "statement": ("{}", "spoken of by"), "takes part": ("takes part in", "with"),
    "chairs": ("chairs", "chaired by"), "body": ("of", "its"), "party": ("party to", "party"),
}
"""How an edge reads from its source, and from its target."""

FEW = 60
"""Up to so many edges, their labels are drawn at all times, and so are those of events up to so many nodes; beyond,
only around what the reader chooses, or names would be too small to read on one screen."""

DIRECTED = frozenset({"tenure", "visit", "trade", "statement"})
"""Kinds whose direction means something; the others get no arrow."""


def picture(nodes: Iterable[Node], edges: Iterable[Edge], title: str) -> str:
    """The page as text: the graph to look at, search and click through, and the same relations as a list.

    Every string is put in as data and shown as text, never as markup. The same input gives the same page.

    >>> page = picture([Node(id="state/KZ", kind="State", label="<b>KZ</b>")], [], "One state")
    >>> "<b>KZ" in page, page.startswith("<!doctype html>")
    (False, True)
    """
    drawn = {node.id: node for node in nodes}
    lines = sorted(set(edges), key=_order)
    graph = network(drawn.values(), lines)
    unknown = graph.nodes.keys() - drawn.keys()
    drawn |= {name: Node(id=name, kind="Other", label=graph.nodes[name]["label"]) for name in unknown}
    canvas = _canvas(sorted(drawn.values(), key=lambda node: node.id), lines, graph)
    canvas.templateEnv = _environment()
    canvas.path = "page.html"
    canvas.templateEnv.globals |= {"title": title, "rows": _rows(drawn, lines), "legend": _legend(drawn, lines)}
    return str(canvas.generate_html())


def readable(label: str) -> str:
    """The label with long numbers in words, as a newspaper prints them.

    >>> readable("turnover 2000000000 USD"), readable("export 1250000.00 EUR"), readable("summit 2025")
    ('turnover 2 bn USD', 'export 1.25 m EUR', 'summit 2025')
    """
    return re.sub(r"\d{6,}(?:\.\d+)?", lambda found: _amount(float(found[0])), label)


def _amount(value: float) -> str:
    for unit, name in ((1e12, "tn"), (1e9, "bn"), (1e6, "m"), (1e3, "thousand")):
        if value >= unit:
            return f"{value / unit:.4g} {name}"
    return f"{value:g}"


def _canvas(nodes: Sequence[Node], edges: Sequence[Edge], graph: nx.MultiDiGraph[str]) -> Network:
    """The graph as pyvis holds it; colours are the page's, because they follow the reader's light or dark mode."""
    canvas = Network(directed=True)
    labels = {node.id: _caption(node) for node in nodes}
    fonts = {node.id: _font(node.kind, graph.degree[node.id]) for node in nodes}
    silent = {node.id for node in nodes if len(nodes) > FEW and not _look(node.kind).chip}
    sizes = {
        node.id: (2.0 * SHAPE, 2.0 * SHAPE) if node.id in silent else _size(node.kind, labels[node.id], fonts[node.id])
        for node in nodes
    }
    written = {edge for edge in edges if len(edges) <= FEW and edge.kind in LINES}
    for edge in written:
        for key in graph[edge.source][edge.target]:
            graph.edges[edge.source, edge.target, key]["room"] = 6.6 * len(readable(edge.label)) + 24
    wide, tall = place(graph, sizes, (LANDSCAPE, PORTRAIT))
    for node in nodes:
        # the place is the middle of shape and label together, the page wants the middle of the shape
        lift = 0 if _look(node.kind).chip else round(sizes[node.id][1] / 2 - SHAPE)
        canvas.add_node(
            node.id, label=labels[node.id], shape=_look(node.kind).shape, group=node.kind, name=_name(node),
            detail=readable(node.detail), names=sorted({node.label, *node.names}), chip=_look(node.kind).chip,
            planned="planned" in node.detail.split("; "), size=SHAPE, text=fonts[node.id], silent=node.id in silent,
            wide=(wide[node.id][0], wide[node.id][1] - lift), tall=(tall[node.id][0], tall[node.id][1] - lift),
        )
    for number, edge in enumerate(edges):
        forth, back = _phrases(edge)
        canvas.add_edge(
            edge.source, edge.target, id=number, kind=edge.kind, line=_line(edge), fact=edge.fact,
            name=readable(edge.label), forth=forth, back=back, written=edge in written, date=edge.date,
            status=edge.status, dashes=edge.status == "planned", arrows="to" if _directed(edge) else "",
            quotes=[{"exact": q.exact, "title": q.title, "source": q.source, "published": q.published}
                    for q in sorted(edge.quotes)],
        )
    return canvas


def _look(kind: str) -> Look:
    return LOOKS.get(kind, LOOKS["Other"])


def _name(node: Node) -> str:
    """The label as a heading: the names of facts come in lower case from the closed lists."""
    return readable(node.label) if _look(node.kind).chip else readable(node.label[:1].upper() + node.label[1:])


def _caption(node: Node) -> str:
    """What is drawn at the node: its name in at most three short lines, and the date of a fact."""
    name = textwrap.wrap(_name(node), 20, max_lines=3, placeholder=" …") or ["?"]
    day = next((note for note in node.detail.split("; ") if re.fullmatch(r"\d{4}(-\d\d){0,2}", note)), None)
    return "\n".join([*name, *([day] if day and not _look(node.kind).chip else [])])


def _font(kind: str, degree: int) -> int:
    """Size of the label in pixels: names with many connections are larger."""
    return min(22, round(14 + 1.3 * math.log2(1 + degree))) if _look(kind).chip else 12


def _size(kind: str, label: str, font: int) -> Size:
    """Pixels that a node takes with its label; a letter of a usual sans is a little more than half as wide as high."""
    lines = label.split("\n")
    width, height = max(map(len, lines)) * font * 0.55, len(lines) * font * 1.2
    return (width + 26, height + 14) if _look(kind).chip else (width + 6, height + 2 * SHAPE + 4)


def _directed(edge: Edge) -> bool:
    """Whether the line has an arrow; turnover counts both ways."""
    return edge.kind in DIRECTED and not edge.label.startswith("turnover")


def _phrases(edge: Edge) -> tuple[str, str]:
    name = readable(edge.label)
    if edge.kind == "trade" and not _directed(edge):
        return f"{name} with", f"{name} with"
    forth, back = PHRASES.get(edge.kind, ("{}", "{}"))
    return forth.format(name), back.format(name)


def _order(edge: Edge) -> tuple[object, ...]:
    """Lines with a colour of their own first, as in the legend."""
    rank = list(LINES).index(edge.kind) if edge.kind in LINES else len(LINES)
    return rank, edge.fact, edge.kind, edge.source, edge.target, edge.label, edge.date, edge.quotes


def _line(edge: Edge) -> str:
    return edge.kind if edge.kind in LINES else PART


def _legend(nodes: dict[str, Node], edges: Sequence[Edge]) -> dict[str, object]:
    """What there is to filter: classes and kinds of edges, each with how many are drawn."""
    classes = Counter(node.kind if node.kind in LOOKS else "Other" for node in nodes.values())
    kinds = Counter(_line(edge) for edge in edges)
    return {
        "classes": [{"kind": kind, "name": look.plural, "count": classes[kind]}
                    for kind, look in LOOKS.items() if classes[kind]],
        "lines": [{"kind": kind, "name": name, "count": kinds[kind]}
                  for kind, name in {**LINES, PART: "Takes part"}.items() if kinds[kind]],
        "planned": any(edge.status == "planned" for edge in edges),
    }


def _rows(nodes: dict[str, Node], edges: Sequence[Edge]) -> list[dict[str, object]]:
    """The list that says the same as the picture, for readers who cannot use one."""
    return [
        {"id": number, "from": _name(nodes[edge.source]), "label": _phrases(edge)[0], "to": _name(nodes[edge.target]),
         "date": edge.date, "status": edge.status, "quotes": sorted(edge.quotes)}
        for number, edge in enumerate(edges)
    ]


@cache
def _part(name: str) -> str:
    """A script or style sheet, with the line ends that browsers see, so that its digest holds."""
    folder = _VIS if name.startswith("vis-") else _PARTS
    text = (folder / name).read_text(encoding="utf-8").replace("\r\n", "\n")
    return re.sub(r"//# sourceMappingURL=\S+", "", text)


def _digest(script: str) -> str:
    """What a content security policy calls this script: only the two scripts of the page may run, no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


def _environment() -> Environment:
    """The page's own template: pyvis's loads style sheets from the web and writes strings as markup."""
    environment = Environment(loader=FileSystemLoader(_PARTS), autoescape=True, undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True)
    scripts = [_part("vis-network.min.js"), _part("page.js")]
    environment.policies["json.dumps_kwargs"] = {"sort_keys": True, "ensure_ascii": False, "separators": (",", ":")}
    environment.globals |= {
        "styles": [_part("vis-network.css"), _part("page.css")], "scripts": scripts,
        "policy": " ".join(f"'{_digest(script)}'" for script in scripts),
    }
    return environment
