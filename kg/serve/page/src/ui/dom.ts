/** Elements are made here and nowhere else: every child that is text goes in as text, never as markup. */

export type Child = Node | string | number | null | undefined | false;

type Listener = (event: never) => void;
export type Options = Record<string, string | number | boolean | null | undefined | Listener>;

const SVG = "http://www.w3.org/2000/svg";
const LIKELY_LINK = /^https?:\/\//i;

/** An element. `on…` options are listeners, `true` is an attribute without value, `false` and null are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  options: Options = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), options, children);
}

/** The same for SVG. */
export function s<K extends keyof SVGElementTagNameMap>(
  tag: K,
  options: Options = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  return fill(document.createElementNS(SVG, tag), options, children);
}

function fill<T extends Element>(element: T, options: Options, children: Child[]): T {
  for (const [key, value] of Object.entries(options)) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value as EventListener);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, String(value));
  }
  put(element, ...children);
  return element;
}

/** Append what is there to append. */
export function put(parent: Element | DocumentFragment, ...children: Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(typeof child === "number" ? String(child) : child);
  }
}

/** Put these in place of what was in there. */
export function set(parent: Element, ...children: Child[]): void {
  parent.replaceChildren();
  put(parent, ...children);
}

/** A link outside, for an address that came from an article: only http(s) becomes a link, all else stays text. */
export function outside(address: string, text: string): HTMLElement {
  if (!LIKELY_LINK.test(address)) return h("span", {}, text);
  return h("a", { href: address, rel: "noopener noreferrer nofollow", target: "_blank" }, text);
}

export function button(label: Child, click: (event: MouseEvent) => void, options: Options = {}): HTMLButtonElement {
  return h("button", { type: "button", ...options, onclick: click as Listener }, label);
}

/** Offer some bytes as a file. */
export function download(name: string, content: BlobPart, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export function must<T extends Element>(selector: string, within: ParentNode = document): T {
  const found = within.querySelector<T>(selector);
  if (!found) throw new Error(`the page lacks ${selector}`);
  return found;
}
