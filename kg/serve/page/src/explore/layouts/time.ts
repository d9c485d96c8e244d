/** A layout by time: each node stands at the first date that is told of it, in a lane of its class. */

import { isEvent, type ViewGraph } from "../model";
import type { Places } from "./force";

export interface Axis { ticks: { x: number; label: string }[]; left: number; right: number; undated: number | null }

const LANES = ["State", "Organization", "Body", "Place", "Publisher", "", "Person"];
const WIDTH = 1000;
const ROW = 17;
const DAY_MS = 86_400_000;

const day = (text: string): number => Date.parse(text.length === 4 ? `${text}-01-01` : text.length === 7 ? `${text}-01` : text) / DAY_MS;

export function timeline(graph: ViewGraph, height: number): { places: Places; axis: Axis } {
  const when = new Map<string, number>();
  graph.forEachNode((id, { node }) => {
    const own = isEvent(node.class) && node.date ? [node.date.split("/")[0] as string] : [];
    const told = own.length > 0 ? own : graph.mapEdges(id, (_, { strand }) => strand.earliest).filter(Boolean);
    const first = [...told].sort()[0];
    if (first && !Number.isNaN(day(first))) when.set(id, day(first));
  });
  const days = [...when.values()].sort((a, b) => a - b);
  const [least, most] = [days[0] ?? 0, days.at(-1) ?? 1];
  const span = Math.max(most - least, 30);
  /** Half by the calendar, half by order: busy months get room, the axis tells where it is stretched. */
  const x = (at: number): number => WIDTH * (0.5 * ((at - least) / span) + 0.5 * (days.filter((one) => one < at).length / Math.max(1, days.length)));
  const undatedX = -WIDTH * 0.09;
  const places = lanes(graph, (id) => (when.has(id) ? x(when.get(id) as number) : undatedX), height);
  const undated = when.size < graph.order ? undatedX : null;
  return { places, axis: { ticks: ticks(least, least + span, x), left: undated ?? 0, right: WIDTH, undated } };
}

/** Lanes from top to bottom; in a lane the first row that has room. */
function lanes(graph: ViewGraph, x: (id: string) => number, height: number): Places {
  const groups = LANES.map((lane) => graph.filterNodes((_, { node }) =>
    lane === "" ? isEvent(node.class) || !LANES.includes(node.class) : node.class === lane));
  const places: Places = new Map();
  let top = 0;
  for (const group of groups) {
    if (group.length === 0) continue;
    const ends: number[] = [];
    for (const id of [...group].sort((a, b) => x(a) - x(b) || (a < b ? -1 : 1))) {
      const at = x(id);
      const free = ends.findIndex((end) => end < at);
      const row = free < 0 ? ends.length : free;
      ends[row] = at + 84;
      places.set(id, { x: at, y: -(top + row * ROW) });
    }
    top += ends.length * ROW + ROW * 1.4;
  }
  const stretch = Math.max(1, height / Math.max(top, 1));
  for (const place of places.values()) place.y *= stretch;
  return places;
}

function ticks(from: number, to: number, x: (at: number) => number): Axis["ticks"] {
  const [first, last] = [new Date(from * DAY_MS), new Date(to * DAY_MS)];
  const months = (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth();
  const step = months > 120 ? 24 : months > 30 ? 12 : months > 12 ? 3 : 1;
  const found: Axis["ticks"] = [];
  for (let month = 0; month <= months + 1; month += 1) {
    const at = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + month, 1));
    const position = at.getTime() / DAY_MS;
    if (position < from || position > to) continue;
    if ((at.getUTCFullYear() * 12 + at.getUTCMonth()) % step !== 0) continue;
    found.push({ x: x(position), label: step >= 12 ? String(at.getUTCFullYear()) : at.toISOString().slice(0, 7) });
  }
  return found;
}
