/** The frame of the page, and which of its parts the address asks for. */

import "./style.css";
import { LANGUAGES, interfaceLanguage, locale, setLanguage, t, type Language } from "./i18n";
import { loadNames } from "./names";
import { h, set } from "./ui/dom";
import { go, link, onFollow, push } from "./ui/go";
import { icon } from "./ui/icons";
import { action, popup } from "./ui/menu";
import { searchBox } from "./ui/search";
import { applyTheme, setTheme, theme, type Theme } from "./ui/theme";
import { asked, EMPTY, read, write, type Place } from "./url";
import { api } from "./api";
import { Explorer, OVERVIEW } from "./explore/explorer";
import type { Hit } from "./types";

const main = h("main", { id: "main", tabindex: "-1" });
let explorer: Explorer | null = null;

function header(place: Place): HTMLElement {
  const tab = (to: Place, words: string, on: boolean): HTMLElement => link(to, words, { class: "tab", ...(on ? { "aria-current": "page" } : {}) });
  const found = (hit: Hit): void => go(hit.class === "Article" ? { page: "article", id: hit.id, fact: "" }
    : { page: "explore", view: { ...EMPTY, nodes: [hit.id], at: hit.id } });
  return h("header", { class: "top" },
    h("a", { href: "#main", class: "skip", onclick: (event: Event) => {
      event.preventDefault();
      main.focus();
    } }, t("skip")),
    link({ page: "explore", view: EMPTY }, "Elchi", { class: "brand" }),
    h("nav", { "aria-label": "Elchi" }, tab({ page: "explore", view: EMPTY }, t("explore"), place.page === "explore"), tab({ page: "query", query: "", shown: "" }, t("query"), place.page === "query")),
    searchBox(t("search"), found),
    h("div", { class: "group end" }, themes(), languages()));
}

function themes(): HTMLElement {
  const names: Record<Theme, string> = { auto: t("themeAuto"), light: t("themeLight"), dark: t("themeDark") };
  return popup(icon("sun"), t("theme"), (close) => (Object.keys(names) as Theme[]).map((name) => choice(names[name], name === theme(), () => {
    setTheme(name);
    close();
  })));
}

function languages(): HTMLElement {
  return popup(interfaceLanguage().toUpperCase(), t("language"), () => (Object.keys(LANGUAGES) as Language[]).map((name) => {
    const item = choice(LANGUAGES[name], name === interfaceLanguage(), () => {
      setLanguage(name);
      location.reload();
    });
    item.lang = name;
    return item;
  }));
}

function choice(words: string, on: boolean, act: () => void): HTMLButtonElement {
  const item = action(words, act);
  item.setAttribute("aria-pressed", String(on));
  return item;
}

async function show(place: Place): Promise<void> {
  const top = header(place);
  const old = document.querySelector("header.top");
  if (old?.getAttribute("data-page") !== place.page) {
    top.setAttribute("data-page", place.page);
    old ? old.replaceWith(top) : document.body.prepend(top);
  }
  document.body.dataset["page"] = place.page;
  if (place.page === "explore") {
    if (!explorer) explorer = new Explorer();
    if (!main.contains(explorer.element)) set(main, explorer.element);
    document.title = "Elchi";
    await explorer.show(place.view);
    return;
  }
  main.scrollTop = 0;
  scrollTo(0, 0);
  if (place.page === "query") {
    const { Editor } = await import("./editor/editor");
    set(main, new Editor(place.query, place.shown).element);
    document.title = `${t("query")} · Elchi`;
    return;
  }
  const pages = await import("./pages/pages");
  set(main, h("p", { class: "note wait" }, t("loading")));
  const page = await pages.page(place);
  set(main, page.element);
  document.title = `${page.title} · Elchi`;
  page.shown?.();
}

/** Ask for what the first picture needs while the names are still on their way. */
function warm(place: Place): void {
  if (place.page === "explore" && place.view.nodes.length === 0) void api.overview(OVERVIEW, asked(place.view.filters)).catch(() => undefined);
}

async function start(): Promise<void> {
  applyTheme();
  document.documentElement.lang = locale();
  document.body.append(main, h("div", { id: "told", role: "status", class: "toast" }));
  const trouble = (error: Error): void => set(main, h("p", { class: "trouble", role: "alert" }, t("failed", { message: error.message })));
  onFollow((place) => {
    if (write(place) === location.pathname + location.search + location.hash) return;
    push(place);
    show(place).catch(trouble);
  });
  addEventListener("popstate", () => void show(read(location)).catch(trouble));
  addEventListener("keydown", (event) => {
    const target = event.target as HTMLElement;
    if (event.key !== "/" || target.closest("input, textarea, select, [contenteditable], .editor")) return;
    event.preventDefault();
    document.querySelector<HTMLInputElement>(".top .search input")?.focus();
  });
  const place = read(location);
  warm(place);
  await loadNames().catch(() => undefined);
  await show(place).catch(trouble);
}

void start();
