/** What lies below the graph: a map, or the lines of a time axis. */

import { colour } from "../ui/theme";
import type { Axis } from "./layouts/time";
import { MAP_WIDTH, type World } from "./layouts/world";
import type { Ground } from "./stage";

export function ground({ countries }: World): Ground {
  const [land, border] = [colour("land"), colour("border")];
  const whole = new Path2D();
  for (const { outline } of countries) whole.addPath(new Path2D(outline));
  return (pen, project, _size, ink) => {
    const [zero, one] = [project({ x: 0, y: 0 }), project({ x: MAP_WIDTH, y: 0 })];
    const scale = (one.x - zero.x) / MAP_WIDTH;
    if (!ink) {
      for (const { outline } of countries) pen.outline(moved(outline, scale, zero), { fill: land, stroke: border });
      return;
    }
    ink.save();
    ink.translate(zero.x, zero.y);
    ink.scale(scale, scale);
    ink.fillStyle = land;
    ink.fill(whole);
    ink.strokeStyle = border;
    ink.lineWidth = 0.8 / scale;
    ink.stroke(whole);
    ink.restore();
  };
}

/** A path of absolute coordinates, as d3 writes them, scaled and shifted. */
function moved(outline: string, scale: number, zero: { x: number; y: number }): string {
  return outline.replace(/(-?[\d.]+),(-?[\d.]+)/g, (_, x: string, y: string) =>
    `${(Number(x) * scale + zero.x).toFixed(1)},${(Number(y) * scale + zero.y).toFixed(1)}`);
}

export function grid(axis: Axis): Ground {
  const [line, soft, paper] = [colour("line"), colour("soft"), colour("paper")];
  return (pen, project, { width, height }) => {
    let last = -Infinity;
    for (const { x, label } of axis.ticks) {
      const at = project({ x, y: 0 }).x;
      if (at < 0 || at > width) continue;
      pen.line({ x: at, y: 0 }, { x: at, y: height - 22 }, { colour: line, width: 1, dashed: false });
      if (at - last < 58) continue;
      last = at;
      pen.text({ x: at, y: height - 11 }, label, { colour: soft, size: 11, weight: 450, halo: paper, align: "center" });
    }
  };
}
