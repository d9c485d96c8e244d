/** Everything between two on one time line, and what they trade. */

import { api } from "../api";
import { count } from "../format";
import { t } from "../i18n";
import { textOfClass } from "../names";
import type { Fact, Pair } from "../types";
import { h } from "../ui/dom";
import { entityLink, link } from "../ui/go";
import { EMPTY } from "../url";
import { strip } from "../ui/strip";
import { factRow } from "./shared";
import { tradeChart } from "./trade";
import type { Page } from "./pages";

export async function pairPage(a: string, b: string): Promise<Page> {
  const pair = await api.pair(a, b);
  const trade = pair.trade.length > 0 ? tradeChart(pair.trade) : null;
  const title = `${pair.a.label} – ${pair.b.label}`;
  const element = h("div", { class: "page" },
    h("header", { class: "head" },
      h("h1", {}, entityLink(pair.a.id, pair.a.label), h("span", { class: "dash" }, " – "), entityLink(pair.b.id, pair.b.label)),
      counted(pair),
      h("div", { class: "acts" }, link({ page: "explore", view: { ...EMPTY, nodes: [a, b], pair: [a, b, ""] } }, t("inGraph"), { class: "action strong" }))),
    h("section", {}, h("h2", {}, t("timeline")), strip(pair.timeline)),
    trade ? h("section", {}, h("h2", {}, t("trade")), trade.element) : null,
    h("section", {}, h("h2", {}, t("facts")), years(pair.timeline)));
  return { element, title, ...(trade ? { shown: trade.shown } : {}) };
}

function counted(pair: Pair): HTMLElement {
  return h("ul", { class: "key" }, ...pair.counts.map((one) => h("li", { class: "chip", "data-class": one.class },
    h("span", { class: "swatch" }), textOfClass(one.class), h("small", {}, count(one.facts)))));
}

/** Facts year by year, the latest first; those without a date at the end. */
function years(facts: Fact[]): HTMLElement {
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    const year = fact.earliest.slice(0, 4);
    groups.set(year, [...(groups.get(year) ?? []), fact]);
  }
  const ordered = [...groups].sort(([one], [other]) => (one === "" ? 1 : other === "" ? -1 : other.localeCompare(one)));
  return h("div", {}, ...ordered.map(([year, group]) => h("div", { class: "year" },
    h("h3", {}, year || t("undated")), h("div", {}, ...[...group].reverse().map(factRow)))));
}
