/** The graph of a view: things and events as nodes; between two nodes a strand for each class of fact. */

import { MultiUndirectedGraph } from "graphology";
import type { GraphEdge, GraphNode } from "../types";
import type { Shape } from "./programs";

export interface Strand {
  a: string; b: string; class: string; edges: GraphEdge[];
  facts: number; support: number; earliest: string; latest: string;
  /** Nothing of it has happened yet. */
  planned: boolean;
  conflict: boolean;
  /** Which of how many strands between the two this is. */
  at: number; of: number;
}

export interface Dotted { x: number; y: number; size: number; node: GraphNode }
export interface Tied { strand: Strand }
export type ViewGraph = MultiUndirectedGraph<Dotted, Tied>;

const SHAPE: Record<string, Shape> = {
  Person: "circle", State: "square", Organization: "hexagon", Body: "hexagon", Publisher: "hexagon", Place: "circle",
};
const EVENTS = new Set(["Meeting", "Visit", "Agreement", "TradeVolume", "Relation", "Statement", "Tenure"]);

export const isEvent = (kind: string): boolean => EVENTS.has(kind);
export const shapeOf = (kind: string): Shape => SHAPE[kind] ?? (isEvent(kind) ? "diamond" : "circle");
export const strandKey = (a: string, b: string, kind: string): string => (a < b ? `${a} ${b} ${kind}` : `${b} ${a} ${kind}`);

/** The size grows with the logarithm of what is known, so that a hub does not cover its neighbours. */
export function sizeOf(node: GraphNode): number {
  const grown = Math.log2(1 + Math.max(node.facts, node.degree));
  return isEvent(node.class) ? 4.5 + Math.min(3, grown * 0.5) : 5 + Math.min(11, grown * 1.35);
}

export function strands(edges: GraphEdge[]): Strand[] {
  const groups = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    if (edge.from === edge.to) continue;
    const key = strandKey(edge.from, edge.to, edge.class);
    groups.set(key, [...(groups.get(key) ?? []), edge]);
  }
  const pairs = new Map<string, Strand[]>();
  for (const group of groups.values()) {
    const strand = gather(group);
    const pair = `${strand.a} ${strand.b}`;
    pairs.set(pair, [...(pairs.get(pair) ?? []), strand]);
  }
  const all = [...pairs.values()];
  for (const pair of all) pair.sort((a, b) => (a.class < b.class ? -1 : 1)).forEach((s, at) => Object.assign(s, { at, of: pair.length }));
  return all.flat();
}

function gather(group: GraphEdge[]): Strand {
  const first = group[0] as GraphEdge;
  const [a, b] = first.from < first.to ? [first.from, first.to] : [first.to, first.from];
  const dates = group.filter((edge) => edge.earliest);
  return {
    a, b, class: first.class, edges: group, at: 0, of: 1,
    facts: group.reduce((sum, edge) => sum + edge.facts, 0),
    support: Math.max(...group.map((edge) => edge.support)),
    earliest: dates.map((edge) => edge.earliest).sort()[0] ?? "",
    latest: dates.map((edge) => edge.latest || edge.earliest).sort().at(-1) ?? "",
    planned: group.every((edge) => edge.status === "planned"),
    conflict: group.some((edge) => edge.conflict),
  };
}

/** The graph of these nodes and edges; nodes that were there before keep their places, others begin near a neighbour. */
export function graphOf(nodes: Iterable<GraphNode>, edges: GraphEdge[], before: ViewGraph | null): ViewGraph {
  const graph: ViewGraph = new MultiUndirectedGraph();
  const wanted = new Map([...nodes].map((node) => [node.id, node]));
  const all = strands(edges).filter(({ a, b }) => wanted.has(a) && wanted.has(b));
  const place = starts(all, before);
  for (const node of wanted.values()) graph.addNode(node.id, { node, size: sizeOf(node), ...place(node.id) });
  for (const strand of all) graph.addEdgeWithKey(strandKey(strand.a, strand.b, strand.class), strand.a, strand.b, { strand });
  return graph;
}

function starts(all: Strand[], before: ViewGraph | null): (id: string) => { x: number; y: number } {
  const anchors = new Map<string, string>();
  for (const { a, b } of all) {
    if (before?.hasNode(b) && !anchors.has(a)) anchors.set(a, b);
    if (before?.hasNode(a) && !anchors.has(b)) anchors.set(b, a);
  }
  let turn = 0;
  return (id) => {
    if (before?.hasNode(id)) return { x: before.getNodeAttribute(id, "x"), y: before.getNodeAttribute(id, "y") };
    const anchor = anchors.get(id);
    const from = before && anchor ? before.getNodeAttributes(anchor) : { x: 0, y: 0 };
    turn += 1;
    const [angle, away] = [turn * 2.39996, (anchor ? 12 : 6) * Math.sqrt(turn)];
    return { x: from.x + Math.cos(angle) * away, y: from.y + Math.sin(angle) * away };
  };
}
