/** Lines over time, drawn by uPlot; the same figures are always there as a table too. */

import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { date, money } from "../format";
import { FONT } from "../explore/pen";
import { h } from "./dom";
import { colour, onTheme } from "./theme";

export interface Line { name: string; points: { at: number; value: number }[] }

const TINTS = ["State", "TradeVolume", "Meeting", "Person", "Organization", "Visit", "Relation", "Statement"];
const HEIGHT = 260;

/** `unit` is a currency, or empty for plain numbers; times are in seconds. */
export function lines(holder: HTMLElement, drawn: Line[], unit: string, time = true): void {
  const shown = drawn.slice(0, TINTS.length);
  const xs = [...new Set(shown.flatMap((line) => line.points.map((point) => point.at)))].sort((a, b) => a - b);
  const columns = shown.map((line) => {
    const values = new Map(line.points.map((point) => [point.at, point.value]));
    return xs.map((x) => values.get(x) ?? null);
  });
  let chart: uPlot | null = null;
  const draw = (): void => {
    chart?.destroy();
    const [soft, line] = [colour("soft"), colour("line")];
    const axis = { stroke: soft, font: `12px ${FONT}`, grid: { stroke: line, width: 1 }, ticks: { show: false } };
    chart = new uPlot({
      width: Math.max(260, holder.clientWidth), height: HEIGHT, legend: { show: false }, cursor: { y: false }, scales: { x: { time }, y: { range: (_, least, most) => [Math.min(0, least), most * 1.06 || 1] } },
      series: [{}, ...shown.map((one, at) => ({
        label: one.name, stroke: colour(TINTS[at] as string), width: 2, spanGaps: true, points: { show: true, size: 7, fill: colour(TINTS[at] as string) },
      }))],
      axes: [{ ...axis, size: 32, ...(time ? { values: (_: uPlot, ticks: number[]) => ticks.map((tick) => label(tick, ticks)) } : {}) },
        { ...axis, size: 78, values: (_: uPlot, ticks: number[]) => ticks.map((tick) => money(String(tick), unit)) }],
    }, [xs, ...columns] as uPlot.AlignedData, holder);
  };
  draw();
  onTheme(() => holder.isConnected && draw());
  new ResizeObserver(() => chart && holder.clientWidth > 0 && chart.setSize({ width: holder.clientWidth, height: HEIGHT })).observe(holder);
}

function label(tick: number, ticks: number[]): string {
  const text = new Date(tick * 1000).toISOString();
  const years = (ticks.at(-1) ?? 0) - (ticks[0] ?? 0) > 3 * 366 * 86_400;
  return years ? text.slice(0, 4) : date(text.slice(0, 7));
}

/** Which colour is whose. */
export function key(drawn: Line[]): HTMLElement {
  return h("ul", { class: "key" }, ...drawn.slice(0, TINTS.length).map((line, at) =>
    h("li", { "data-class": TINTS[at] as string }, h("span", { class: "swatch" }), line.name)));
}

export const seconds = (day: string): number => Date.parse(day.length === 4 ? `${day}-01-01` : day) / 1000;
