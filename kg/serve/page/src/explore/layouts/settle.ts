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

interface Body { x: number; y: number; size: number }
type Bodies = UndirectedGraph<Body, { weight: number }>;

const SPREAD_UP_TO = 1500;

/** Places as x, y, x, y … after each of some rounds of iterations; the same task has the same answer. */
export function* settle({ nodes, ties, ratio }: Task, rounds: number[]): Generator<Float64Array> {
  const graph: Bodies = new UndirectedGraph();
  nodes.forEach(({ x, y, size }, at) => graph.addNode(at, { x: x / ratio, y, size }));
  for (const [a, b, weight] of ties) if (a !== b) graph.mergeEdge(a, b, { weight });
  const count = nodes.length;
  for (const [round, iterations] of rounds.entries()) {
    if (count > 1) {
      forceAtlas2.assign(graph, {
        iterations, getEdgeWeight: "weight",
        settings: {
          gravity: 0.06, scalingRatio: 30, strongGravityMode: true, outboundAttractionDistribution: false,
          barnesHutOptimize: count > 250, barnesHutTheta: count > SPREAD_UP_TO ? 1 : 0.7, slowDown: 3 + Math.log(count), edgeWeightInfluence: 0.5,
        },
      });
    }
    const last = round === rounds.length - 1;
    yield places(even(graph), ratio, last && count <= SPREAD_UP_TO);
  }
}

/** How many iterations, in rounds: what is large is shown roughly at once and gets better. */
export function roundsFor(count: number): number[] {
  if (count > SPREAD_UP_TO) return [8, 24, 48];
  if (count > 400) return [40, 160];
  return count > 90 ? [70, 180] : [500];
}

/** Forces crowd the middle; distances from it are drawn toward those of an even disc, in the same order. */
function even(graph: Bodies): Body[] {
  const all = graph.mapNodes((_, body) => ({ ...body }));
  const [cx, cy] = [mean(all, "x"), mean(all, "y")];
  const polar = all.map((body) => ({ body, away: Math.hypot(body.x - cx, body.y - cy), angle: Math.atan2(body.y - cy, body.x - cx) }));
  polar.sort((a, b) => a.away - b.away);
  const most = polar.at(-1)?.away || 1;
  polar.forEach(({ body, away, angle }, rank) => {
    const target = most * (0.3 * (away / most) + 0.7 * Math.sqrt(rank / polar.length));
    body.x = cx + Math.cos(angle) * target;
    body.y = cy + Math.sin(angle) * target;
  });
  return all;
}

const mean = (all: Body[], axis: "x" | "y"): number => all.reduce((sum, body) => sum + body[axis], 0) / Math.max(1, all.length);

function places(bodies: Body[], ratio: number, apart: boolean): Float64Array {
  const settled = apart && bodies.length > 1 ? spread(bodies) : bodies;
  return Float64Array.from(settled.flatMap(({ x, y }) => [x * ratio, y]));
}

/** Names need room, so nodes are kept apart by a share of the whole picture. */
function spread(bodies: Body[]): { x: number; y: number }[] {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { x, y } of bodies) [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  const unit = ((Math.max(right - left, bottom - top) || 1) / Math.sqrt(bodies.length)) * 0.016;
  const graph = new UndirectedGraph<Body>();
  bodies.forEach(({ x, y, size }, at) => graph.addNode(at, { x, y, size: size * unit }));
  const found = noverlap(graph, { maxIterations: 120, settings: { margin: unit * 7, ratio: 1, expansion: 1.05, gridSize: 20, speed: 3 } });
  return bodies.map((body, at) => ({ x: found[at]?.["x"] ?? body.x, y: found[at]?.["y"] ?? body.y }));
}
