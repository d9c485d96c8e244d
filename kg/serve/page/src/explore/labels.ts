/** Which names are written, and where: the important ones first, none over another. */

import { FONT, type Pen, type Point } from "./pen";

export interface Wish {
  id: string;
  text: string;
  at: Point;
  /** The radius of what is named, in pixels; 0 for a line, whose name is centred on it. */
  radius: number;
  /** The higher, the earlier it is placed; from `ALWAYS` on it is written even where it covers something. */
  weight: number;
  size: number;
  bold: boolean;
  colour: string;
}

export interface Placed extends Wish { x: number; y: number; width: number; height: number }

export const ALWAYS = 1000;
const LONGEST = 34;
const CROWD = 400;

/** The names that find room within the size of the picture. */
export function place(wishes: Wish[], size: { width: number; height: number }, most = 400): Placed[] {
  const cells = new Map<string, Taken[]>();
  const placed: Placed[] = [];
  for (const { id, at: { x, y }, radius } of wishes) {
    if (radius === 0 || wishes.length > CROWD) continue; // no name is written over a dot, unless dots are everywhere
    const dot = { id, x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
    for (const key of keys(dot)) cells.set(key, [...(cells.get(key) ?? []), dot]);
  }
  const ordered = [...wishes].sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
  for (const wish of ordered) {
    if (placed.length >= most) break;
    if (wish.at.x < -80 || wish.at.y < -20 || wish.at.x > size.width + 20 || wish.at.y > size.height + 20) continue;
    const text = shorten(wish.text);
    const width = measure(text, wish.size, wish.bold);
    const spots = candidates(wish, width);
    const spot = spots.find((box) => inside(box, size) && free(box, wish.id, cells)) ?? (wish.weight >= ALWAYS ? spots[0] : undefined);
    if (!spot) continue;
    const done = { ...wish, text, ...spot };
    placed.push(done);
    for (const key of keys(spot)) cells.set(key, [...(cells.get(key) ?? []), done]);
  }
  return placed;
}

export function write(pen: Pen, placed: Placed[], halo: string): void {
  for (const label of [...placed].reverse()) {
    pen.text({ x: label.x, y: label.y + label.height / 2 }, label.text, {
      colour: label.colour, size: label.size, weight: label.bold ? 600 : 450, halo, align: "left",
    });
  }
}

export const shorten = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1).trimEnd()}…` : text);

type Taken = Box & { id: string };
interface Box { x: number; y: number; width: number; height: number }

function candidates({ at, radius, size }: Wish, width: number): Box[] {
  const height = size * 1.3;
  const box = (x: number, y: number): Box => ({ x, y, width, height });
  if (radius === 0) return [box(at.x - width / 2, at.y - height / 2)];
  const gap = radius + 5;
  return [
    box(at.x + gap, at.y - height / 2),
    box(at.x - gap - width, at.y - height / 2),
    box(at.x - width / 2, at.y + gap),
    box(at.x - width / 2, at.y - gap - height),
  ];
}

const CELL = 64;

function keys({ x, y, width, height }: Box): string[] {
  const found: string[] = [];
  for (let column = Math.floor(x / CELL); column <= (x + width) / CELL; column++) {
    for (let row = Math.floor(y / CELL); row <= (y + height) / CELL; row++) found.push(`${column},${row}`);
  }
  return found;
}

function free(box: Box, id: string, cells: Map<string, Taken[]>): boolean {
  return keys(box).every((key) => (cells.get(key) ?? []).every((other) =>
    other.id === id || box.x > other.x + other.width + 4 || other.x > box.x + box.width + 4 ||
    box.y > other.y + other.height || other.y > box.y + box.height));
}

const inside = (box: Box, size: { width: number; height: number }): boolean =>
  box.x >= 2 && box.y >= 2 && box.x + box.width <= size.width - 2 && box.y + box.height <= size.height - 2;

const widths = new Map<string, number>();
let ruler: CanvasRenderingContext2D | null = null;

function measure(text: string, size: number, bold: boolean): number {
  const key = `${size}${bold ? "b" : ""}${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  ruler ??= document.createElement("canvas").getContext("2d");
  if (!ruler) return text.length * size * 0.55;
  ruler.font = `${bold ? 600 : 450} ${size}px ${FONT}`;
  const width = ruler.measureText(text).width;
  widths.set(key, width);
  return width;
}
