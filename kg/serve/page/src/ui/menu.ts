/** A button that opens a small panel below it: a menu of actions, or a form. */

import { h, type Child } from "./dom";

let serial = 0;

export function popup(label: Child, name: string, content: (close: () => void) => Child[], options: { className?: string } = {}): HTMLElement {
  const id = `popup-${++serial}`;
  const box = h("div", { id, class: "popup", hidden: true });
  const opener = h("button", { type: "button", class: options.className ?? "tool", "aria-expanded": "false", "aria-controls": id, title: name, "aria-label": typeof label === "string" && label !== name ? `${name}: ${label}` : name }, label);
  const holder = h("div", { class: "menu" }, opener, box);
  const close = (): void => {
    box.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", away);
  };
  const away = (event: Event): void => {
    if (!holder.contains(event.target as Node)) close();
  };
  opener.addEventListener("click", () => {
    if (!box.hidden) {
      close();
      return;
    }
    box.replaceChildren();
    box.append(...content(close).filter((c): c is Node | string => Boolean(c)));
    box.hidden = false;
    box.classList.remove("flip");
    if (box.getBoundingClientRect().right > innerWidth - 4) box.classList.add("flip");
    opener.setAttribute("aria-expanded", "true");
    document.addEventListener("pointerdown", away);
    box.querySelector<HTMLElement>("button, input, select, a")?.focus();
  });
  holder.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || box.hidden) return;
    event.stopPropagation();
    close();
    opener.focus();
  });
  return holder;
}

export function action(words: string, act: () => void): HTMLButtonElement {
  return h("button", { type: "button", class: "action", onclick: act }, words);
}

/** Tell something in passing, for eyes and for screen readers. */
export function tell(words: string): void {
  const box = document.getElementById("told");
  if (!box) return;
  box.textContent = words;
  box.classList.add("shown");
  setTimeout(() => box.classList.remove("shown"), 2600);
}

export async function copy(text: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    tell(done);
  } catch {
    window.prompt(done, text); // a page that was not opened by https or localhost may not write the clipboard
  }
}
