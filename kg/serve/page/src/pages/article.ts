/** An article with all that was read in it: sentences that state facts, and names. A hover tells the fact and the rule. */

import { api } from "../api";
import { bcp47, card, fileName, kindLine, titleOf } from "../facts";
import { date } from "../format";
import { t } from "../i18n";
import { textOfClass, textOfLanguage } from "../names";
import type { Article, Evidence, Fact } from "../types";
import { h, outside, put, set, type Child } from "../ui/dom";
import { entityLink } from "../ui/go";
import { calm } from "../ui/theme";
import type { Page } from "./pages";

interface Stretch { start: number; end: number }
interface Told extends Stretch { fact: Fact; evidence: Evidence }
interface Named extends Stretch { id: string; label: string; class: string }

export async function articlePage(id: string, fact: string): Promise<Page> {
  const article = await api.article(id);
  const tip = h("div", { class: "tip", role: "tooltip", hidden: true });
  const text = body(article);
  const chosen = article.facts.find((one) => one.id === fact);
  const facts = h("div", { class: "facts" });
  const open = (one: Fact, scroll: boolean): void => {
    for (const part of text.querySelectorAll(".told")) part.classList.toggle("lit", ids(part).includes(one.id));
    for (const item of facts.querySelectorAll<HTMLDetailsElement>("details")) item.classList.toggle("lit", item.dataset["fact"] === one.id);
    if (scroll) text.querySelector(".lit")?.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
  };
  put(facts, h("h2", {}, t("facts"), " ", h("small", {}, String(article.facts.length))), ...article.facts.map((one) => item(one, () => open(one, true))));
  hover(text, tip, article.facts, (one) => facts.querySelector(`[data-fact="${CSS.escape(one.id)}"]`)?.scrollIntoView({ block: "nearest" }), open);
  const element = h("div", { class: "page article" }, h("div", { class: "columns" },
    h("article", { class: "column text", lang: bcp47(article.language) }, about(article), text, h("p", { class: "note", lang: document.documentElement.lang }, t("legend"))),
    h("div", { class: "column narrow" }, facts, named(article))), tip);
  return { element, title: article.title, shown: () => chosen && open(chosen, true) };
}

function about(article: Article): HTMLElement {
  const parts: Child[] = [
    article.published ? h("time", {}, date(article.published)) : null, article.publisher?.label ?? fileName(article.source),
    article.relayedFrom ? `${t("relayed")}: ${article.relayedFrom.label}` : null, article.dateline?.label ?? null, textOfLanguage(article.language),
    article.url ? outside(article.url, t("openOriginal")) : null,
  ].filter(Boolean);
  return h("p", { class: "meta", lang: document.documentElement.lang }, ...parts.flatMap((part, at) => (at > 0 ? [" · ", part] : [part])));
}

/** The text in paragraphs; where stretches overlap it is cut, so that each piece knows all that it belongs to. */
function body(article: Article): HTMLElement {
  const letters = Array.from(article.text);
  const told: Told[] = article.facts.flatMap((fact) => (fact.evidence ?? []).map((evidence) => ({ fact, evidence, start: evidence.start, end: evidence.end })));
  const names: Named[] = article.mentions.flatMap((mention) => mention.spans.map(([start, end]) => ({ ...mention, start, end })));
  const holder = h("div", { class: "body" });
  let start = 0;
  for (const [at, line] of article.text.split("\n").entries()) {
    const end = start + Array.from(line).length;
    if (line.trim()) holder.append(h(at === 0 ? "h1" : "p", {}, ...pieces(letters, { start, end }, told, names)));
    start = end + 1;
  }
  return holder;
}

function pieces(letters: string[], line: Stretch, told: Told[], names: Named[]): Child[] {
  const within = <T extends Stretch>(all: T[]): T[] => all.filter((one) => one.start < line.end && one.end > line.start);
  const [facts, mentions] = [within(told), within(names)];
  const cuts = new Set([line.start, line.end]);
  for (const { start, end } of [...facts, ...mentions]) {
    cuts.add(Math.max(start, line.start));
    cuts.add(Math.min(end, line.end));
  }
  const ordered = [...cuts].sort((a, b) => a - b);
  return ordered.slice(0, -1).map((start, at) => {
    const end = ordered[at + 1] as number;
    const words = letters.slice(start, end).join("");
    const here = facts.filter((one) => one.start <= start && one.end >= end);
    const name = mentions.find((one) => one.start <= start && one.end >= end);
    const inner: Child = name ? entityLink(name.id, words, { class: "named", "data-class": name.class, title: `${name.label} · ${textOfClass(name.class)}` }) : words;
    if (here.length === 0) return inner;
    return h("span", { class: "told", "data-facts": [...new Set(here.map((one) => one.fact.id))].join(" "), "data-class": here[0]?.fact.class ?? "" }, inner);
  });
}

const ids = (part: Element): string[] => (part.getAttribute("data-facts") ?? "").split(" ");

function item(fact: Fact, open: () => void): HTMLElement {
  const details = h("details", { class: "row", "data-fact": fact.id }, h("summary", {}, kindLine(fact), h("span", { class: "words" }, titleOf(fact))));
  details.addEventListener("toggle", () => {
    if (!details.open) return;
    open();
    if (!details.querySelector(".fact")) put(details, card(fact, { articleLinks: false }));
  });
  return details;
}

function named(article: Article): HTMLElement | null {
  if (article.mentions.length === 0) return null;
  return h("section", {}, h("h2", {}, t("mentions")), h("ul", { class: "chips" }, ...article.mentions.map((one) =>
    h("li", {}, entityLink(one.id, one.label, { class: "chip", "data-class": one.class })))));
}

/** What was read at the place under the pointer. */
function hover(text: HTMLElement, tip: HTMLElement, facts: Fact[], point: (fact: Fact) => void, open: (fact: Fact, scroll: boolean) => void): void {
  const known = new Map(facts.map((fact) => [fact.id, fact]));
  const here = (part: Element): Fact[] => ids(part).map((id) => known.get(id)).filter((fact) => fact !== undefined);
  text.addEventListener("pointerover", (event) => {
    const part = (event.target as Element).closest(".told");
    if (!part) return;
    set(tip, ...here(part).map((fact) => h("div", {}, kindLine(fact), h("strong", {}, titleOf(fact)), h("p", {}, `${t("rule")}: `, h("code", {}, [...new Set((fact.evidence ?? []).map((one) => one.rule))].join(", "))))));
    tip.hidden = false;
    const box = part.getBoundingClientRect();
    const width = tip.offsetWidth;
    tip.style.left = `${Math.max(8, Math.min(event.clientX - width / 2, innerWidth - width - 8))}px`;
    const below = box.bottom + 8 + tip.offsetHeight < innerHeight;
    tip.style.top = `${below ? Math.min(box.bottom + 8, innerHeight - tip.offsetHeight - 8) : Math.max(8, box.top - tip.offsetHeight - 8)}px`;
    for (const other of text.querySelectorAll(".told")) other.classList.toggle("under", ids(other).some((id) => ids(part).includes(id)));
  });
  text.addEventListener("pointerleave", () => {
    tip.hidden = true;
    for (const other of text.querySelectorAll(".under")) other.classList.remove("under");
  });
  text.addEventListener("click", (event) => {
    const part = (event.target as Element).closest(".told");
    if (!part || (event.target as Element).closest("a")) return;
    const first = here(part)[0];
    if (!first) return;
    open(first, false);
    point(first);
  });
}
