/** Completion from the reader's own data: prefixes, classes, properties of the subject's class, things by name. */

import type { Completion, CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";
import { api } from "../api";
import { count } from "../format";
import { textOfClass } from "../names";
import type { Completion as Offer } from "../types";

const KEYWORDS = ("SELECT CONSTRUCT ASK DESCRIBE WHERE FILTER OPTIONAL UNION GRAPH VALUES BIND PREFIX DISTINCT ORDER BY GROUP HAVING LIMIT OFFSET " +
  "MINUS EXISTS NOT IN AS COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG LANGMATCHES DATATYPE BOUND IRI CONCAT CONTAINS STRSTARTS STRENDS STRAFTER STRBEFORE " +
  "REGEX REPLACE UCASE LCASE YEAR MONTH DAY IF COALESCE UNDEF DESC ASC").split(" ");

export const complete: CompletionSource = async (context) => {
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const at = (text: string): number => context.pos - text.length;
  const prefix = /prefix\s+([\w-]*)$/i.exec(before);
  if (prefix) return result(at(prefix[1] ?? ""), (await api.complete("prefix", { q: prefix[1] })).map(({ prefix: name, iri }) => ({ label: `${name}: <${iri}>`, type: "namespace" })));
  const variable = /[?$]\w*$/.exec(before);
  if (variable) return result(at(variable[0]), variables(context));
  const thing = /<([^<>\s/:][^<>\n]*)$/.exec(before);
  if (thing) return { ...result(at(thing[0]), (await api.complete("entity", { q: thing[1] })).map(entity)), filter: false };
  if (/["'<#][^"'>]*$/.test(before) && !/["'][^"']*["'][^"']*$/.test(before)) return null;
  const word = /[A-Za-z][\w-]*:?[\w-]*$/.exec(before)?.[0] ?? "";
  if (!word && !context.explicit) return null;
  const afterA = /(\sa|rdf:type)\s+[\w:-]*$/.test(before);
  const q = word.replace(/^\w+:/, "");
  const offers = afterA ? await api.complete("class", { q }) : word.includes(":") || context.explicit
    ? await api.complete("property", { q, class: classOfSubject(context), limit: 60 }) : [];
  const options = offers.map((offer) => named(offer, afterA ? "class" : "property", context));
  const keywords = afterA || word.includes(":") ? [] : KEYWORDS.map((label): Completion => ({ label, type: "keyword", boost: -20 }));
  return options.length + keywords.length === 0 ? null : result(at(word), [...options, ...keywords]);
};

const result = (from: number, options: Completion[]): CompletionResult => ({ from, options, validFor: /^[\w:?$-]*$/ });

function variables(context: CompletionContext): Completion[] {
  const own = context.matchBefore(/[?$]\w*/)?.text;
  const all = new Set(context.state.doc.toString().match(/[?$]\w+/g) ?? []);
  return [...all].filter((name) => name !== own).map((label) => ({ label, type: "variable" }));
}

function named(offer: Offer, type: string, context: CompletionContext): Completion {
  const name = offer.name ?? `<${offer.iri}>`;
  return {
    label: name, type, detail: [offer.label, offer.count ? count(offer.count) : ""].filter(Boolean).join(" · "), boost: Math.min(90, Math.log2(1 + (offer.count ?? 0)) * 4),
    ...(offer.range?.length ? { info: `→ ${offer.range.join(", ")}` } : {}),
    apply: (view, _completion, from, to) => {
      const declared = declaration(name, offer.iri ?? "", context.state.doc.toString());
      view.dispatch({ changes: [...(declared ? [{ from: 0, insert: declared }] : []), { from, to, insert: name }], selection: { anchor: from + declared.length + name.length } });
    },
  };
}

/** The PREFIX line that a name needs and the query lacks. */
function declaration(name: string, iri: string, text: string): string {
  const [prefix, local] = name.split(":");
  if (name.startsWith("<") || !prefix || !local || new RegExp(`prefix\\s+${prefix}:`, "i").test(text) || !iri.endsWith(local)) return "";
  return `PREFIX ${prefix}: <${iri.slice(0, iri.length - local.length)}>\n`;
}

function entity(offer: Offer): Completion {
  return { label: offer.name ?? `<${offer.iri}>`, displayLabel: offer.label ?? offer.iri ?? "", type: "constant", detail: textOfClass(offer.class ?? "") };
}

/** The class of the subject of the statement that one writes, if the query tells it. */
export function classOfSubject(context: { state: { doc: { toString(): string; sliceString(from: number, to: number): string } }; pos: number }): string | undefined {
  const before = context.state.doc.sliceString(0, context.pos);
  const statement = before.slice(Math.max(before.lastIndexOf("{"), before.lastIndexOf("}"), before.search(/\.\s[^.]*$/)) + 1);
  const subject = /^\s*(\?\w+|<[^>]+>|[\w-]+:[\w-]+)/.exec(statement)?.[1];
  if (!subject) return undefined;
  const told = new RegExp(`${subject.replace(/[?$.*+^()[\]{}|\\]/g, "\\$&")}\\s+(?:[^.{}]*;\\s*)?(?:a|rdf:type)\\s+([\\w-]+:[\\w-]+|<[^>]+>)`);
  return told.exec(context.state.doc.toString())?.[1];
}
