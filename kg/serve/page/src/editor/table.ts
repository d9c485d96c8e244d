/** A table that holds any number of rows and draws those in sight. */

import { count } from "../format";
import { t } from "../i18n";
import type { Row, SelectAnswer, Term } from "../types";
import { button, h, set } from "../ui/dom";
import { entityLink } from "../ui/go";
import { called } from "./called";
import { columns, idOf, numberOf, order, short } from "./terms";

const ROW = 34;
const SPARE = 12;
/** Pixels of a letter: the head is bold, so its own measure would give other columns. */
const LETTER = 7.5;

export function table(answer: SelectAnswer): HTMLElement {
  const names = answer.head.vars ?? [];
  let rows = answer.results?.bindings ?? [];
  let sorted: { name: string; down: boolean } | null = null;
  const widths = names.map((name) => width(name, rows));
  const whole = `${widths.reduce((sum, w) => sum + (w + 3) * LETTER, 0)}px`;
  const figures = new Set(columns(answer, numberOf));
  const body = h("div", { role: "rowgroup", class: "grid-body" });
  const head = h("div", { role: "rowgroup", class: "grid-head" });
  const scroller = h("div", { class: "grid", role: "table", tabindex: "0", "aria-rowcount": rows.length + 1, "aria-colcount": names.length, "aria-label": t("table") }, head, body);
  const layout = (row: HTMLElement): HTMLElement => {
    row.style.gridTemplateColumns = widths.map((w) => `minmax(${w * LETTER}px, ${w}fr)`).join(" ");
    row.style.minWidth = whole;
    return row;
  };
  const drawHead = (): void => set(head, layout(h("div", { role: "row", class: "grid-row" }, ...names.map((name) => {
    const direction = sorted?.name === name ? (sorted.down ? "descending" : "ascending") : "none";
    return h("div", { role: "columnheader", "aria-sort": direction, ...(figures.has(name) ? { class: "figure" } : {}) }, button(`${name}${direction === "none" ? "" : sorted?.down ? " ↓" : " ↑"}`, () => {
      sorted = { name, down: sorted?.name === name && !sorted.down };
      rows = sortRows(answer.results?.bindings ?? [], name, sorted.down);
      drawHead();
      draw(true);
    }));
  }))));
  let [from, to] = [-1, -1];
  const draw = (anew = false): void => {
    const first = Math.max(0, Math.floor(scroller.scrollTop / ROW) - SPARE);
    const last = Math.min(rows.length, first + Math.ceil((scroller.clientHeight || 600) / ROW) + 2 * SPARE);
    if (!anew && first === from && last === to) return;
    [from, to] = [first, last];
    set(body, ...rows.slice(first, last).map((row, at) => {
      const line = layout(h("div", { role: "row", class: "grid-row", "aria-rowindex": first + at + 2 }, ...names.map((name) => h("div", { role: "cell", ...(numberOf(row[name]) !== undefined ? { class: "figure" } : {}) }, cell(row[name])))));
      line.style.transform = `translateY(${(first + at) * ROW}px)`;
      return line;
    }));
    nameAll(body);
  };
  body.style.height = `${rows.length * ROW}px`;
  body.style.minWidth = whole;
  scroller.addEventListener("scroll", () => requestAnimationFrame(() => draw()));
  drawHead();
  draw();
  requestAnimationFrame(() => draw(true));
  return h("div", {}, h("p", { class: "note" }, t("rows", { n: count(rows.length) })), scroller);
}

function cell(term: Term | undefined): Node | string {
  if (!term) return "";
  const id = idOf(term);
  const text = short(term);
  if (id !== undefined && id !== "") return entityLink(id, text, { title: term.value, "data-id": id });
  return h("span", { title: term.value }, text, term["xml:lang"] ? h("small", {}, ` ${term["xml:lang"]}`) : null);
}

/** Write beside each id what the store calls it, as soon as that is known. */
function nameAll(body: HTMLElement): void {
  const links = [...body.querySelectorAll<HTMLElement>("[data-id]")];
  void called(links.map((link) => link.dataset["id"] as string)).then((names) => links.forEach((link) => {
    const name = names.get(link.dataset["id"] as string);
    if (!name || link.nextSibling) return;
    link.after(h("small", { class: "called" }, name));
    link.title = `${name}\n${link.title}`;
  }));
}

/** Room for a name beside an id. */
const CALLED = 14;

function width(name: string, rows: Row[]): number {
  const lengths = rows.slice(0, 200).map((row) => short(row[name]).length + (idOf(row[name]) ? CALLED : 0));
  return Math.min(46, Math.max(name.length + 2, 5, ...lengths));
}

function sortRows(rows: Row[], name: string, down: boolean): Row[] {
  const collator = order();
  const keyed = rows.map((row) => ({ row, number: numberOf(row[name]), text: short(row[name]) }));
  keyed.sort((a, b) => (a.number !== undefined && b.number !== undefined ? a.number - b.number : collator.compare(a.text, b.text)));
  if (down) keyed.reverse();
  return keyed.map(({ row }) => row);
}
