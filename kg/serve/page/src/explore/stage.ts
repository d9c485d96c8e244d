/** The picture itself: WebGL for dots and lines, a canvas below for map or axis, a canvas above for names. */

import { MultiUndirectedGraph } from "graphology";
import Sigma from "sigma";
import { animateNodes } from "sigma/utils";
import { textOfClass, textOfStrand } from "../names";
import type { GraphNode } from "../types";
import { blend, calm, colour } from "../ui/theme";
import { h } from "../ui/dom";
import type { Places } from "./layouts/force";
import { ALWAYS, place, write, type Placed, type Wish } from "./labels";
import { isEvent, shapeOf, type Dotted, type Strand, type Tied, type ViewGraph } from "./model";
import { canvasPen, type Pen, type Point } from "./pen";
import { LineProgram, ShapeProgram, type Dot, type Line } from "./programs";

export interface Choice { node: string; edge: string; also: Set<string> }
export interface Listeners { node(id: string, twice: boolean): void; edge(key: string): void; nothing(): void }
export type Project = (point: Point) => Point;
/** Draws below the graph; `scale` is pixels per unit of the graph. */
export type Ground = (pen: Pen, project: Project, size: { width: number; height: number }, ink: CanvasRenderingContext2D | null) => void;

type Colours = Record<string, string>;
const COLOURED = ["paper", "card", "ink", "soft", "line", "wire", "land", "border", "accent",
  "State", "Organization", "Body", "Person", "Place", "Publisher", "Meeting", "Visit", "TradeVolume", "Agreement", "Relation", "Statement", "Tenure"];
const GAP = 4.5;
const MOST_NAMED = 600;
/** The mark that tells when the first picture, with its arrangement, was there. */
const DRAWN = "elchi-drawn";

export class Stage {
  /** What is shown, or will be as soon as it has its places. */
  graph: ViewGraph = new MultiUndirectedGraph<Dotted, Tied>();
  readonly sigma: Sigma<Dotted, Tied>;
  ground: Ground | null = null;
  /** Lines outside of these days are faint; empty text is no limit. */
  window: [string, string] = ["", ""];
  /** Lines are drawn faintly where places mean something and lines only add to them. */
  faint = false;
  private choice: Choice = { node: "", edge: "", also: new Set() };
  private hovered = "";
  private colours: Colours = {};
  private placed: Placed[] = [];
  private readonly under = h("canvas", { class: "layer" });
  private readonly over = h("canvas", { class: "layer over" });
  private arranged = false;
  /** Smaller dots than this have no name in a view of thousands. */
  private least = 0;
  private stop: (() => void) | null = null;

  constructor(private readonly holder: HTMLElement, listeners: Listeners) {
    const middle = h("div", { class: "layer" });
    holder.append(this.under, middle, this.over);
    this.readColours();
    this.sigma = new Sigma<Dotted, Tied>(this.graph, middle, {
      allowInvalidContainer: true, renderLabels: false, enableEdgeEvents: true, zIndex: true, stagePadding: 46,
      defaultNodeType: "shape", defaultEdgeType: "line", nodeProgramClasses: { shape: ShapeProgram as never },
      nodeHoverProgramClasses: { shape: ShapeProgram as never }, edgeProgramClasses: { line: LineProgram as never },
      defaultDrawNodeHover: () => undefined, minEdgeThickness: 1.2, antiAliasingFeather: 0.8, minCameraRatio: 0.02, maxCameraRatio: 4,
      zoomToSizeRatioFunction: (ratio) => Math.max(0.55, Math.sqrt(ratio)),
      nodeReducer: (id, data) => this.dot(id, data) as never, edgeReducer: (key, data) => this.line(key, data) as never,
    });
    this.sigma.on("afterRender", () => this.paint());
    this.listen(listeners);
  }

  private listen(listeners: Listeners): void {
    this.sigma.on("clickNode", ({ node }) => listeners.node(node, false));
    this.sigma.on("doubleClickNode", ({ node, preventSigmaDefault }) => {
      preventSigmaDefault();
      listeners.node(node, true);
    });
    this.sigma.on("clickEdge", ({ edge }) => listeners.edge(edge));
    this.sigma.on("clickStage", ({ event }) => {
      const label = this.placed.find((l) => event.x >= l.x && event.x <= l.x + l.width && event.y >= l.y && event.y <= l.y + l.height);
      if (!label) listeners.nothing();
      else if (this.graph.hasNode(label.id)) listeners.node(label.id, false);
      else listeners.edge(label.id);
    });
    const hover = (id: string): void => {
      this.hovered = id;
      this.holder.classList.toggle("pointing", id !== "");
      this.sigma.refresh({ skipIndexation: true });
    };
    this.sigma.on("enterNode", ({ node }) => hover(node));
    this.sigma.on("leaveNode", () => hover(""));
    this.sigma.on("enterEdge", ({ edge }) => hover(edge));
    this.sigma.on("leaveEdge", () => hover(""));
    this.draggable();
  }

  private draggable(): void {
    let held = "";
    this.sigma.on("downNode", ({ node }) => {
      held = node;
      if (!this.sigma.getCustomBBox()) this.sigma.setCustomBBox(this.sigma.getBBox());
    });
    this.sigma.on("moveBody", ({ event }) => {
      if (!held) return;
      const { x, y } = this.sigma.viewportToGraph(event);
      this.graph.mergeNodeAttributes(held, { x, y });
      event.preventSigmaDefault();
    });
    const drop = (): void => {
      held = "";
    };
    this.sigma.on("upNode", drop);
    this.sigma.on("upStage", drop);
  }

  /* ---------- what is shown how ---------- */

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

  private dot(id: string, { x, y, size, node }: Dotted): Partial<Dot> {
    const paper = this.colours["paper"] as string;
    const base = this.tint(node.class);
    const lit = this.lit(id);
    const chosen = id === this.choice.node;
    const rim = lit ? (chosen ? (this.colours["ink"] as string) : base) : blend(base, paper, 0.42);
    const fill = isEvent(node.class) ? blend(base, paper, lit ? 0.28 : 0.1) : blend(base, paper, lit ? 1 : 0.42);
    return { x, y, size: (chosen ? size * 1.25 : size) * this.shrink, shape: shapeOf(node.class), color: fill, rim, type: "shape", label: node.label, zIndex: lit ? 1 : 0 };
  }

  private line(key: string, { strand }: Tied): Partial<Line> {
    const paper = this.colours["paper"] as string;
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

  /** Dots get smaller where there are many, or where places mean something. */
  private get shrink(): number {
    return Math.min(this.faint ? 0.72 : 1, (120 / this.graph.order) ** 0.35);
  }

  private inWindow({ earliest, latest }: Strand): boolean {
    const [from, to] = this.window;
    if (!from && !to) return true;
    return earliest !== "" && (!to || earliest <= to) && (!from || (latest || earliest) >= from);
  }

  choose(choice: Choice): void {
    this.choice = choice;
    if (this.sigma.getGraph() === this.graph) this.sigma.refresh({ skipIndexation: true });
  }

  refresh(): void {
    if (!this.put()) this.sigma.refresh();
  }

  restyle(): void {
    this.readColours();
    this.sigma.refresh();
  }

  /* ---------- places ---------- */

  get ratio(): number {
    const { width, height } = this.size;
    return Math.min(1.9, Math.max(0.6, width / Math.max(1, height)));
  }

  get size(): { width: number; height: number } {
    return { width: this.holder.clientWidth, height: this.holder.clientHeight };
  }

  move(places: Places, smoothly: boolean, done?: () => void): void {
    this.stop?.();
    this.stop = null;
    this.arranged = this.graph.order > 0;
    this.sigma.setCustomBBox(null);
    if (!smoothly || calm() || this.graph.order > 600) {
      this.graph.updateEachNodeAttributes((id, data) => ({ ...data, ...places.get(id) }), { attributes: ["x", "y"] });
      if (!this.put()) this.sigma.refresh();
      done?.();
      return;
    }
    this.put();
    this.stop = animateNodes(this.graph, Object.fromEntries(places), { duration: 450, easing: "quadraticInOut" }, done);
  }

  /** Hand the graph to the renderer, if it has another; that draws it. */
  private put(): boolean {
    if (this.sigma.getGraph() === this.graph) return false;
    this.hovered = "";
    this.least = leastNamed(this.graph);
    this.sigma.setGraph(this.graph);
    return true;
  }

  fit(): void {
    this.sigma.setCustomBBox(null);
    void this.sigma.getCamera().animate({ x: 0.5, y: 0.5, ratio: 1, angle: 0 }, { duration: calm() ? 1 : 300 });
  }

  zoom(factor: number): void {
    const camera = this.sigma.getCamera();
    void camera.animate({ ratio: camera.getBoundedRatio(camera.ratio * factor) }, { duration: calm() ? 1 : 200 });
  }

  /* ---------- names, map and axis ---------- */

  private paint(): void {
    const { width, height } = this.size;
    const project: Project = (point) => this.sigma.graphToViewport(point);
    const below = prepare(this.under, width, height);
    if (below) this.ground?.(canvasPen(below), project, { width, height }, below);
    const above = prepare(this.over, width, height);
    if (!above) return;
    if (this.arranged && performance.getEntriesByName(DRAWN).length === 0) performance.mark(DRAWN);
    this.placed = place(this.wishes(project), { width, height }, this.graph.order > 1500 ? 120 : 260);
    write(canvasPen(above), this.placed, this.colours["paper"] as string);
  }

  private wishes(project: Project): Wish[] {
    const wishes: Wish[] = [];
    const crowded = this.graph.order > 60;
    const scale = this.sigma.scaleSize(1);
    this.graph.forEachNode((id, { x, y, size, node }) => {
      const lit = this.lit(id);
      if (!lit && crowded) return;
      const chosen = id === this.choice.node || id === this.hovered;
      if (size < this.least && !chosen && this.choice.node === "") return;
      wishes.push({
        id, text: nameOf(node), at: project({ x, y }), radius: size * scale * this.shrink, bold: chosen || (!isEvent(node.class) && size > 12),
        weight: (chosen ? ALWAYS : 0) + (lit ? 100 : 0) + size * (isEvent(node.class) ? 1 : 3),
        size: chosen ? 13.5 : isEvent(node.class) ? 11.5 : 12.5,
        colour: blend(this.colours[isEvent(node.class) ? "soft" : "ink"] as string, this.colours["paper"] as string, lit ? 1 : 0.5),
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

  /** Draw all of it with another pen, for a file. */
  draw(pen: Pen): { width: number; height: number } {
    const size = this.size;
    const project: Project = (point) => this.sigma.graphToViewport(point);
    pen.box({ x: 0, y: 0 }, size.width, size.height, this.colours["paper"] as string);
    this.ground?.(pen, project, size, null);
    this.graph.forEachEdge((key, data, _a, _b, from, to) => {
      const line = this.line(key, data);
      const [one, other] = [project(from), project(to)];
      const length = Math.hypot(one.x - other.x, one.y - other.y) || 1;
      const [dx, dy] = [((other.y - one.y) / length) * (line.offset ?? 0), (-(other.x - one.x) / length) * (line.offset ?? 0)];
      pen.line({ x: one.x + dx, y: one.y + dy }, { x: other.x + dx, y: other.y + dy },
        { colour: line.color as string, width: line.size ?? 1, dashed: line.dashed ?? false });
    });
    const scale = this.sigma.scaleSize(1);
    this.graph.forEachNode((id, data) => {
      const dot = this.dot(id, data);
      pen.dot(project(data), (dot.size ?? 5) * scale, { shape: dot.shape ?? "circle", fill: dot.color as string, rim: dot.rim as string });
    });
    write(pen, this.placed, this.colours["paper"] as string);
    return size;
  }

  kill(): void {
    this.stop?.();
    this.sigma.kill();
    this.holder.replaceChildren();
  }
}

function leastNamed(graph: ViewGraph): number {
  if (graph.order <= MOST_NAMED) return 0;
  return graph.mapNodes((_, { size }) => size).sort((a, b) => b - a)[MOST_NAMED] ?? 0;
}

/** An event is told apart by its year. */
const nameOf = (node: GraphNode): string => (isEvent(node.class) && node.date ? `${node.label}, ${node.date.slice(0, 4)}` : node.label);

export const describe = (strand: Strand): string => `${textOfClass(strand.class)}: ${textOfStrand(strand)}`;

function prepare(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const ratio = devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const ink = canvas.getContext("2d");
  ink?.setTransform(ratio, 0, 0, ratio, 0, 0);
  ink?.clearRect(0, 0, width, height);
  return ink;
}
