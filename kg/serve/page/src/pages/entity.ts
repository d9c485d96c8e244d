/** The page of a thing: its names, its offices or people, its partners, its trade, and all facts in which it takes part. */

import { api, inPath } from "../api";
import { bcp47, card, titleOf } from "../facts";
import { count, date } from "../format";
import { t } from "../i18n";
import { allLabels, textOfClass, textOfLanguage, textOfMember } from "../names";
import type { Entity, Fact, Neighbours, Office } from "../types";
import { h, outside, set } from "../ui/dom";
import { entityLink, link } from "../ui/go";
import { EMPTY } from "../url";
import { factList } from "./shared";
import { tradeChart } from "./trade";
import type { Page } from "./pages";

const PARTNERS = 12;

export async function entityPage(id: string): Promise<Page> {
  const thing = await api.entity(id);
  if (thing.class in allLabels().classes && thing.facts.some((fact) => fact.id === id)) return factPage(thing);
  const isState = thing.class === "State";
  const [near, series] = await Promise.all([
    api.neighbours(id, { limit: 60 }).catch(() => null), isState ? api.series(id).catch(() => null) : null,
  ]);
  const trade = series ? tradeChart(series.series) : null;
  const element = h("div", { class: "page" },
    head(thing),
    h("div", { class: "columns" },
      h("div", { class: "column" },
        trade ? h("section", {}, h("h2", {}, t("trade")), trade.element) : null,
        factList(thing.counts, (kind, offset) => api.entity(id, { offset, limit: 30, class: kind || undefined }))),
      h("div", { class: "column narrow" },
        offices(thing), near ? partners(near, id) : null, names(thing))));
  return { element, title: thing.label, ...(trade ? { shown: trade.shown } : {}) };
}

function head(thing: Entity): HTMLElement {
  const own = new Set([thing.label]);
  const others = thing.labels.filter(({ kind, label }) => kind === "preferred" && !own.has(label) && own.add(label));
  return h("header", { class: "head" },
    h("p", { class: "kind", "data-class": thing.class }, h("span", { class: "swatch" }), h("span", {}, textOfClass(thing.class))),
    h("h1", {}, thing.label),
    others.length > 0 ? h("p", { class: "others" }, ...others.flatMap(({ lang, label }, at) => [at > 0 ? " · " : "", h("span", { lang: bcp47(lang) }, label)])) : null,
    h("p", { class: "meta" }, `${t("articles")}: ${count(thing.articles)} · ${t("facts")}: ${count(thing.total)}`),
    h("div", { class: "acts" },
      link({ page: "explore", view: { ...EMPTY, nodes: [thing.id], at: thing.id } }, t("inGraph"), { class: "action strong" }),
      h("a", { class: "action", href: `/id/${inPath(thing.id)}.ttl` }, "Turtle"), h("a", { class: "action", href: `/id/${inPath(thing.id)}.jsonld` }, "JSON-LD")));
}

/** Of a person its offices in time; of a state or an organisation its people. */
function offices(thing: Entity): HTMLElement | null {
  if (thing.offices.length === 0) return null;
  const own = thing.class === "Person";
  return h("section", {}, h("h2", {}, own ? t("offices") : t("people")), h("ol", { class: "offices" }, ...(own ? thing.offices : present(thing.offices)).map((office) => {
    const who = own ? office.of : office.person;
    return h("li", {},
      h("span", {}, who ? entityLink(who.id, who.label) : ""), h("span", { class: "role" }, textOfMember("office", office.office)),
      h("small", {}, held(office)));
  })));
}

/** Who is in office now comes first, then the latest. */
function present(all: Office[]): Office[] {
  const latest = (office: Office): string => office.end || [...office.observed].sort().at(-1) || office.start;
  const rank = (office: Office): string => (office.end ? "0" : "1") + latest(office);
  return [...all].sort((a, b) => (rank(a) < rank(b) ? 1 : -1));
}

/** The dates of an office as known; else the days of articles in which it was named. */
function held(office: Office): string {
  if (office.start || office.end) return `${office.start ? date(office.start) : "…"} – ${office.end ? date(office.end) : ""}`.trim();
  const days = [...office.observed].sort();
  if (days.length === 0) return "";
  const [first, last] = [days[0] as string, days.at(-1) as string];
  return `${t("seen")} ${date(first)}${last !== first ? ` – ${date(last)}` : ""}`;
}

function partners(near: Neighbours, id: string): HTMLElement | null {
  const facts = new Map<string, number>();
  for (const edge of near.edges) {
    const other = edge.from === id ? edge.to : edge.from;
    facts.set(other, (facts.get(other) ?? 0) + edge.facts);
  }
  const things = near.nodes.filter((node) => ["State", "Organization", "Person", "Body"].includes(node.class)).sort((a, b) => (facts.get(b.id) ?? 0) - (facts.get(a.id) ?? 0));
  if (things.length === 0) return null;
  const most = Math.max(1, ...things.map((node) => facts.get(node.id) ?? 0));
  return h("section", {}, h("h2", {}, t("partners")), h("ul", { class: "partners" }, ...things.slice(0, PARTNERS).map((node) => {
    const bar = h("span", { class: "bar", "aria-hidden": "true" });
    bar.style.width = `${((facts.get(node.id) ?? 0) / most) * 100}%`;
    return h("li", { "data-class": node.class }, link({ page: "pair", a: id, b: node.id }, node.label), h("span", { class: "number" }, count(facts.get(node.id) ?? 0)), bar);
  })));
}

function names(thing: Entity): HTMLElement {
  const byLanguage = new Map<string, string[]>();
  for (const { lang, label } of thing.labels) byLanguage.set(lang, [...(byLanguage.get(lang) ?? []), label]);
  return h("section", {}, h("h2", {}, t("names")),
    h("dl", { class: "names" }, ...[...byLanguage].flatMap(([lang, labels]) => [
      h("dt", {}, lang ? textOfLanguage(lang) : ""), h("dd", { lang: bcp47(lang) }, [...new Set(labels)].join(", ")),
    ])),
    h("p", { class: "note iri" }, thing.iri),
    thing.same.length > 0 ? h("p", { class: "note" }, `${t("elsewhere")}: `, ...thing.same.map((address) => h("span", { class: "same" }, outside(address, address.replace(/^https?:\/\//, ""))))) : null);
}

/** The page of a fact: the card, with every sentence. */
async function factPage(thing: Entity): Promise<Page> {
  const holder = h("div", { class: "page" });
  const { facts } = await api.facts({ fact: thing.id });
  const found: Fact[] = facts.length > 0 ? facts : thing.facts;
  set(holder, h("header", { class: "head" }, h("h1", {}, found[0] ? titleOf(found[0]) : thing.label), h("p", { class: "note iri" }, thing.iri)),
    ...found.map((fact) => card(fact)));
  return { element: holder, title: found[0] ? titleOf(found[0]) : thing.label };
}
