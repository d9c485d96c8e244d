/** The filters: classes of facts as a legend that switches, the others in a panel of their own. */

import { count } from "../format";
import { t } from "../i18n";
import { textOfClass, textOfLanguage, textOfStatus } from "../names";
import type { Count, Facets } from "../types";
import { CLASSES_OF_FACTS, isFiltered, NO_FILTERS, type Filters } from "../url";
import { button, h, type Child } from "../ui/dom";

type Change = (filters: Filters) => void;

/** Chips with the colour of each class; one that is switched off is struck through. */
export function legend(facets: Facets, filters: Filters, change: Change): Child[] {
  const known = new Map(facets.classes.map(({ value, facts }) => [value, facts]));
  const classes = CLASSES_OF_FACTS.filter((name) => known.has(name) || filters.class.includes(name));
  return classes.map((name) => {
    const on = filters.class.length === 0 || filters.class.includes(name);
    return button(h("span", {}, textOfClass(name)), () => {
      const now = filters.class.length === 0 ? [...classes] : filters.class;
      const next = on ? now.filter((other) => other !== name) : [...now, name];
      change({ ...filters, class: next.length === classes.length || next.length === 0 ? [] : next });
    }, { class: "chip", "aria-pressed": String(on), "data-class": name, title: `${textOfClass(name)}: ${count(known.get(name) ?? 0)}` });
  }).map((chip) => {
    chip.prepend(h("span", { class: "swatch" }));
    return chip;
  });
}

/** Status, language, publisher and support. The panel keeps its own copy, so that it stays open while the view changes. */
export function panel(facets: Facets, start: Filters, change: Change): HTMLElement {
  let filters = start;
  const apply = (patch: Partial<Filters>): void => {
    filters = { ...filters, ...patch };
    clear.disabled = !isFiltered(filters);
    change(filters);
  };
  const boxes = (title: string, name: "status" | "language" | "publisher", options: Count[], words: (one: Count) => string): HTMLElement | null => {
    const merged = merge(options);
    if (merged.length === 0) return null;
    return h("fieldset", {}, h("legend", {}, title), ...merged.map((option) => {
      const box = h("input", { type: "checkbox", checked: filters[name].includes(option.value) });
      box.addEventListener("change", () => apply({
        [name]: box.checked ? [...filters[name], option.value] : filters[name].filter((value) => value !== option.value),
      }));
      return h("label", {}, box, h("span", {}, words(option)), h("small", {}, count(option.facts)));
    }));
  };
  const most = Math.max(2, ...facets.support.map(({ value }) => value));
  const output = h("output", {}, String(filters.support));
  const slider = h("input", { type: "range", min: 1, max: most, value: filters.support, "aria-label": t("support") });
  slider.addEventListener("input", () => {
    output.textContent = slider.value;
  });
  slider.addEventListener("change", () => apply({ support: Number(slider.value) }));
  const clear = button(t("clear"), () => {
    filters = NO_FILTERS;
    for (const box of form.querySelectorAll("input")) {
      if (box.type === "checkbox") box.checked = false;
      else box.value = "1";
    }
    output.textContent = "1";
    apply({});
  }, { class: "action" });
  clear.disabled = !isFiltered(filters);
  const form = h("div", { class: "filters" },
    h("fieldset", {}, h("legend", {}, t("support")), h("div", { class: "range" }, slider, output)),
    boxes(t("status"), "status", facets.statuses.filter((one) => one.value), (one) => textOfStatus(one.class ?? "", one.value)),
    boxes(t("languages"), "language", facets.languages, (one) => textOfLanguage(one.value)),
    boxes(t("publishers"), "publisher", facets.publishers, (one) => one.label || one.value),
    clear);
  return form;
}

/** The same status can be counted for several classes: here it is one box. */
function merge(options: Count[]): Count[] {
  const merged = new Map<string, Count>();
  for (const option of options) {
    const known = merged.get(option.value);
    merged.set(option.value, known ? { ...known, facts: known.facts + option.facts } : option);
  }
  return [...merged.values()].sort((a, b) => b.facts - a.facts);
}
