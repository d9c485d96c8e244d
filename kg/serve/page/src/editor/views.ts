/** Results in other shapes than a table. Each view says in a sentence what it needs, if it is not there. */

import { Stage } from "../explore/stage";
import { graphOf } from "../explore/model";
import { forces } from "../explore/layouts/force";
import { MAP_WIDTH, world } from "../explore/layouts/world";
import { count } from "../format";
import { t } from "../i18n";
import type { GraphEdge, GraphNode, Row, SelectAnswer, Term } from "../types";
import { key, lines, seconds, type Line } from "../ui/chart";
import { h, put, s } from "../ui/dom";
import { go } from "../ui/go";
import { marks } from "../ui/strip";
import { called } from "./called";
import { columns, dateOf, idOf, numberOf, short, stateOf } from "./terms";

export type View = "table" | "graph" | "chart" | "timeline" | "map";
const MOST_LINES = 2000;
const MOST_BARS = 60;
const CLASS_OF: Record<string, string> = {
  state: "State", organization: "Organization", person: "Person", place: "Place", publisher: "Publisher", body: "Body", meeting: "Meeting",
  visit: "Visit", trade: "TradeVolume", agreement: "Agreement", relation: "Relation", statement: "Statement", tenure: "Tenure", article: "Article",
};

const rowsOf = (answer: SelectAnswer): Row[] => answer.results?.bindings ?? [];
const missing = (words: string): HTMLElement => h("p", { class: "note" }, words);

/** Two columns of things, or of codes of states; of triples subject and object. */
export function pairOf(answer: SelectAnswer): [string, string] | null {
  const names = answer.head.vars ?? [];
  if (names.join() === "subject,predicate,object") return ["subject", "object"];
  const things = columns(answer, idOf);
  const [a, b] = things.length >= 2 ? things : columns(answer, stateOf);
  return a && b ? [a, b] : null;
}

export function graph(answer: SelectAnswer): HTMLElement {
  const pair = pairOf(answer);
  if (!pair) return missing(t("cannotGraph"));
  const nodes = new Map<string, GraphNode>();
  const edges: GraphEdge[] = [];
  const named = (term: Term | undefined): string | undefined => {
    if (!term || (answer.head.vars?.[1] === "predicate" && term.type !== "uri")) return undefined;
    const code = stateOf(term);
    const id = idOf(term) ?? (code ? `state/${code}` : term.value);
    const known = nodes.get(id);
    if (known) known.facts += 1;
    else nodes.set(id, { id, iri: term.value, class: CLASS_OF[id.split("/")[0] ?? ""] ?? "Place", label: short(term).replace(/^[a-z]+\//, ""), country: code ?? "", facts: 1, degree: 1, date: "" });
    return id;
  };
  for (const row of rowsOf(answer).slice(0, MOST_LINES)) {
    const [from, to] = [named(row[pair[0]]), named(row[pair[1]])];
    if (!from || !to) continue;
    const kind = row["predicate"] ? short(row["predicate"]) : "Relation";
    edges.push({
      id: `r${edges.length}`, from, to, class: kind, kind: "", status: "", directed: true, facts: 1, fact: "", earliest: "", latest: "",
      support: 1, articles: 1, publishers: [], languages: [], conflict: false,
    });
  }
  const canvas = h("div", { class: "canvas" });
  const holder = h("div", { class: "result-graph", role: "img", "aria-label": t("graph") }, canvas);
  const ids = [...nodes.keys()].filter((id) => (id.split("/")[0] ?? "") in CLASS_OF);
  void Promise.all([called(ids), new Promise(requestAnimationFrame)]).then(([names]) => {
    if (!canvas.isConnected) return; // another view was asked for meanwhile
    nodes.forEach((node, id) => (node.label = names.get(id) || node.label));
    const stage = new Stage(canvas, { node: (id, twice) => twice && go({ page: "entity", id }), edge: () => undefined, nothing: () => stage.choose({ node: "", edge: "", also: new Set() }) });
    stage.graph = graphOf(nodes.values(), edges, null);
    stage.sigma.on("clickNode", ({ node }) => stage.choose({ node, edge: "", also: new Set() }));
    forces(stage.graph, stage.ratio, (places) => stage.move(places, false));
  });
  const more = rowsOf(answer).length > MOST_LINES ? missing(t("firstShown", { n: count(MOST_LINES) })) : null;
  return h("div", {}, more, holder);
}

export function chart(answer: SelectAnswer): HTMLElement {
  const dates = columns(answer, dateOf);
  const numbers = columns(answer, numberOf).filter((name) => !dates.includes(name));
  const value = numbers[0];
  if (!value) return missing(t("cannotChart"));
  const rest = (answer.head.vars ?? []).filter((name) => !numbers.includes(name) && !dates.includes(name));
  const day = dates[0];
  if (day) {
    const group = rest.find((name) => new Set(rowsOf(answer).map((row) => short(row[name]))).size <= 8);
    const drawn = new Map<string, Line>();
    for (const row of rowsOf(answer)) {
      const [at, figure] = [dateOf(row[day]), numberOf(row[value])];
      if (!at || figure === undefined) continue;
      const name = group ? short(row[group]) : value;
      const line = drawn.get(name) ?? { name, points: [] };
      line.points.push({ at: seconds(at), value: figure });
      drawn.set(name, line);
    }
    const holder = h("div", { class: "chart", role: "img", "aria-label": t("chart") });
    requestAnimationFrame(() => lines(holder, [...drawn.values()], ""));
    return h("div", {}, holder, key([...drawn.values()]));
  }
  return bars(rowsOf(answer), rest, value);
}

function bars(rows: Row[], names: string[], value: string): HTMLElement {
  const shown = rows.slice(0, MOST_BARS);
  const most = Math.max(1, ...shown.map((row) => Math.abs(numberOf(row[value]) ?? 0)));
  const list = h("ul", { class: "bars" }, ...shown.map((row) => {
    const figure = numberOf(row[value]) ?? 0;
    const bar = h("span", { class: "bar", "aria-hidden": "true" });
    bar.style.width = `${(Math.abs(figure) / most) * 100}%`;
    return h("li", {}, h("span", { class: "bar-name" }, names.slice(0, 2).map((name) => short(row[name])).filter(Boolean).join(" · ")), h("span", { class: "track" }, bar), h("span", { class: "number" }, count(figure)));
  }));
  return h("div", {}, rows.length > MOST_BARS ? missing(t("firstShown", { n: MOST_BARS })) : null, list);
}

export function timeline(answer: SelectAnswer): HTMLElement {
  const [from, to] = columns(answer, dateOf);
  if (!from) return missing(t("cannotTime"));
  const rest = (answer.head.vars ?? []).filter((name) => name !== from && name !== to);
  const lane = rest.find((name) => new Set(rowsOf(answer).map((row) => short(row[name]))).size <= 9);
  return marks(rowsOf(answer).flatMap((row) => {
    const start = dateOf(row[from]);
    const full = (text: string): string => (text.length === 4 ? `${text}-01-01` : text.length === 7 ? `${text}-01` : text);
    if (!start) return [];
    return [{
      class: lane ? short(row[lane]) : from, from: full(start), to: full(to ? (dateOf(row[to]) ?? start) : start), planned: false,
      label: rest.map((name) => short(row[name])).filter(Boolean).join(" · "),
    }];
  }));
}

export function map(answer: SelectAnswer): HTMLElement {
  const column = columns(answer, stateOf)[0];
  if (!column) return missing(t("cannotMap"));
  const figures = columns(answer, numberOf);
  const sums = new Map<string, number>();
  for (const row of rowsOf(answer)) {
    const code = stateOf(row[column]);
    if (code) sums.set(code, (sums.get(code) ?? 0) + (figures[0] ? (numberOf(row[figures[0]]) ?? 0) : 1));
  }
  const most = Math.max(1, ...sums.values());
  const holder = h("div", { class: "result-map" });
  void world().then(({ countries }) => {
    const drawing = s("svg", { viewBox: `0 0 ${MAP_WIDTH} 500`, role: "img", "aria-label": t("map") });
    for (const { code, outline } of countries) {
      const value = sums.get(code);
      const shape = s("path", { d: outline, class: value === undefined ? "land" : "land told" });
      if (value !== undefined) {
        shape.style.fillOpacity = String(0.22 + 0.78 * Math.sqrt(Math.abs(value) / most));
        shape.append(s("title", {}, `${code}: ${count(value)}`));
      }
      drawing.append(shape);
    }
    put(holder, drawing, h("p", { class: "note" }, t("mapCredit")));
  });
  return h("div", {}, holder, bars([...sums].sort((a, b) => b[1] - a[1]).map(([code, value]) => ({ state: { type: "literal", value: code }, value: { type: "literal", value: String(value) } }) satisfies Row), ["state"], "value"));
}
