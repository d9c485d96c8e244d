/** Light or dark: the reader's system decides until the reader does. Colours are read from the style sheet. */

import { keep, kept } from "./keep";

export type Theme = "auto" | "light" | "dark";

const changed = new EventTarget();

export function theme(): Theme {
  const chosen = kept("theme");
  return chosen === "light" || chosen === "dark" ? chosen : "auto";
}

export function setTheme(next: Theme): void {
  keep("theme", next);
  applyTheme();
}

export function isDark(): boolean {
  const chosen = theme();
  return chosen === "auto" ? matchMedia("(prefers-color-scheme: dark)").matches : chosen === "dark";
}

export function applyTheme(): void {
  document.documentElement.dataset["theme"] = theme();
  changed.dispatchEvent(new Event("change"));
}

export function onTheme(react: () => void): void {
  changed.addEventListener("change", react);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", react);
}

export const calm = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;
export const narrow = (): boolean => matchMedia("(max-width: 820px)").matches;

/** The colour of a variable of the style sheet as it is now, such as `#1e1c19`. */
export function colour(name: string): string {
  const probe = document.createElement("i");
  probe.style.color = `var(--${name}, var(--soft))`;
  document.body.append(probe);
  const [red, green, blue] = (getComputedStyle(probe).color.match(/[\d.]+/g) ?? ["0", "0", "0"]).map(Number);
  probe.remove();
  return hex([red ?? 0, green ?? 0, blue ?? 0]);
}

/** Some of one colour over another; opaque, so that lines that cross do not add up. */
export function blend(front: string, back: string, share: number): string {
  const [a, b] = [parts(front), parts(back)];
  return hex([0, 1, 2].map((at) => (a[at] ?? 0) * share + (b[at] ?? 0) * (1 - share)));
}

const parts = (text: string): number[] => [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16));
const hex = (rgb: number[]): string => `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
