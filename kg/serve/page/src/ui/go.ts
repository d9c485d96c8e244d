/** Links within the page: real addresses, followed without loading anew. */

import { write, type Place } from "../url";
import { h, type Child, type Options } from "./dom";

let follow: (place: Place) => void = () => undefined;

export function onFollow(handler: (place: Place) => void): void {
  follow = handler;
}

export const go = (place: Place): void => follow(place);

/** A link that opens a place; with Ctrl or the middle button in a tab of its own, as any link. */
export function link(place: Place, words: Child, options: Options = {}): HTMLAnchorElement {
  const click = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(place);
  };
  return h("a", { href: write(place), ...options, onclick: click }, words);
}

export const entityLink = (id: string, words: string, options: Options = {}): HTMLAnchorElement =>
  link(id.startsWith("article/") ? { page: "article", id, fact: "" } : { page: "entity", id }, words, options);

let last = 0;

/** Where one stands among the steps taken, and how many can be taken back and again. */
export function steps(): { step: number; last: number } {
  const step = (history.state as { step?: number } | null)?.step ?? 0;
  last = Math.max(last, step);
  return { step, last };
}

/** Take a step: what could have been taken again is gone. */
export function push(place: Place): void {
  const step = steps().step + 1;
  last = step;
  history.pushState({ step }, "", write(place));
}
