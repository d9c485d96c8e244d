"""What the tests of the page do with it."""

from __future__ import annotations

from typing import Any


def until(page: Any, script: str, argument: object = None) -> Any:
    """What a script gives as soon as it gives something; the page's policy forbids the browser to wait by itself."""
    for _ in range(600):
        found = page.evaluate(script, argument)
        if found:
            return found
        page.wait_for_timeout(50)
    raise AssertionError(f"never true: {script}")


def drawn(page: Any) -> None:
    """Wait for the picture."""
    until(page, "globalThis.elchi?.graph.order > 0 && performance.getEntriesByName('elchi-drawn').length > 0")
    page.wait_for_timeout(150)


def nodes(page: Any) -> set[str]:
    return set(page.evaluate("elchi.graph.nodes()"))


def strands(page: Any) -> list[dict[str, Any]]:
    """All lines of the picture."""
    script = "elchi.graph.mapEdges((key, {strand}) => ({key, a: strand.a, b: strand.b, class: strand.class}))"
    found: list[dict[str, Any]] = page.evaluate(script)
    return found


def click_node(page: Any, node: str) -> None:
    spot = page.evaluate("id => elchi.sigma.graphToViewport(elchi.graph.getNodeAttributes(id))", node)
    _click(page, spot["x"], spot["y"])


def click_line(page: Any, key: str) -> None:
    """Click a line a third of its way, beside what stands in its middle."""
    script = """key => {
      const at = id => elchi.sigma.graphToViewport(elchi.graph.getNodeAttributes(id));
      const [a, b] = elchi.graph.extremities(key).map(at);
      const {strand} = elchi.graph.getEdgeAttributes(key);
      const offset = (strand.at - (strand.of - 1) / 2) * 4.5, length = Math.hypot(a.x - b.x, a.y - b.y);
      return {x: a.x + (b.x - a.x) / 3 + (b.y - a.y) / length * offset,
              y: a.y + (b.y - a.y) / 3 - (b.x - a.x) / length * offset};
    }"""
    spot = page.evaluate(script, key)
    _click(page, spot["x"], spot["y"])


def _click(page: Any, x: float, y: float) -> None:
    box = page.locator(".canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + x, box["y"] + y)
    page.wait_for_timeout(60)
    page.mouse.click(box["x"] + x, box["y"] + y)
