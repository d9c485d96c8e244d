/** The explorer: it shows what the address says, and every act of the reader is a new address. */

import { api } from "../api";
import { t } from "../i18n";
import type { Facets, GraphEdge, GraphNode } from "../types";
import { button, h, set } from "../ui/dom";
import { go, steps } from "../ui/go";
import { icon, type Icon } from "../ui/icons";
import { copy, popup, tell } from "../ui/menu";
import { calm, narrow, onTheme } from "../ui/theme";
import { asked, EMPTY, isFiltered, LAYOUTS, type Layout, type View } from "../url";
import { Brush } from "./brush";
import { legend, panel as filterPanel } from "./filters";
import { grid, ground } from "./ground";
import { forces, forget, ready, type Places } from "./layouts/force";
import { timeline } from "./layouts/time";
import { onMap, world } from "./layouts/world";
import { list } from "./list";
import { graphOf, strandKey } from "./model";
import { aboutAll, aboutNode, aboutPair, type Acts } from "./panel";
import { Stage } from "./stage";
import { saver, zoomers } from "./tools";

export const OVERVIEW = 60;
const FIRST = 36;
const STEP = 30;
/** Never more new nodes than this at once, unless asked again. */
const MOST = 300;
const ICONS: Record<Layout, Icon> = { force: "graph", time: "time", map: "map" };

export class Explorer {
  readonly element = h("div", { class: "explorer" });
  private view: View = EMPTY;
  private readonly stage: Stage;
  private readonly known = new Map<string, GraphNode>();
  private readonly arranged = new Map<string, Places>();
  private arrangedKey = "";
  private drawn = "";
  private serial = 0;
  private facets: Facets = { classes: [], kinds: [], statuses: [], publishers: [], languages: [], support: [] };
  private highlighted = new Set<string>();

  private readonly canvas = h("div", { class: "canvas", role: "img", "aria-label": t("canvasHelp") });
  private readonly table = h("div", { class: "list", hidden: true, tabindex: "0", role: "region", "aria-label": t("list") });
  private readonly side = h("aside", { class: "panel", tabindex: "-1", "aria-live": "off" });
  private readonly chips = h("div", { class: "chips legend", role: "group", "aria-label": t("kinds") });
  private readonly layouts = h("div", { class: "segments", role: "group", "aria-label": t("layout") });
  private readonly note = h("p", { class: "stage-note", role: "status" });
  private readonly undo = button(icon("undo"), () => history.back(), { class: "tool", title: t("undo"), "aria-label": t("undo") });
  private readonly redo = button(icon("redo"), () => history.forward(), { class: "tool", title: t("redo"), "aria-label": t("redo") });
  private readonly twin = button(icon("list"), () => this.change({ list: !this.view.list }), { class: "tool", "aria-pressed": "false", title: t("list"), "aria-label": t("list") });
  private readonly brush = new Brush((span) => this.preview(span), (span) => this.change({ filters: { ...this.view.filters, ...span } }));

  private readonly acts: Acts = {
    choose: (id) => this.change({ at: id, pair: null }),
    edge: (a, b, kind) => this.change({ at: "", pair: [a, b, kind] }),
    expand: (id, neighbour) => this.expand(id, neighbour),
    only: (id) => this.change({ nodes: [id, ...this.stage.graph.neighbors(id)], at: id, pair: null }),
    remove: (id) => this.change({ nodes: this.stage.graph.nodes().filter((other) => other !== id), at: "", pair: null }),
    path: (from, to) => this.path(from, to),
  };

  constructor() {
    ready();
    const middle = h("div", { class: "stage" }, this.canvas, this.chips, zoomers(() => this.stage), this.note, this.table);
    this.element.append(h("div", { class: "work" }, this.toolbar(), middle, this.brush.element), this.side);
    this.stage = new Stage(this.canvas, {
      node: (id, twice) => (twice ? void this.expand(id, "") : this.change({ at: id, pair: null })),
      edge: (key) => {
        const { a, b, class: kind } = this.stage.graph.getEdgeAttribute(key, "strand");
        this.change({ at: "", pair: [a, b, kind] });
      },
      nothing: () => (this.view.at || this.view.pair ? this.change({ at: "", pair: null }) : undefined),
    });
    onTheme(() => this.restyle());
    Object.assign(globalThis, { elchi: this.stage }); // for the console of a browser, and for tests
  }

  /* ---------- the frame ---------- */

  private toolbar(): HTMLElement {
    const filters = popup(icon("filter"), t("filters"), () => [filterPanel(this.facets, this.view.filters, (next) => this.change({ filters: next }))]);
    filters.classList.add("filter-menu");
    return h("div", { class: "toolbar", role: "toolbar", "aria-label": t("picture") },
      h("div", { class: "group" }, this.undo, this.redo,
        button(t("restart"), () => go({ page: "explore", view: EMPTY }), { class: "tool wide" })),
      this.layouts, h("div", { class: "group end" }, filters, this.twin, saver(() => this.stage),
        button(icon("link"), () => void copy(location.href, t("copied")), { class: "tool", title: t("copyLink"), "aria-label": t("copyLink") })));
  }

  private change(patch: Partial<View>): void {
    const nodes = patch.nodes ?? this.view.nodes;
    go({ page: "explore", view: { ...this.view, ...patch, nodes } });
  }

  private restyle(): void {
    this.stage.restyle();
    void this.layGround();
  }

  /* ---------- from the address to the picture ---------- */

  async show(view: View): Promise<void> {
    const mine = ++this.serial;
    this.view = view;
    this.frame();
    try {
      const { nodes, edges } = await this.fetch(view);
      if (mine !== this.serial) return;
      await this.draw(nodes, edges);
    } catch (error) {
      if (mine !== this.serial) return;
      set(this.side, h("p", { class: "trouble", role: "alert" }, t("failed", { message: (error as Error).message })),
        button(t("again"), () => void this.show(view), { class: "action" }));
    }
  }

  private frame(): void {
    const { layout, list: asList } = this.view;
    set(this.layouts, ...LAYOUTS.map((name) => button(icon(ICONS[name]), () => this.change({ layout: name }), {
      class: "tool", "aria-pressed": String(name === layout), title: { force: t("network"), time: t("time"), map: t("map") }[name],
      "aria-label": { force: t("network"), time: t("time"), map: t("map") }[name],
    })));
    this.element.dataset["layout"] = layout;
    this.twin.setAttribute("aria-pressed", String(asList));
    this.table.hidden = !asList;
    const { step, last } = steps();
    this.undo.disabled = step === 0;
    this.redo.disabled = step >= last;
  }

  private async fetch(view: View): Promise<{ nodes: GraphNode[]; edges: GraphEdge[] }> {
    const filters = asked(view.filters);
    const keep = (nodes: GraphNode[]): void => nodes.forEach((node) => this.known.set(node.id, node));
    if (view.nodes.length === 0) {
      const found = await api.overview(OVERVIEW, filters);
      keep(found.nodes);
      return found;
    }
    let ids = view.nodes;
    if (ids.length === 1) {
      const found = await api.neighbours(ids[0] as string, { limit: FIRST }, filters);
      keep([found.node, ...found.nodes]);
      ids = [found.node.id, ...found.nodes.map((node) => node.id)];
    }
    const found = await api.between(ids, filters, ids.some((id) => !this.known.has(id)));
    keep(found.nodes);
    return { nodes: ids.map((id) => this.known.get(id)).filter((node) => node !== undefined), edges: found.edges };
  }

  private async draw(nodes: GraphNode[], edges: GraphEdge[]): Promise<void> {
    const { view } = this;
    const tied = new Set(edges.flatMap((edge) => [edge.from, edge.to]));
    const stay = new Set([view.at, ...view.nodes.slice(0, 1)]);
    const shown = isFiltered(view.filters) ? nodes.filter((node) => tied.has(node.id) || stay.has(node.id)) : nodes;
    const before = this.stage.graph.order;
    this.stage.graph = graphOf(shown, edges, this.stage.graph);
    this.stage.look.window = ["", ""];
    this.mark();
    await this.arrange(before > 0);
    this.describe();
    if (view.list) list(this.table, this.stage.graph, (key) => this.open(key));
    void this.surround();
  }

  /** Facets and time line belong to the nodes, whatever is filtered. */
  private async surround(): Promise<void> {
    const { view } = this;
    const ids = view.nodes.length > 1 && view.nodes.length <= MOST ? { ids: view.nodes } : view.nodes.length === 1 ? { id: view.nodes[0] as string } : {};
    const mine = this.serial;
    const filters = { ...asked(view.filters), from: undefined, to: undefined, undated: undefined };
    const [line, facets] = await Promise.all([api.timeline(ids, filters), api.facets(ids)]);
    if (mine !== this.serial) return;
    this.facets = facets;
    this.brush.show(line, view.filters);
    set(this.chips, ...legend(facets, view.filters, (next) => this.change({ filters: next })));
  }

  private mark(): void {
    const { at, pair } = this.view;
    const { graph } = this.stage;
    let edge = "";
    const also = new Set(this.highlighted);
    if (pair) {
      const keys = graph.hasNode(pair[0]) && graph.hasNode(pair[1]) ? graph.edges(pair[0], pair[1]) : [];
      edge = keys.find((key) => key === strandKey(...pair)) ?? keys[0] ?? "";
      if (!pair[2]) keys.forEach((key) => also.add(key)), also.add(pair[0]), also.add(pair[1]);
    }
    this.stage.choose({ node: at, edge, also });
  }

  private describe(): void {
    const { at, pair, filters } = this.view;
    const { graph } = this.stage;
    const key = JSON.stringify([at, pair, filters, graph.order, graph.size]);
    if (key === this.drawn) return;
    this.drawn = key;
    const ends = pair?.slice(0, 2).map((id) => this.known.get(id));
    if (pair && ends?.[0] && ends[1]) aboutPair(this.side, [ends[0], ends[1]], pair[2], graph, filters, this.acts);
    else if (at && this.known.has(at)) aboutNode(this.side, this.known.get(at) as GraphNode, graph, filters, this.acts);
    else aboutAll(this.side, graph, this.acts);
    this.side.scrollTop = 0;
    if (graph.order === 0) this.note.textContent = t("noNodes");
    if ((at || pair) && narrow() && this.serial > 1) this.uncover();
  }

  /** On a phone the panel lies below the picture: bring its head into sight, and leave some of the picture there. */
  private uncover(): void {
    const top = this.side.getBoundingClientRect().top;
    if (top > innerHeight * 0.6) scrollBy({ top: top - innerHeight * 0.5, behavior: calm() ? "auto" : "smooth" });
  }

  /* ---------- arrangement ---------- */

  private async arrange(smoothly: boolean): Promise<void> {
    const { graph } = this.stage;
    const { layout } = this.view;
    const key = `${layout} ${graph.nodes().sort().join(" ")}`;
    await this.layGround();
    if (key === this.arrangedKey) {
      this.stage.refresh();
      return;
    }
    const changed = !this.arrangedKey.startsWith(layout);
    this.arrangedKey = key;
    this.stage.sigma.getCamera().setState({ x: 0.5, y: 0.5, ratio: 1, angle: 0 });
    const old = this.arranged.get(key);
    forget();
    if (old) this.stage.move(old, smoothly);
    else if (layout === "map") this.keep(key, onMap(graph, await world()), smoothly);
    else if (layout === "time") this.keep(key, timeline(graph, 1000 / this.stage.ratio).places, smoothly);
    else forces(graph, this.stage.ratio, (places, done) => (done ? this.keep(key, places, smoothly && !changed) : this.stage.move(places, false)));
  }

  private keep(key: string, places: Places, smoothly: boolean): void {
    this.arranged.set(key, places);
    this.stage.move(places, smoothly);
  }

  private async layGround(): Promise<void> {
    const { layout } = this.view;
    this.stage.look.faint = layout !== "force";
    this.note.textContent = layout === "map" ? t("mapCredit") : layout === "time" ? t("firstDate") : "";
    if (layout === "map") this.stage.ground = ground(await world());
    else if (layout === "time") this.stage.ground = grid(timeline(this.stage.graph, 1000 / this.stage.ratio).axis);
    else this.stage.ground = null;
  }

  /** While the brush moves, lines outside of it fade at once; the exact answer comes when it is let go. */
  private preview({ from, to }: { from: string; to: string }): void {
    this.stage.look.window = [from, to];
    this.stage.sigma.refresh({ skipIndexation: true });
  }

  private open(key: string): void {
    const { a, b, class: kind } = this.stage.graph.getEdgeAttribute(key, "strand");
    this.change({ at: "", pair: [a, b, kind] });
    this.side.focus();
  }

  /* ---------- acts ---------- */

  /** Add the next neighbours that are not shown yet; those with most facts first. */
  private async expand(id: string, neighbour: string): Promise<void> {
    const { graph } = this.stage;
    const fresh: GraphNode[] = [];
    for (let offset = 0; fresh.length < STEP && offset < 3000; offset += MOST) {
      const page = await api.neighbours(id, { offset, limit: MOST, neighbour: neighbour || undefined }, asked(this.view.filters));
      for (const node of page.nodes) {
        if (graph.hasNode(node.id) || fresh.length >= STEP) continue;
        fresh.push(node);
        this.known.set(node.id, node);
      }
      if (!page.more) break;
    }
    this.change({ nodes: [...graph.nodes(), ...fresh.map((node) => node.id)], at: id, pair: null });
  }

  private async path(from: string, to: string): Promise<string> {
    const found = await api.path(from, to, asked(this.view.filters));
    if (found.length === null || found.nodes.length < 2) return t("pathNone");
    found.nodes.forEach((node) => this.known.set(node.id, node));
    this.change({ nodes: found.nodes.map((node) => node.id), at: "", pair: null, layout: "force" });
    tell(t("pathSteps", { n: found.length }));
    return "";
  }
}
