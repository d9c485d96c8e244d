/** The picture itself: WebGL for dots and lines, a canvas below for map or axis, a canvas above for names. */

import { MultiUndirectedGraph } from "graphology";
import Sigma from "sigma";
import { animateNodes } from "sigma/utils";
import { textOfClass, textOfStrand } from "../names";
import { calm } from "../ui/theme";
import { h } from "../ui/dom";
import type { Places } from "./layouts/force";
import { place, write, type Placed } from "./labels";
import { Look, type Choice, type Project } from "./look";
import type { Dotted, Strand, Tied, ViewGraph } from "./model";
import { canvasPen, type Pen } from "./pen";
import { LineProgram, ShapeProgram } from "./programs";

export interface Listeners { node(id: string, twice: boolean): void; edge(key: string): void; nothing(): void }
/** Draws below the graph; `scale` is pixels per unit of the graph. */
export type Ground = (pen: Pen, project: Project, size: { width: number; height: number }, ink: CanvasRenderingContext2D | null) => void;

/** The mark that tells when the first picture, with its arrangement, was there. */
const DRAWN = "elchi-drawn";

export class Stage {
  /** What is shown, or will be as soon as it has its places. */
  graph: ViewGraph = new MultiUndirectedGraph<Dotted, Tied>();
  readonly sigma: Sigma<Dotted, Tied>;
  ground: Ground | null = null;
  readonly look = new Look(() => this.graph);
  private placed: Placed[] = [];
  private readonly under = h("canvas", { class: "layer" });
  private readonly over = h("canvas", { class: "layer over" });
  private arranged = false;
  private stop: (() => void) | null = null;

  constructor(private readonly holder: HTMLElement, listeners: Listeners) {
    const middle = h("div", { class: "layer" });
    holder.append(this.under, middle, this.over);
    this.sigma = new Sigma<Dotted, Tied>(this.graph, middle, {
      allowInvalidContainer: true, renderLabels: false, enableEdgeEvents: true, zIndex: true, stagePadding: 46,
      defaultNodeType: "shape", defaultEdgeType: "line", nodeProgramClasses: { shape: ShapeProgram as never },
      nodeHoverProgramClasses: { shape: ShapeProgram as never }, edgeProgramClasses: { line: LineProgram as never },
      defaultDrawNodeHover: () => undefined, minEdgeThickness: 1.2, antiAliasingFeather: 0.8, minCameraRatio: 0.02, maxCameraRatio: 4,
      zoomToSizeRatioFunction: (ratio) => Math.max(0.55, Math.sqrt(ratio)),
      nodeReducer: (id, data) => this.look.dot(id, data) as never, edgeReducer: (key, data) => this.look.line(key, data) as never,
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
      this.look.hovered = id;
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

  /* ---------- what is shown ---------- */

  choose(choice: Choice): void {
    this.look.choice = choice;
    if (this.sigma.getGraph() === this.graph) this.sigma.refresh({ skipIndexation: true });
  }

  refresh(): void {
    if (!this.put()) this.sigma.refresh();
  }

  restyle(): void {
    this.look.readColours();
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
    this.look.anew();
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
    this.placed = place(this.look.wishes(project, this.sigma.scaleSize(1)), { width, height }, this.graph.order > 1500 ? 120 : 260);
    write(canvasPen(above), this.placed, this.look.tint("paper"));
  }

  /** Draw all of it with another pen, for a file. */
  draw(pen: Pen): { width: number; height: number } {
    const size = this.size;
    const project: Project = (point) => this.sigma.graphToViewport(point);
    pen.box({ x: 0, y: 0 }, size.width, size.height, this.look.tint("paper"));
    this.ground?.(pen, project, size, null);
    this.graph.forEachEdge((key, data, _a, _b, from, to) => {
      const line = this.look.line(key, data);
      const [one, other] = [project(from), project(to)];
      const length = Math.hypot(one.x - other.x, one.y - other.y) || 1;
      const [dx, dy] = [((other.y - one.y) / length) * (line.offset ?? 0), (-(other.x - one.x) / length) * (line.offset ?? 0)];
      pen.line({ x: one.x + dx, y: one.y + dy }, { x: other.x + dx, y: other.y + dy },
        { colour: line.color as string, width: line.size ?? 1, dashed: line.dashed ?? false });
    });
    const scale = this.sigma.scaleSize(1);
    this.graph.forEachNode((id, data) => {
      const dot = this.look.dot(id, data);
      pen.dot(project(data), (dot.size ?? 5) * scale, { shape: dot.shape ?? "circle", fill: dot.color as string, rim: dot.rim as string });
    });
    write(pen, this.placed, this.look.tint("paper"));
    return size;
  }

  kill(): void {
    this.stop?.();
    this.sigma.kill();
    this.holder.replaceChildren();
  }
}

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
