/** A fact as a card: what is claimed, who tells it in which words, and who tells it differently. */

import { date, money } from "./format";
import { t } from "./i18n";
import { textOfClass, textOfKind, textOfLanguage, textOfMember, textOfProperty, textOfStatus } from "./names";
import type { Evidence, Fact, Value } from "./types";
import { h, outside, type Child } from "./ui/dom";
import { entityLink, link } from "./ui/go";

/** Fields that the heading of a card already tells, or that are bounds for machines. */
const UNSAID = new Set(["kind", "flow", "status", "date", "period", "earliest", "latest", "low", "high", "currency", "qualifier", "figureStatus", "text", "amount"]);

const MOST_NAMES = 4;

/** The end of a path or an address. */
export const fileName = (source: string): string => source.split("/").filter(Boolean).at(-1) ?? source;

export const bcp47 = (tag: string): string => tag.replace("cyrl", "Cyrl").replace("latn", "Latn");

export function statusTag(kind: string, status: string): HTMLElement | null {
  if (!["planned", "cancelled", "target"].includes(status)) return null;
  return h("span", { class: `tag ${status}` }, textOfStatus(kind, status));
}

export function kindLine(fact: { class: string; kind: string; status: string; date: string }): HTMLElement {
  return h("p", { class: "kind", "data-class": fact.class },
    h("span", { class: "swatch" }), h("span", {}, fact.class === "Statement" ? textOfClass(fact.class) : textOfKind(fact.class, fact.kind)),
    fact.date ? h("time", { class: "when" }, date(fact.date)) : null, statusTag(fact.class, fact.status));
}

export interface CardOptions { evidence?: boolean; articleLinks?: boolean }

export function card(fact: Fact, { evidence = true, articleLinks = true }: CardOptions = {}): HTMLElement {
  return h("article", { class: "fact", "data-fact": fact.id },
    kindLine(fact),
    h("h3", {}, titleOf(fact)),
    fields(fact),
    h("p", { class: "meta" }, `${t("sources", { n: fact.support })} · ${t("inArticles", { n: fact.articles })}`),
    ...(fact.differs ?? []).map((property) => within(fact, property)),
    ...(fact.contradicts ?? []).map((other) => difference(fact, other)),
    ...(evidence ? (fact.evidence ?? []).map((told) => quote(told, fact.id, articleLinks)) : []));
}

/** A fact in a line: a sum for trade, who and whom for what has only its kind as a label. */
export function titleOf(fact: Fact): string {
  if (fact.class === "Topic") return fact.label;
  if (fact.class === "Statement") return `“${fact.label}”`;
  if (fact.class === "TradeVolume") return [amountOf(fact), names(fact, ["party"]).join(" – ")].filter(Boolean).join(" · ");
  if (fact.class === "Visit") return [names(fact, ["visitor", "delegationOf"]).join(", "), names(fact, ["destination"]).join(", ")].filter(Boolean).join(" → ");
  if (fact.class === "Tenure") return [...names(fact, ["member"]), ...names(fact, ["of"])].join(" – ") || fact.label;
  if (fact.label.toLocaleLowerCase() !== textOfKind(fact.class, fact.kind).toLocaleLowerCase()) return fact.label;
  const who = names(fact, ["participant", "party"]);
  const shown = who.slice(0, MOST_NAMES).join(" – ") + (who.length > MOST_NAMES ? " …" : "");
  return [shown, ...names(fact, ["place"])].filter(Boolean).join(" · ") || fact.label;
}

/** The names under some properties; of states and organisations, if there are any, without those of their people. */
function names(fact: Fact, properties: string[]): string[] {
  const values = fact.fields.filter(({ property }) => properties.includes(property)).flatMap((field) => field.values);
  const things = values.filter(({ id }) => !id?.startsWith("person/"));
  return (things.length > 0 ? things : values).map(({ label, id }) => label || id || "");
}

const amountOf = (fact: Fact): string => told(fact, "amount");

function fields(fact: Fact): HTMLElement | null {
  const shown = fact.fields.filter(({ property }) => !UNSAID.has(property));
  if (shown.length === 0) return null;
  return h("dl", { class: "fields" }, ...shown.flatMap(({ property, values }) => [
    h("dt", {}, textOfProperty(property)),
    h("dd", {}, ...between(values.map((value) => valueOf(property, value, fact)), ", ")),
  ]));
}

function valueOf(property: string, { id, value, label }: Value, fact: Fact): Child {
  if (id) return entityLink(id, label || id);
  if (property === "amount" && value) return money(value, currencyOf(fact));
  return label || value || "";
}

function currencyOf(fact: Fact): string {
  return fact.fields.find(({ property }) => property === "currency")?.values[0]?.value ?? "";
}

function between(items: Child[], mark: string): Child[] {
  return items.flatMap((item, at) => (at === 0 ? [item] : [mark, item]));
}

/** The words of an article, in its own script, with what stands around them. */
export function quote(told: Evidence, fact: string, articleLinks = true): HTMLElement {
  const bound = told.qualifier && told.qualifier !== "exact" ? h("span", { class: "tag" }, textOfMember("qualifier", told.qualifier)) : null;
  return h("figure", { class: "quote" },
    h("blockquote", { lang: bcp47(told.language) },
      told.before ? h("span", { class: "around" }, told.before) : null,
      h("mark", {}, told.exact),
      told.after ? h("span", { class: "around" }, told.after) : null),
    h("figcaption", {},
      told.title && articleLinks ? h("span", { class: "headline", lang: bcp47(told.language) }, told.title) : null,
      h("span", { class: "origin" }, ...between([
        told.publisherLabel || fileName(told.source), told.published ? date(told.published) : "", textOfLanguage(told.language),
      ].filter(Boolean), " · ")),
      h("span", { class: "origin" }, `${t("rule")}: `, h("code", {}, told.rule), " ", bound),
      articleLinks ? h("span", { class: "links" },
        link({ page: "article", id: told.article, fact }, t("inArticle"), { class: "read" }),
        told.url ? outside(told.url, t("original")) : null) : null));
}

/** One fact to which articles give different values of a property. */
function within(fact: Fact, property: string): HTMLElement {
  const values = fact.fields.find((field) => field.property === property)?.values ?? [];
  return h("section", { class: "differs", "aria-label": t("differs") },
    h("p", {}, t("differs"), " · ", textOfProperty(property)),
    h("div", { class: "sides" }, ...values.map((value) => h("div", {}, h("strong", {}, property === "date" ? date(value.value ?? "") : value.label || value.value || "")))));
}

/** Two claims that exclude each other, side by side; neither is taken for right. */
function difference(fact: Fact, other: Fact & { property: string }): HTMLElement {
  const side = (one: Fact): HTMLElement => h("div", {},
    h("strong", {}, told(one, other.property)), h("span", {}, titleOf(one)),
    h("small", {}, t("sources", { n: one.support })));
  return h("section", { class: "differs", "aria-label": t("differs") },
    h("p", {}, t("differs"), " · ", textOfProperty(other.property)),
    h("div", { class: "sides" }, side(fact), side(other)));
}

function told(fact: Fact, property: string): string {
  const values = fact.fields.find((field) => field.property === property)?.values ?? [];
  const words = values.map((value) => (property === "amount" && value.value ? money(value.value, currencyOf(fact)) : value.label || value.value || ""));
  return words.join(", ") || fact.label;
}
