/** Facts as marks on a line of time, a lane for each class. */

import { titleOf } from "../facts";
import { date } from "../format";
import { textOfClass } from "../names";
import type { Fact } from "../types";
import { h } from "./dom";

export interface Mark { class: string; label: string; from: string; to: string; planned: boolean }

export function strip(facts: Fact[]): HTMLElement {
  return marks(facts.filter((fact) => fact.earliest).map((fact) => ({
    class: fact.class, label: titleOf(fact), from: fact.earliest, to: fact.latest || fact.earliest, planned: fact.status === "planned",
  })));
}

export function marks(all: Mark[]): HTMLElement {
  const element = h("div", { class: "strip" });
  if (all.length === 0) return element;
  const at = (text: string): number => Date.parse(text);
  const least = Math.min(...all.map((mark) => at(mark.from)));
  const most = Math.max(...all.map((mark) => at(mark.to)));
  const span = Math.max(most - least, 30 * 86_400_000);
  const place = (text: string): number => ((at(text) - least) / span) * 100;
  for (const kind of [...new Set(all.map((mark) => mark.class))]) {
    const lane = h("div", { class: "lane" });
    for (const mark of all.filter((one) => one.class === kind)) {
      const from = place(mark.from);
      const dot = h("span", { class: mark.planned ? "mark planned" : "mark", title: `${mark.label} · ${date(mark.from)}` });
      dot.style.left = `${from}%`;
      dot.style.width = `${Math.max(0, place(mark.to) - from)}%`;
      lane.append(dot);
    }
    element.append(h("div", { class: "band", "data-class": kind }, h("span", { class: "lane-name" }, textOfClass(kind)), lane));
  }
  const axis = h("div", { class: "axis", "aria-hidden": "true" });
  const [first, last] = [new Date(least).getUTCFullYear(), new Date(least + span).getUTCFullYear()];
  const step = Math.max(1, Math.ceil((last - first) / 10));
  for (let year = first; year <= last; year += step) {
    const left = place(`${year}-01-01`);
    if (left < -1 || left > 100) continue;
    const tick = h("span", {}, String(year));
    tick.style.left = `${Math.max(0, left)}%`;
    axis.append(tick);
  }
  element.append(h("div", { class: "band" }, h("span", { class: "lane-name" }), axis));
  return element;
}
