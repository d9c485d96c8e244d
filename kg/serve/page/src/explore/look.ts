/** How each dot and line looks, and which of them have their name written: by what is chosen, pointed at, or in time. */

import { textOfStrand } from "../names";
import type { GraphNode } from "../types";
import { blend, colour } from "../ui/theme";
import { ALWAYS, type Wish } from "./labels";
import { isEvent, shapeOf, type Dotted, type Strand, type Tied, type ViewGraph } from "./model";
import type { Point } from "./pen";
import type { Dot, Line } from "./programs";

export interface Choice { node: string; edge: string; also: Set<string> }
export type Project = (point: Point) => Point;

const COLOURED = ["paper", "card", "ink", "soft", "line", "wire", "land", "border", "accent",
  "State", "Organization", "Body", "Person", "Place", "Publisher", "Meeting", "Visit", "TradeVolume", "Agreement", "Relation", "Statement", "Tenure"];
const GAP = 4.5;
const MOST_NAMED = 600;

export class Look {
  choice: Choice = { node: "", edge: "", also: new Set() };
  hovered = "";
  /** Lines outside of these days are faint; empty text is no limit. */
  window: [string, string] = ["", ""];
  /** Lines are drawn faintly where places mean something and lines only add to them. */
  faint = false;
  /** Smaller dots than this have no name in a view of thousands. */
  private least = 0;
  private colours: Record<string, string> = {};

  constructor(private readonly shown: () => ViewGraph) {
    this.readColours();
  }

  private get graph(): ViewGraph {
    return this.shown();
  }

  /** Another graph is drawn: nothing of the old one is pointed at. */
  anew(): void {
    this.hovered = "";
    this.least = leastNamed(this.graph);
  }

  readColours(): void {
    for (const name of COLOURED) this.colours[name] = colour(name);
  }

  tint(kind: string): string {
    return this.colours[kind] ?? this.colours["soft"] ?? "#666666";
  }

  /** Lit is what is chosen or pointed at, with its neighbours; nothing chosen: all is lit. */
  private lit(id: string): boolean {
    const { node, edge, also } = this.choice;
    if (!this.graph.hasNode(id) && !this.graph.hasEdge(id)) return true; // of a graph that is being replaced
    const focus = this.hovered || edge || node;
    if (also.size > 0 && !this.hovered) return also.has(id);
    if (!focus || (!this.graph.hasNode(focus) && !this.graph.hasEdge(focus))) return true;
    if (this.graph.hasEdge(focus)) return id === focus || this.graph.extremities(focus).includes(id);
    if (this.graph.hasEdge(id)) return this.graph.extremities(id).includes(focus);
    return id === focus || this.graph.areNeighbors(id, focus);
  }

  dot(id: string, { x, y, size, node }: Dotted): Partial<Dot> {
    const paper = this.tint("paper");
    const base = this.tint(node.class);
    const lit = this.lit(id);
    const chosen = id === this.choice.node;
    const rim = lit ? (chosen ? this.tint("ink") : base) : blend(base, paper, 0.42);
    const fill = isEvent(node.class) ? blend(base, paper, lit ? 0.28 : 0.1) : blend(base, paper, lit ? 1 : 0.42);
    return { x, y, size: (chosen ? size * 1.25 : size) * this.shrink, shape: shapeOf(node.class), color: fill, rim, type: "shape", label: node.label, zIndex: lit ? 1 : 0 };
  }

  line(key: string, { strand }: Tied): Partial<Line> {
    const paper = this.tint("paper");
    const base = this.tint(strand.class);
    const inTime = this.inWindow(strand);
    const lit = this.lit(key) && inTime;
    const focused = key === this.choice.edge || key === this.hovered;
    const nothing = !this.choice.node && !this.choice.edge && !this.hovered && this.choice.also.size === 0;
    const crowd = this.faint ? 0.32 : this.graph.size > 3000 ? 0.22 : this.graph.size > 400 ? 0.4 : 0.62;
    const share = !inTime ? 0.07 : focused ? 1 : lit ? (nothing ? crowd : 0.9) : 0.2;
    return {
      color: blend(base, paper, share), size: (focused ? 1.6 : 0) + (this.graph.size > 1200 ? 1.1 : 1.9) + Math.min(2.4, Math.log2(strand.support)), type: "line",
      dashed: strand.planned, offset: (strand.at - (strand.of - 1) / 2) * GAP, zIndex: lit ? 1 : 0,
    };
  }

  /** Dots get smaller where there are many, where places mean something, or on a phone. */
  get shrink(): number {
    return Math.min(this.faint ? 0.72 : 1, (120 / this.graph.order) ** 0.35, Math.max(0.6, Math.sqrt(innerWidth / 900)));
  }

  private inWindow({ earliest, latest }: Strand): boolean {
    const [from, to] = this.window;
    if (!from && !to) return true;
    return earliest !== "" && (!to || earliest <= to) && (!from || (latest || earliest) >= from);
  }

  wishes(project: Project, scale: number): Wish[] {
    const wishes: Wish[] = [];
    const crowded = this.graph.order > 60;
    this.graph.forEachNode((id, { x, y, size, node }) => {
      const lit = this.lit(id);
      if (!lit && crowded) return;
      const chosen = id === this.choice.node || id === this.hovered;
      if (size < this.least && !chosen && this.choice.node === "") return;
      wishes.push({
        id, text: nameOf(node), at: project({ x, y }), radius: size * scale * this.shrink, bold: chosen || (!isEvent(node.class) && size > 12),
        weight: (chosen ? ALWAYS : 0) + (lit ? 100 : 0) + size * (isEvent(node.class) ? 1 : 3),
        size: chosen ? 13.5 : isEvent(node.class) ? 11.5 : 12.5,
        colour: blend(this.tint(isEvent(node.class) ? "soft" : "ink"), this.tint("paper"), lit ? 1 : 0.5),
      });
    });
    const focus = this.hovered || this.choice.edge || this.choice.node;
    if (!focus) return wishes;
    this.graph.forEachEdge((key, { strand }, a, b, from, to) => {
      if (key !== focus && a !== focus && b !== focus && !this.choice.also.has(key)) return;
      if (a === focus || b === focus ? this.graph.degree(focus) > 24 : false) return;
      const [one, other] = [project(from), project(to)];
      const length = Math.hypot(one.x - other.x, one.y - other.y) || 1;
      const offset = (strand.at - (strand.of - 1) / 2) * GAP;
      const middle = { x: (one.x + other.x) / 2 + ((other.y - one.y) / length) * offset, y: (one.y + other.y) / 2 + (-(other.x - one.x) / length) * offset };
      if (length < 90) return;
      wishes.push({
        id: key, text: textOfStrand(strand), at: middle, radius: 0, bold: key === focus,
        weight: key === focus ? ALWAYS : 40, size: 11, colour: this.tint(strand.class),
      });
    });
    return wishes;
  }
}

function leastNamed(graph: ViewGraph): number {
  if (graph.order <= MOST_NAMED) return 0;
  return graph.mapNodes((_, { size }) => size).sort((a, b) => b - a)[MOST_NAMED] ?? 0;
}

/** An event is told apart by its year. */
const nameOf = (node: GraphNode): string => (isEvent(node.class) && node.date ? `${node.label}, ${node.date.slice(0, 4)}` : node.label);

