/** The time brush: a histogram of facts with two handles. Both are sliders, so the keyboard moves them too. */

import { count, date } from "../format";
import { t } from "../i18n";
import type { Timeline } from "../types";
import { button, h, s, set } from "../ui/dom";

export interface Span { from: string; to: string }

const HEIGHT = 44;

/** The server leaves out months and years of which nothing is told; on a line of time they have their place. */
function filled(line: Timeline): Timeline {
  const [first, last] = [line.bins[0], line.bins.at(-1)];
  if (!first || !last) return line;
  const known = new Map(line.bins.map((bin) => [bin.start, bin]));
  const bins: Timeline["bins"] = [];
  const step = line.unit === "year" ? 12 : 1;
  const day = (year: number, month: number, date: number): string => new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);
  const [year, month] = [Number(first.start.slice(0, 4)), Number(first.start.slice(5, 7)) - 1];
  for (let at = 0; ; at += step) {
    const start = day(year, month + at, 1);
    if (start > last.start) break;
    bins.push(known.get(start) ?? { start, end: day(year, month + at + step, 0), facts: 0, classes: {} });
  }
  return { ...line, bins };
}

export class Brush {
  readonly element = h("section", { class: "brush", "aria-label": t("timeRange") });
  private line: Timeline | null = null;
  /** Numbers of the first and the last bin within the range. */
  private range: [number, number] = [0, 0];

  /** `moved` is told while a hand moves, `chosen` when it lets go. */
  constructor(private readonly moved: (span: Span) => void, private readonly chosen: (span: Span) => void) {}

  show(line: Timeline, span: Span): void {
    this.line = filled(line);
    line = this.line;
    const last = line.bins.length - 1;
    const first = span.from ? line.bins.findIndex((bin) => bin.end >= span.from) : 0;
    const after = span.to ? line.bins.findIndex((bin) => bin.start > span.to) : -1;
    this.range = [first < 0 ? last : first, after < 0 ? last : Math.max(0, after - 1)];
    this.draw();
  }

  private get span(): Span {
    const bins = this.line?.bins ?? [];
    const [first, last] = this.range;
    if (first === 0 && last === bins.length - 1) return { from: "", to: "" };
    return { from: bins[first]?.start ?? "", to: bins[last]?.end ?? "" };
  }

  private draw(): void {
    const bins = this.line?.bins ?? [];
    if (bins.length === 0) {
      set(this.element, h("p", { class: "note" }, t("allTime")));
      return;
    }
    const chart = this.bars();
    const handles = ([0, 1] as const).map((side) => this.handle(side));
    const plot = h("div", { class: "plot" }, chart, ...handles);
    this.drag(plot);
    const words = h("output", { class: "span" });
    const all = button(t("allTime"), () => {
      this.range = [0, bins.length - 1];
      this.place();
      this.chosen(this.span);
    }, { class: "quiet" });
    set(this.element, h("div", { class: "caption" }, words, h("span", { class: "note" }, this.line?.undated ? `+ ${count(this.line.undated)} ${t("undated")}` : ""), all), plot);
    this.place();
  }

  private bars(): SVGSVGElement {
    const bins = this.line?.bins ?? [];
    const most = Math.max(1, ...bins.map((bin) => bin.facts));
    const chart = s("svg", { viewBox: `0 0 ${bins.length} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" });
    bins.forEach((bin, at) => {
      if (bin.facts === 0) return;
      const height = Math.max(2, Math.sqrt(bin.facts / most) * HEIGHT);
      chart.append(s("rect", { x: at + 0.08, y: HEIGHT - height, width: 0.84, height }));
    });
    return chart;
  }

  private handle(side: 0 | 1): HTMLElement {
    const last = (this.line?.bins.length ?? 1) - 1;
    const knob = h("span", { class: "knob", role: "slider", tabindex: "0", "aria-label": side === 0 ? t("from") : t("to"), "aria-valuemin": "0", "aria-valuemax": String(last) });
    knob.addEventListener("keydown", (event) => {
      const steps: Record<string, number> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -6, PageUp: 6, Home: -9999, End: 9999 };
      const step = steps[event.key];
      if (step === undefined) return;
      event.preventDefault();
      this.put(side, this.range[side] + step);
      this.chosen(this.span);
    });
    return knob;
  }

  private put(side: 0 | 1, bin: number): void {
    const last = (this.line?.bins.length ?? 1) - 1;
    const at = Math.min(last, Math.max(0, bin));
    this.range = side === 0 ? [Math.min(at, this.range[1]), this.range[1]] : [this.range[0], Math.max(at, this.range[0])];
    this.place();
    this.moved(this.span);
  }

  /** A drag from a handle moves it; a drag from elsewhere draws a new range. */
  private drag(plot: HTMLElement): void {
    plot.addEventListener("pointerdown", (down) => {
      const bins = this.line?.bins.length ?? 1;
      const binAt = (event: PointerEvent): number => {
        const box = plot.getBoundingClientRect();
        return Math.min(bins - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * bins)));
      };
      const knobs = [...plot.querySelectorAll(".knob")];
      const held = knobs.indexOf(down.target as Element);
      const start = binAt(down);
      plot.setPointerCapture(down.pointerId);
      const move = (event: PointerEvent): void => {
        const now = binAt(event);
        if (held >= 0) this.put(held as 0 | 1, now);
        else {
          this.range = [Math.min(start, now), Math.max(start, now)];
          this.place();
          this.moved(this.span);
        }
      };
      const up = (event: PointerEvent): void => {
        move(event);
        plot.removeEventListener("pointermove", move);
        plot.removeEventListener("pointerup", up);
        this.chosen(this.span);
      };
      plot.addEventListener("pointermove", move);
      plot.addEventListener("pointerup", up);
      down.preventDefault();
      (knobs[Math.max(0, held)] as HTMLElement | undefined)?.focus();
    });
  }

  private place(): void {
    const bins = this.line?.bins ?? [];
    const [first, last] = this.range;
    this.element.querySelectorAll<HTMLElement>(".knob").forEach((knob, side) => {
      const at = side === 0 ? first : last + 1;
      knob.style.left = `${(at / bins.length) * 100}%`;
      const bin = bins[side === 0 ? first : last];
      knob.setAttribute("aria-valuenow", String(side === 0 ? first : last));
      knob.setAttribute("aria-valuetext", date((side === 0 ? bin?.start : bin?.end) ?? ""));
    });
    const filled = new Set<number>(bins.flatMap((bin, at) => (bin.facts > 0 ? [at] : [])));
    const rects = this.element.querySelectorAll("rect");
    [...filled].forEach((at, index) => rects[index]?.classList.toggle("out", at < first || at > last));
    const words = this.element.querySelector("output");
    const whole = first === 0 && last === bins.length - 1;
    if (words) words.textContent = `${date((bins[first]?.start ?? "").slice(0, 7))} – ${date((bins[last]?.end ?? "").slice(0, 7))}`;
    this.element.querySelector<HTMLElement>(".quiet")?.toggleAttribute("disabled", whole);
  }
}
