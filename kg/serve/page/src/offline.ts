/** A saved view: the same picture and the same sentences, with nothing behind it. */

import "./style/base.css";
import "./style/explore.css";
import "./style/offline.css";
import { card } from "./facts";
import { count, date } from "./format";
import { t } from "./i18n";
import { legend } from "./explore/filters";
import { list } from "./explore/list";
import { graphOf, isEvent, strandKey } from "./explore/model";
import { Stage } from "./explore/stage";
import { textOfClass, useNames } from "./names";
import type { Fact, Graph, GraphEdge, GraphNode, Labels } from "./types";
import { button, h, must, set } from "./ui/dom";
import { onFollow } from "./ui/go";
import { icon } from "./ui/icons";
import { applyTheme, onTheme } from "./ui/theme";
import { NO_FILTERS, type Filters } from "./url";

interface Saved extends Graph {
  labels: Labels; date: string;
  nodes: (GraphNode & { x: number; y: number })[];
  facts: { from: string; to: string; class: string; facts: Fact[] }[];
}

const saved = JSON.parse(must<HTMLElement>("#saved").textContent ?? "") as Saved;
const names = new Map(saved.nodes.map((node) => [node.id, node]));
const facts = new Map(saved.facts.map((one) => [strandKey(one.from, one.to, one.class), one.facts]));
let filters: Filters = NO_FILTERS;

applyTheme();
useNames(saved.labels);
document.body.dataset["page"] = "explore";

const canvas = h("div", { class: "canvas", role: "img", "aria-label": t("canvasHelp") });
const table = h("div", { class: "list", hidden: true, tabindex: "0", role: "region", "aria-label": t("list") });
const side = h("aside", { class: "panel", tabindex: "-1" });
const chips = h("div", { class: "chips legend", role: "group", "aria-label": t("kinds") });
const find = h("input", { type: "search", "aria-label": t("search"), placeholder: t("searchHint"), list: "names" });
const twin = button(icon("list"), () => {
  table.hidden = !table.hidden;
  twin.setAttribute("aria-pressed", String(!table.hidden));
  list(table, stage.graph, edge);
}, { class: "tool", "aria-pressed": "false", "aria-label": t("list"), title: t("list") });
must("#app").append(h("div", { class: "explorer" }, h("div", { class: "work" },
  h("div", { class: "toolbar" }, h("strong", { class: "brand" }, "Elchi"), h("div", { class: "search" }, icon("search"), find,
    h("datalist", { id: "names" }, ...saved.nodes.map((one) => h("option", { value: one.label })))), h("div", { class: "group end" }, twin)),
  h("div", { class: "stage" }, canvas, chips, table)), side));

const stage = new Stage(canvas, { node, edge, nothing: () => overview() });

function draw(): void {
  const edges: GraphEdge[] = saved.edges.filter((one) => filters.class.length === 0 || filters.class.includes(one.class));
  stage.graph = graphOf(saved.nodes, edges, null);
  stage.move(new Map(saved.nodes.map(({ id, x, y }) => [id, { x, y }])), false);
  const classes = [...new Set(saved.edges.map((one) => one.class))].map((value) => ({ value, facts: saved.edges.filter((one) => one.class === value).length }));
  set(chips, ...legend({ classes, kinds: [], statuses: [], publishers: [], languages: [], support: [] }, filters, (next) => {
    filters = next;
    draw();
  }));
  if (!table.hidden) list(table, stage.graph, edge);
}

function overview(): void {
  stage.choose({ node: "", edge: "", also: new Set() });
  const top = saved.nodes.filter((one) => !isEvent(one.class)).sort((a, b) => b.facts - a.facts).slice(0, 14);
  set(side, h("h1", {}, t("overview")), h("p", { class: "lead" }, t("offlineNote", { date: date(saved.date) })), h("ol", { class: "most" }, ...top.map((one) =>
    h("li", { "data-class": one.class }, h("span", { class: "swatch" }), button(one.label, () => node(one.id), { class: "name" }), h("small", {}, textOfClass(one.class)), h("span", { class: "number" }, count(one.facts))))));
}

function node(id: string): void {
  const one = names.get(id);
  if (!one) return;
  stage.choose({ node: id, edge: "", also: new Set() });
  const keys = stage.graph.hasNode(id) ? stage.graph.edges(id) : [];
  set(side, h("p", { class: "kind", "data-class": one.class }, h("span", { class: "swatch" }), h("span", {}, textOfClass(one.class))), h("h1", {}, one.label), h("div", { class: "facts" }, ...told(keys)));
  side.scrollTop = 0;
}

function edge(key: string): void {
  const { a, b } = stage.graph.getEdgeAttribute(key, "strand");
  stage.choose({ node: "", edge: key, also: new Set() });
  set(side, h("h1", { class: "pair" }, button(names.get(a)?.label ?? a, () => node(a), { class: "name" }), h("span", { class: "dash" }, " – "), button(names.get(b)?.label ?? b, () => node(b), { class: "name" })),
    h("div", { class: "facts" }, ...told([key])));
  side.scrollTop = 0;
}

/** Each fact once, however many lines it has. */
function told(keys: string[]): HTMLElement[] {
  const all = new Map(keys.flatMap((key) => facts.get(key) ?? []).map((fact) => [fact.id, fact]));
  return [...all.values()].map((fact) => card(fact, { articleLinks: false }));
}

find.addEventListener("change", () => {
  const words = find.value.toLocaleLowerCase();
  const hit = saved.nodes.find((one) => one.label.toLocaleLowerCase() === words) ?? saved.nodes.find((one) => one.label.toLocaleLowerCase().includes(words));
  if (hit && words) node(hit.id);
});
onFollow((place) => place.page === "entity" && node(place.id));
onTheme(() => stage.restyle());
Object.assign(globalThis, { elchi: stage }); // for the console of a browser, and for tests
draw();
overview();
