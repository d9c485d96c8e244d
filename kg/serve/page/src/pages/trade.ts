/** Trade figures as a chart and as a table. */

import { date, money } from "../format";
import { t } from "../i18n";
import { textOfMember } from "../names";
import type { Series } from "../types";
import { key, lines, seconds, type Line } from "../ui/chart";
import { h } from "../ui/dom";
import { entityLink } from "../ui/go";

export interface Drawn { element: HTMLElement; shown: () => void }

/** The currency that most figures are in is drawn; the table has all. */
export function tradeChart(series: Series[]): Drawn {
  if (series.every((one) => one.points.length === 0)) return { element: h("p", { class: "note" }, t("noTrade")), shown: () => undefined };
  const currency = commonest(series.flatMap((one) => one.points.map(() => one.currency)));
  const drawn = series.filter((one) => one.currency === currency).map(line).sort((a, b) => b.points.length - a.points.length || top(b) - top(a));
  const holder = h("div", { class: "chart", role: "img", "aria-label": t("trade") });
  const element = h("div", {}, holder, key(drawn),
    h("details", {}, h("summary", {}, t("asTable")), table(series)));
  return { element, shown: () => lines(holder, drawn, currency) };
}

const top = (one: Line): number => Math.max(0, ...one.points.map((point) => point.value));

function line(one: Series): Line {
  const name = [one.partner?.label, textOfMember("flow", one.flow)].filter(Boolean).join(": ");
  return { name, points: one.points.filter((point) => point.start && point.status !== "target").map((point) => ({ at: seconds(point.start), value: Number(point.amount) })) };
}

function commonest(names: string[]): string {
  const sums = new Map<string, number>();
  for (const name of names) sums.set(name, (sums.get(name) ?? 0) + 1);
  return [...sums].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
}

function table(series: Series[]): HTMLElement {
  const rows = series.flatMap((one) => one.points.map((point) => h("tr", {},
    h("td", {}, one.partner ? entityLink(one.partner.id, one.partner.label) : "", one.partner ? " · " : "", textOfMember("flow", one.flow)),
    h("td", { class: "when" }, point.period ? date(point.period) : ""),
    h("td", { class: "number" }, point.qualifier && point.qualifier !== "exact" ? `${textOfMember("qualifier", point.qualifier)} ` : "", money(point.amount, one.currency)),
    h("td", {}, point.status === "target" ? h("span", { class: "tag" }, textOfMember("figure", "target")) : "",
      point.fact ? entityLink(point.fact, t("evidence")) : ""))));
  return h("div", { class: "wide" }, h("table", {}, h("tbody", {}, ...rows)));
}
