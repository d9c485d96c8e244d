/** The panel beside the picture: about all, about a thing, or about what lies between two. */

import { api } from "../api";
import { card, kindLine, titleOf } from "../facts";
import { count } from "../format";
import { t } from "../i18n";
import { textOfClass } from "../names";
import type { Fact, GraphNode, Neighbours } from "../types";
import { button, h, put, set } from "../ui/dom";
import { entityLink, link } from "../ui/go";
import { icon } from "../ui/icons";
import { searchBox } from "../ui/search";
import { asked, type Filters } from "../url";
import { isEvent, type ViewGraph } from "./model";

export interface Acts {
  choose(id: string): void;
  edge(a: string, b: string, kind: string): void;
  expand(id: string, neighbour: string): Promise<void>;
  only(id: string): void;
  remove(id: string): void;
  path(from: string, to: string): Promise<string>;
}

const FACTS = 30;

export function aboutAll(holder: HTMLElement, graph: ViewGraph, acts: Acts): void {
  const nodes = graph.mapNodes((_, { node }) => node);
  const top = nodes.filter((node) => !isEvent(node.class)).sort((a, b) => b.facts - a.facts).slice(0, 12);
  set(holder,
    h("h1", {}, t("overview")), h("p", { class: "lead" }, t("overviewLead")),
    h("dl", { class: "numbers" },
      h("div", {}, h("dt", {}, t("nodes")), h("dd", {}, count(nodes.length))),
      h("div", {}, h("dt", {}, t("facts")), h("dd", {}, count(graph.reduceEdges((sum, _, { strand }) => sum + strand.facts, 0)))),
      h("div", {}, h("dt", {}, t("lines")), h("dd", {}, count(graph.size)))),
    h("h2", {}, t("most")),
    h("ol", { class: "most" }, ...top.map((node) => h("li", { "data-class": node.class }, h("span", { class: "swatch" }),
      button(node.label, () => acts.choose(node.id), { class: "name" }), h("small", {}, textOfClass(node.class)), h("span", { class: "number" }, count(node.facts))))));
}

export function aboutNode(holder: HTMLElement, node: GraphNode, shown: ViewGraph, filters: Filters, acts: Acts): void {
  const neighbours = h("div", { class: "neighbours" }, h("p", { class: "note" }, t("loading")));
  const facts = h("div", { class: "facts" });
  const paths = h("div", { class: "paths", hidden: true });
  const pathButton = button(t("pathTo"), () => {
    paths.hidden = !paths.hidden;
    pathButton.setAttribute("aria-expanded", String(!paths.hidden));
    if (!paths.hidden) paths.querySelector("input")?.focus();
  }, { class: "action", "aria-expanded": "false" });
  const said = h("p", { class: "note", role: "status" });
  put(paths, searchBox(t("pathFrom", { name: node.label }), (hit) => void acts.path(node.id, hit.id).then((words) => {
    said.textContent = words;
  }), false), said);
  set(holder,
    h("p", { class: "kind", "data-class": node.class }, h("span", { class: "swatch" }), h("span", {}, textOfClass(node.class))),
    h("h1", {}, entityLink(node.id, node.label)),
    h("div", { class: "acts" },
      link({ page: "entity", id: node.id }, t("page"), { class: "action strong" }), pathButton,
      button(t("only"), () => acts.only(node.id), { class: "action" }), button(t("removeNode"), () => acts.remove(node.id), { class: "action" })),
    paths, neighbours, facts);
  void api.neighbours(node.id, { limit: 0 }, asked(filters)).then((found) => counts(neighbours, found, shown, acts)).catch((error: Error) => failed(neighbours, error));
  if (isEvent(node.class)) {
    void api.facts({ fact: node.id }, {}).then((found) => set(facts, ...found.facts.map((fact) => card(fact)))).catch((error: Error) => failed(facts, error));
  } else void more(facts, { id: node.id }, filters, 0).catch((error: Error) => failed(facts, error));
}

/** How many there are of each class, before any is fetched. */
function counts(holder: HTMLElement, found: Neighbours, shown: ViewGraph, acts: Acts): void {
  const sums = new Map<string, number>();
  for (const { neighbour, nodes } of found.counts) sums.set(neighbour, Math.max(sums.get(neighbour) ?? 0, nodes));
  const here = new Map<string, number>();
  if (shown.hasNode(found.node.id)) for (const id of shown.neighbors(found.node.id)) {
    const kind = shown.getNodeAttribute(id, "node").class;
    here.set(kind, (here.get(kind) ?? 0) + 1);
  }
  const row = (kind: string): HTMLElement => {
    const [all, now] = [Math.max(sums.get(kind) ?? 0, here.get(kind) ?? 0), here.get(kind) ?? 0];
    const add = button([icon("plus")][0] as Node, () => {
      add.disabled = true;
      void acts.expand(found.node.id, kind);
    }, { class: "tool small", "aria-label": `${t("expand")}: ${textOfClass(kind)}`, title: t("expand") });
    add.disabled = now >= all;
    return h("li", { "data-class": kind }, h("span", { class: "swatch" }), h("span", {}, textOfClass(kind)),
      h("span", { class: "number" }, `${count(now)} / ${count(all)}`), add);
  };
  set(holder, h("h2", {}, t("neighbours")),
    sums.size === 0 ? h("p", { class: "note" }, t("noFacts")) : h("ul", { class: "counts" }, ...[...sums.keys()].sort((a, b) => (sums.get(b) ?? 0) - (sums.get(a) ?? 0)).map(row)));
}

/** Facts as lines that open; the sentences are there at once. */
async function more(holder: HTMLElement, of: Record<string, string>, filters: Filters, offset: number): Promise<void> {
  const found = await api.facts({ ...of, offset, limit: FACTS }, asked(filters));
  if (offset === 0) set(holder, h("h2", {}, t("facts"), " ", h("small", {}, count(found.total))));
  put(holder, ...found.facts.map(row));
  if (found.total === 0) put(holder, h("p", { class: "note" }, t("noFacts")));
  if (found.more) {
    const next = button(t("more"), () => {
      next.remove();
      void more(holder, of, filters, offset + FACTS);
    }, { class: "action" });
    put(holder, next);
  }
}

function row(fact: Fact): HTMLElement {
  const details = h("details", { class: "row" }, h("summary", {}, kindLine(fact), h("span", { class: "words" }, titleOf(fact))));
  details.addEventListener("toggle", () => {
    if (details.open && !details.querySelector(".fact")) put(details, card(fact));
  });
  return details;
}

export function aboutPair(holder: HTMLElement, ends: [GraphNode, GraphNode], kind: string, shown: ViewGraph, filters: Filters, acts: Acts): void {
  const [a, b] = ends;
  const classes = shown.hasNode(a.id) && shown.hasNode(b.id) ? [...new Set(shown.mapEdges(a.id, b.id, (_, { strand }) => strand.class))].sort() : [];
  const facts = h("div", { class: "facts" }, h("p", { class: "note" }, t("loading")));
  const tabs = classes.length > 1 ? h("div", { class: "chips" }, ...["", ...classes].map((name) => {
    const chip = button(name ? textOfClass(name) : t("all"), () => acts.edge(a.id, b.id, name), { class: "chip", "aria-pressed": String(name === kind), ...(name ? { "data-class": name } : {}) });
    if (name) chip.prepend(h("span", { class: "swatch" }));
    return chip;
  })) : null;
  const things = !isEvent(a.class) && !isEvent(b.class);
  set(holder,
    h("h1", { class: "pair" }, button(a.label, () => acts.choose(a.id), { class: "name" }), h("span", { class: "dash" }, " – "), button(b.label, () => acts.choose(b.id), { class: "name" })),
    things ? h("div", { class: "acts" }, link({ page: "pair", a: a.id, b: b.id }, t("together"), { class: "action strong" })) : null,
    tabs, facts);
  void api.facts({ from_id: a.id, to_id: b.id, limit: 50 }, { ...asked(filters), ...(kind ? { class: [kind] } : {}) }).then((found) => set(facts,
    h("h2", {}, t("facts"), " ", h("small", {}, count(found.total))),
    ...found.facts.map((fact) => card(fact)), found.total === 0 ? h("p", { class: "note" }, t("noFacts")) : null)).catch((error: Error) => failed(facts, error));
}

function failed(holder: HTMLElement, error: Error): void {
  set(holder, h("p", { class: "trouble", role: "alert" }, t("failed", { message: error.message })));
}
