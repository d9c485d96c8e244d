/** One drawing, two papers: what is drawn with a pen becomes a canvas or an SVG text. */

import type { Shape } from "./programs";

export interface Pen {
  line(from: Point, to: Point, style: { colour: string; width: number; dashed: boolean }): void;
  dot(at: Point, size: number, style: { shape: Shape; fill: string; rim: string }): void;
  text(at: Point, words: string, style: TextStyle): void;
  box(at: Point, width: number, height: number, fill: string): void;
  outline(path: string, style: { fill: string; stroke: string }): void;
}

export interface Point { x: number; y: number }
export interface TextStyle { colour: string; size: number; weight: number; halo: string; align: "left" | "center" }

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';

/** The corners of a shape of radius one. A circle has none. */
export function corners(shape: Shape): [number, number][] {
  if (shape === "square") return [[-0.88, -0.88], [0.88, -0.88], [0.88, 0.88], [-0.88, 0.88]];
  if (shape === "diamond") return [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]];
  if (shape === "hexagon") return [[-0.55, -0.95], [0.55, -0.95], [1.1, 0], [0.55, 0.95], [-0.55, 0.95], [-1.1, 0]];
  return [];
}

export function canvasPen(ink: CanvasRenderingContext2D): Pen {
  return {
    line(from, to, { colour, width, dashed }) {
      ink.strokeStyle = colour;
      ink.lineWidth = width;
      ink.setLineDash(dashed ? [6, 5] : []);
      ink.beginPath();
      ink.moveTo(from.x, from.y);
      ink.lineTo(to.x, to.y);
      ink.stroke();
      ink.setLineDash([]);
    },
    dot(at, size, { shape, fill, rim }) {
      const points = corners(shape);
      ink.beginPath();
      if (points.length === 0) ink.arc(at.x, at.y, size, 0, Math.PI * 2);
      for (const [x, y] of points) ink.lineTo(at.x + x * size, at.y + y * size);
      ink.closePath();
      ink.fillStyle = fill;
      ink.fill();
      ink.strokeStyle = rim;
      ink.lineWidth = 1.5;
      ink.stroke();
    },
    text(at, words, { colour, size, weight, halo, align }) {
      ink.font = `${weight} ${size}px ${FONT}`;
      ink.textAlign = align;
      ink.textBaseline = "middle";
      ink.lineJoin = "round";
      ink.strokeStyle = halo;
      ink.lineWidth = 3.5;
      ink.strokeText(words, at.x, at.y);
      ink.fillStyle = colour;
      ink.fillText(words, at.x, at.y);
    },
    box(at, width, height, fill) {
      ink.fillStyle = fill;
      ink.fillRect(at.x, at.y, width, height);
    },
    outline(path, { fill, stroke }) {
      const shape = new Path2D(path);
      ink.fillStyle = fill;
      ink.fill(shape);
      ink.strokeStyle = stroke;
      ink.lineWidth = 0.7;
      ink.stroke(shape);
    },
  };
}

/** A pen that writes SVG, and what it has written. */
export function svgPen(width: number, height: number): { pen: Pen; written: () => string } {
  const parts: string[] = [];
  const pen: Pen = {
    line: (a, b, { colour, width, dashed }) => parts.push(
      `<line x1="${round(a.x)}" y1="${round(a.y)}" x2="${round(b.x)}" y2="${round(b.y)}" stroke="${colour}" ` +
      `stroke-width="${round(width)}"${dashed ? ' stroke-dasharray="6 5"' : ""}/>`),
    dot(at, size, { shape, fill, rim }) {
      const points = corners(shape).map(([x, y]) => `${round(at.x + x * size)},${round(at.y + y * size)}`).join(" ");
      const paint = `fill="${fill}" stroke="${rim}" stroke-width="1.5"`;
      parts.push(points ? `<polygon points="${points}" ${paint}/>`
        : `<circle cx="${round(at.x)}" cy="${round(at.y)}" r="${round(size)}" ${paint}/>`);
    },
    text: (at, words, { colour, size, weight, halo, align }) => parts.push(
      `<text x="${round(at.x)}" y="${round(at.y)}" fill="${colour}" font-size="${size}" font-weight="${weight}" ` +
      `stroke="${halo}" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke" dominant-baseline="central" ` +
      `text-anchor="${align === "center" ? "middle" : "start"}">${escape(words)}</text>`),
    box: (at, w, h, fill) => parts.push(`<rect x="${round(at.x)}" y="${round(at.y)}" width="${round(w)}" height="${round(h)}" fill="${fill}"/>`),
    outline: (path, { fill, stroke }) => parts.push(`<path d="${path}" fill="${fill}" stroke="${stroke}" stroke-width="0.7"/>`),
  };
  const written = () =>
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `font-family="${escape(FONT)}">\n${parts.join("\n")}\n</svg>\n`;
  return { pen, written };
}

const round = (value: number): string => String(Math.round(value * 10) / 10);

/** Text for an XML file; characters that XML cannot hold are left out. */
export function escape(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;").replace(/'/g, "&#39;");
}
