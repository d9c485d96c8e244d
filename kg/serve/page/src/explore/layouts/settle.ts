/** A layout by forces: linked nodes attract each other, all push each other away, and at last none covers another. */

import { UndirectedGraph } from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import noverlap from "graphology-layout-noverlap";

export interface Task {
  nodes: { x: number; y: number; size: number }[];
  /** Pairs of positions in `nodes`, with the weight of the tie. */
  ties: [number, number, number][];
  /** Width through height of the room. */
  ratio: number;
}

/** The places as x, y, x, y …; the same task has the same answer. `share` is how many rounds the work is cut into. */
export function settle({ nodes, ties, ratio }: Task, share = 1, last = true): Float64Array {
  const graph = new UndirectedGraph<{ x: number; y: number; size: number }, { weight: number }>();
  nodes.forEach(({ x, y, size }, at) => graph.addNode(at, { x: x / ratio, y, size }));
  for (const [a, b, weight] of ties) if (a !== b) graph.mergeEdge(a, b, { weight });
  const count = nodes.length;
  if (count > 1) {
    forceAtlas2.assign(graph, {
      iterations: Math.ceil((count > 1500 ? 80 : count > 400 ? 200 : 500) / share),
      getEdgeWeight: "weight",
      settings: {
        gravity: 0.06, scalingRatio: 30, strongGravityMode: true, outboundAttractionDistribution: count > 30,
        barnesHutOptimize: count > 250, barnesHutTheta: 0.7, slowDown: 3 + Math.log(count), edgeWeightInfluence: 0.5,
      },
    });
    if (last) even(graph);
    if (last && count <= 1500) spread(graph);
  }
  const places = new Float64Array(2 * count);
  graph.forEachNode((id, { x, y }) => places.set([x * ratio, y], 2 * Number(id)));
  return places;
}

/** Forces crowd the middle; distances from it are drawn toward those of an even disc, in the same order. */
function even(graph: UndirectedGraph<{ x: number; y: number; size: number }>): void {
  const ids = graph.nodes();
  const mean = (axis: "x" | "y"): number => ids.reduce((sum, id) => sum + graph.getNodeAttribute(id, axis), 0) / ids.length;
  const [cx, cy] = [mean("x"), mean("y")];
  const polar = graph.mapNodes((id, { x, y }) => ({ id, away: Math.hypot(x - cx, y - cy), angle: Math.atan2(y - cy, x - cx) }));
  polar.sort((a, b) => a.away - b.away);
  const most = polar.at(-1)?.away || 1;
  polar.forEach(({ id, away, angle }, rank) => {
    const target = most * (0.3 * (away / most) + 0.7 * Math.sqrt(rank / polar.length));
    graph.mergeNodeAttributes(id, { x: cx + Math.cos(angle) * target, y: cy + Math.sin(angle) * target });
  });
}

/** Names need room, so nodes are kept apart by a share of the whole picture. */
function spread(graph: UndirectedGraph<{ x: number; y: number; size: number }>): void {
  const all = graph.mapNodes((_, { x, y }) => [x, y] as const);
  const reach = (axis: 0 | 1): number => Math.max(...all.map((p) => p[axis])) - Math.min(...all.map((p) => p[axis]));
  const extent = Math.max(reach(0), reach(1)) || 1;
  const unit = (extent / Math.sqrt(all.length)) * 0.016;
  const plain = graph.copy() as typeof graph;
  plain.forEachNode((id, { size }) => plain.setNodeAttribute(id, "size", size * unit));
  const apart = noverlap(plain, { maxIterations: 120, settings: { margin: unit * 7, ratio: 1, expansion: 1.05, gridSize: 20, speed: 3 } });
  for (const [id, { x, y }] of Object.entries(apart)) graph.mergeNodeAttributes(id, { x: x as number, y: y as number });
}
