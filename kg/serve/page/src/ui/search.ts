/** The search box: a list that opens while one types, for hand and keyboard. */

import { api } from "../api";
import { count } from "../format";
import { t } from "../i18n";
import { textOfClass } from "../names";
import type { Hit } from "../types";
import { h, set } from "./dom";
import { icon } from "./icons";

const PAUSE_MS = 90;
let serial = 0;

/** A box; `choose` gets what was chosen. Things only, unless `articles`. */
export function searchBox(label: string, choose: (hit: Hit) => void, articles = true): HTMLElement {
  const name = `found-${++serial}`;
  const list = h("ul", { id: name, role: "listbox", "aria-label": label, class: "found", hidden: true });
  const input = h("input", {
    type: "search", role: "combobox", "aria-expanded": "false", "aria-controls": name, "aria-autocomplete": "list",
    "aria-label": label, placeholder: t("searchHint"), autocomplete: "off", spellcheck: "false",
  });
  let hits: Hit[] = [];
  let at = 0;
  let asked = 0;
  let timer = 0;

  const close = (): void => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (hit: Hit | undefined): void => {
    if (!hit) return;
    input.value = "";
    close();
    choose(hit);
  };
  const point = (next: number): void => {
    at = hits.length === 0 ? 0 : (next + hits.length) % hits.length;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    const item = list.children[at];
    if (item && hits.length > 0) {
      input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    }
  };
  const show = (found: Hit[]): void => {
    hits = found;
    set(list, ...(found.length === 0
      ? [h("li", { role: "option", "aria-selected": "false", "aria-disabled": "true", class: "none" }, t("searchNone"))]
      : found.map((hit, index) => {
        const item = h("li", { id: `${name}-${index}`, role: "option", "aria-selected": "false", "data-class": hit.class },
          h("span", { class: "swatch" }), h("span", { class: "hit" }, h("b", {}, hit.label),
            hit.matched && hit.matched !== hit.label ? h("span", { class: "matched" }, hit.matched) : null),
          h("small", {}, textOfClass(hit.class), hit.facts ? ` · ${count(hit.facts)}` : ""));
        item.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          take(hit);
        });
        return item;
      })));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    point(0);
  };
  const ask = async (): Promise<Hit[]> => {
    const mine = ++asked;
    const words = input.value.trim();
    if (!words) {
      close();
      return [];
    }
    const found = (await api.search(words)).filter((hit) => articles || hit.class !== "Article");
    if (mine === asked) show(found);
    return found;
  };
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => void ask().catch(close), PAUSE_MS);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") point(at + 1);
    else if (event.key === "ArrowUp") point(at - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter") {
      clearTimeout(timer);
      void ask().then((found) => take(found[at] ?? found[0])).catch(close);
    } else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  return h("div", { class: "search" }, icon("search"), input, list);
}
