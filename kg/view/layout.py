"""Where each node stands: computed beforehand, so that the page opens at once and looks the same each time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ends = npt.NDArray[np.intp]
Size = tuple[float, float]
Point = tuple[int, int]

ROOM, ROOM_OF_MANY = 4.0, 2.4
"""Area of the picture by that of all boxes, up to 60 nodes and beyond. Tried on 14 to 150 nodes: with less, the edges
hide behind labels; with more, the whole picture on one screen has labels too small to read."""
GAP = 18.0
"""Pixels kept free between two boxes."""
DENSE = 12_000
"""Nodes times lines up to which lines are led beside boxes."""
SEED = 7
"""Any fixed number does; it makes the picture of the same graph the same."""


def place(graph: nx.MultiDiGraph[str], sizes: Mapping[str, Size], aspects: Sequence[float]) -> list[dict[str, Point]]:
    """For each aspect (width by height) a point for every node: connected nodes near, no two boxes overlapping.

    ``sizes`` are the width and height of each node with its label, in pixels; an edge's attribute ``room``, if it has
    one, is the length that its label needs between the two boxes. 1,500 nodes take a few seconds. The same graph gives
    the same points whatever the order in which it was built.

    >>> g = nx.MultiDiGraph([("a", "b")])
    >>> [points] = place(g, {"a": (100, 20), "b": (100, 20)}, [1.5])
    >>> abs(points["a"][0] - points["b"][0]) >= 100 or abs(points["a"][1] - points["b"][1]) >= 20
    True
    """
    names = sorted(graph)
    if not names:
        return [{} for _ in aspects]
    free = _force(_adjacency(graph, names))
    boxes = np.array([sizes[name] for name in names], dtype=float) + GAP
    ends, room = _links(graph, names)
    fitted = (_ease(_spread(free, boxes, aspect), boxes, ends, room) for aspect in aspects)
    placed = (_apart(points, boxes).tolist() for points in fitted)
    return [{name: (round(x), round(y)) for name, (x, y) in zip(names, points, strict=True)} for points in placed]


def _adjacency(graph: nx.MultiDiGraph[str], names: list[str]) -> Floats:
    """Which nodes pull each other; parallel edges pull as one, for they need the room to lie side by side."""
    index = {name: at for at, name in enumerate(names)}
    matrix = np.zeros((len(names), len(names)))
    for source, target in graph.edges():
        if source != target:
            matrix[index[source], index[target]] = matrix[index[target], index[source]] = 1
    # parts that nothing connects would drift away: a weak thread ties each to the greatest
    hubs = [index[max(sorted(part), key=graph.degree)] for part in nx.weakly_connected_components(graph)]
    greatest = max(hubs, key=lambda hub: matrix[hub].sum())
    for hub in hubs:
        if hub != greatest:
            matrix[hub, greatest] = matrix[greatest, hub] = 0.5
    return matrix


def _links(graph: nx.MultiDiGraph[str], names: list[str]) -> tuple[Ends, Floats]:
    """Which two nodes each line connects, and the pixels that its label needs; parallel edges are one line."""
    index = {name: at for at, name in enumerate(names)}
    lines: dict[tuple[int, int], float] = {}
    for one, two, room in graph.edges(data="room", default=0):
        first, second = sorted((index[one], index[two]))
        if first != second:
            lines[first, second] = max(room, lines.get((first, second), 0))
    ends = sorted(lines)
    return np.array(ends, dtype=np.intp).reshape(-1, 2), np.array([lines[pair] for pair in ends], dtype=float)


def _force(pull: Floats) -> Floats:
    """Points in units of an edge's length, by forces: edges pull, every two nodes push by their number of edges.

    A hub pushes harder, so leaves fan out around it (the idea of ForceAtlas2, Jacomy et al. 2014); steps shrink to
    nothing, as in Fruchterman and Reingold 1991. Dense single-precision arrays: 1,500 nodes need 9 MB each.
    """
    count = len(pull)
    weight = pull.astype(np.float32)
    mass = 1 + weight.sum(axis=1)
    # hubs start in the middle, leaves outside: fewer edges have to cross the whole picture to find their place
    angle = np.random.default_rng(SEED).permutation(count) * (2 * np.pi / count)
    radius = np.sqrt(count) * (0.2 + 0.8 / np.sqrt(mass))
    x, y = (radius * np.cos(angle)).astype(np.float32), (radius * np.sin(angle)).astype(np.float32)
    steps = 300 if count <= 300 else 60
    for step in range(steps):
        dx, dy = x[:, None] - x, y[:, None] - y
        square = dx * dx + dy * dy + np.float32(0.01)
        force = np.sqrt(mass)[:, None] * np.sqrt(mass) / square * np.float32(0.5) - weight * np.sqrt(square)
        gravity = np.float32(0.05) * mass
        fx, fy = (dx * force).sum(axis=1) - gravity * x, (dy * force).sum(axis=1) - gravity * y
        length = np.sqrt(fx * fx + fy * fy) + np.float32(1e-6)
        limit = np.minimum(length / mass, np.sqrt(count) * 0.3 * (1 - step / steps) ** 1.5)
        x, y = x + fx / length * limit, y + fy / length * limit
    return np.column_stack([x, y]).astype(float)


def _spread(points: Floats, boxes: Floats, aspect: float) -> Floats:
    """The points in pixels: turned so that the longest extent lies along the longer side, and fitted to the room."""
    points = points - points.mean(axis=0)
    # the main direction by its angle in closed form: no linear algebra library, whose signs differ by machine
    xx, yy, xy = (points[:, 0] ** 2).sum(), (points[:, 1] ** 2).sum(), (points[:, 0] * points[:, 1]).sum()
    turn = -0.5 * np.arctan2(2 * xy, xx - yy) + (0 if aspect >= 1 else np.pi / 2)
    cos, sin = np.cos(turn), np.sin(turn)
    points = np.column_stack([points[:, 0] * cos - points[:, 1] * sin, points[:, 0] * sin + points[:, 1] * cos])
    room = ROOM if len(points) <= 60 else ROOM_OF_MANY
    height = np.sqrt(room * (boxes[:, 0] * boxes[:, 1]).sum() / aspect)
    extent = np.maximum(points.max(axis=0) - points.min(axis=0), 1e-6)
    # partly the place in the order instead of the distance: no far leaf decides the scale, and crowds open up
    rank = points.argsort(axis=0, kind="stable").argsort(axis=0) / max(1, len(points) - 1)
    share = 0.6 * len(points) / (len(points) + 60)
    distance = (points - points.min(axis=0)) / extent
    fitted: Floats = (share * rank + (1 - share) * distance - 0.5) * (height * aspect, height)
    return fitted


def _ease(points: Floats, boxes: Floats, ends: Ends, room: Floats) -> Floats:
    """The points moved so that labels fit on their lines, and lines pass beside boxes, as far as 150 steps go.

    A picture of many nodes is too dense for it to help: it shows no labels on lines.
    """
    if len(points) * len(ends) <= DENSE:
        for _ in range(150):
            points = _clear(_lengthen(points, boxes, ends, room), boxes, ends)
    return points


def _lengthen(points: Floats, boxes: Floats, ends: Ends, room: Floats) -> Floats:
    """The points after one small step that pushes the ends of too short edges apart."""
    one, two = ends[:, 0], ends[:, 1]
    way = points[two] - points[one]
    length = np.hypot(way[:, 0], way[:, 1]) + 1e-6
    taken = np.min((boxes[one] + boxes[two]) / 2 * length[:, None] / np.maximum(np.abs(way), 1e-6), axis=1)
    step = way * (np.maximum(0, np.where(room > 0, taken + room - length, 0)) / length * 0.1)[:, None]
    moved = points.copy()
    np.add.at(moved, two, step)
    np.subtract.at(moved, one, step)
    return moved


def _clear(points: Floats, boxes: Floats, ends: Ends) -> Floats:
    """The points after one small step off the edges that pass behind their boxes."""
    one, two = points[ends[:, 0]], points[ends[:, 1]]
    way = two - one
    along = ((points[:, None] - one) * way).sum(axis=2) / np.maximum((way**2).sum(axis=1), 1e-6)
    off = points[:, None] - (one + along[:, :, None] * way)
    distance = np.hypot(off[..., 0], off[..., 1]) + 1e-6
    # how far the box reaches towards the line
    reach = (boxes[:, None] / 2 * np.abs(way[:, ::-1]) / (np.hypot(way[:, 0], way[:, 1])[:, None] + 1e-6)).sum(axis=2)
    own = (ends == np.arange(len(points))[:, None, None]).any(axis=2)
    hidden = (along > 0) & (along < 1) & ~own & (distance < reach)
    push = np.where(hidden, (reach - distance) / distance, 0)
    moved: Floats = points + (off * push[:, :, None]).sum(axis=1) * 0.3
    return moved


def _apart(points: Floats, boxes: Floats) -> Floats:
    """The points moved as little as needed until no two boxes overlap, or for 200 rounds."""
    x, y = points[:, 0].copy(), points[:, 1].copy()
    half_x, half_y = boxes[:, 0] / 2, boxes[:, 1] / 2
    everyone = np.triu_indices(len(points), 1)
    for turn in range(200):
        if turn % 10 == 0:  # who comes near whom changes slowly, and there are a million pairs of 1,500 nodes
            close = np.abs(x[everyone[0]] - x[everyone[1]]) < 1.5 * (half_x[everyone[0]] + half_x[everyone[1]])
            first, second = everyone[0][close], everyone[1][close]
        near = np.abs(x[first] - x[second]) < half_x[first] + half_x[second]
        one, two = first[near], second[near]
        near = np.abs(y[one] - y[two]) < half_y[one] + half_y[two]
        one, two = one[near], two[near]
        if not len(one):
            break
        dx, dy = x[two] - x[one], y[two] - y[one]
        over_x, over_y = half_x[one] + half_x[two] - np.abs(dx), half_y[one] + half_y[two] - np.abs(dy)
        sideways = over_x < over_y
        # two nodes on one point have no direction: their order gives one
        move_x = np.where(sideways, over_x, 0) * np.where(dx < 0, -0.5, 0.5)
        move_y = np.where(sideways, 0, over_y) * np.where(dy < 0, -0.5, 0.5)
        crowd = np.sqrt(np.bincount(np.concatenate([one, two]), minlength=len(x)))
        for pushed, sign in ((one, -1), (two, 1)):
            x += sign * np.bincount(pushed, move_x / crowd[pushed], minlength=len(x))
            y += sign * np.bincount(pushed, move_y / crowd[pushed], minlength=len(x))
    return np.column_stack([x, y])
