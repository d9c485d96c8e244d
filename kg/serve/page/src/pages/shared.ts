/** What the pages have in common: facts that open, filtered by class. */

import { api } from "../api";
import { card, kindLine, titleOf } from "../facts";
import { count } from "../format";
import { t } from "../i18n";
import { textOfClass } from "../names";
import type { Fact } from "../types";
import { button, h, put, set } from "../ui/dom";

/** A line that opens to the whole fact with its sentences, which are fetched then. */
export function factRow(fact: Fact): HTMLElement {
  const details = h("details", { class: "row" }, h("summary", {}, kindLine(fact), h("span", { class: "words" }, titleOf(fact))));
  details.addEventListener("toggle", () => {
    if (!details.open || details.querySelector(".fact")) return;
    void api.facts({ fact: fact.id }).then((found) => put(details, ...found.facts.map((one) => card(one))))
      .catch((error: Error) => put(details, h("p", { class: "trouble" }, t("failed", { message: error.message }))));
  });
  return details;
}

interface Counted { class: string; facts: number }
type Fetch = (kind: string, offset: number) => Promise<{ facts: Fact[]; more: boolean }>;

/** Facts behind chips of their classes. `first` are those of the first page, of all classes. */
export function factList(counts: Counted[], fetch: Fetch): HTMLElement {
  const rows = h("div", { class: "rows" });
  let chosen = "";
  const load = async (offset: number): Promise<void> => {
    const kind = chosen;
    const { facts, more } = await fetch(kind, offset);
    if (kind !== chosen) return;
    if (offset === 0) set(rows);
    put(rows, ...facts.map(factRow));
    if (facts.length === 0 && offset === 0) put(rows, h("p", { class: "note" }, t("noFacts")));
    if (!more) return;
    const next = button(t("more"), () => {
      next.remove();
      void load(offset + facts.length);
    }, { class: "action" });
    put(rows, next);
  };
  const chips = h("div", { class: "chips", role: "group", "aria-label": t("kinds") });
  const all = counts.reduce((sum, one) => sum + one.facts, 0);
  const draw = (): void => set(chips, ...[{ class: "", facts: all }, ...counts.filter((one) => one.class !== "Article")].map((one) => {
    const chip = button(h("span", {}, one.class ? textOfClass(one.class) : t("all")), () => {
      chosen = one.class;
      draw();
      void load(0);
    }, { class: "chip", "aria-pressed": String(one.class === chosen), ...(one.class ? { "data-class": one.class } : {}) });
    if (one.class) chip.prepend(h("span", { class: "swatch" }));
    chip.append(h("small", {}, count(one.facts)));
    return chip;
  }));
  draw();
  void load(0);
  return h("section", {}, h("h2", {}, t("facts")), counts.length > 1 ? chips : null, rows);
}
