/** Names of classes, kinds, statuses and properties: all come from the ontology, by way of the server. */

import { api } from "./api";
import { money } from "./format";
import type { Strand } from "./explore/model";
import type { GraphEdge, Labels } from "./types";

const LIST_OF_KIND: Record<string, string> = {
  Meeting: "meeting", Visit: "visit", TradeVolume: "flow", Agreement: "agreement", Relation: "relation", Tenure: "office", Topic: "topic",
};
const LIST_OF_STATUS: Record<string, string> = { Meeting: "event", Visit: "event", TradeVolume: "figure", Agreement: "agreementStatus" };

let labels: Labels = { lang: "en", languages: [], classes: {}, properties: {}, lists: {}, descriptions: {} };

export async function loadNames(): Promise<void> {
  labels = await api.labels();
}

export const allLabels = (): Labels => labels;
/** For a page without a server, that brings its names along. */
export function useNames(brought: Labels): void {
  labels = brought;
}

const plain = (name: string): string => name.replace(/_/g, " ");

export const textOfClass = (name: string): string => labels.classes[name] ?? name;
export const textOfProperty = (name: string): string => labels.properties[name] ?? plain(name);
export const textOfKind = (kind: string, name: string): string =>
  labels.lists[LIST_OF_KIND[kind] ?? ""]?.[name] ?? (name ? plain(name) : textOfClass(kind));
export const textOfMember = (list: string, name: string): string => labels.lists[list]?.[name] ?? plain(name);
export function textOfStatus(kind: string, name: string): string {
  const known = labels.lists[LIST_OF_STATUS[kind] ?? ""]?.[name];
  if (known) return known;
  for (const list of ["event", "figure", "agreementStatus"]) {
    const text = labels.lists[list]?.[name];
    if (text) return text;
  }
  return plain(name);
}

export function textOfEdge(edge: GraphEdge): string {
  const kind = edge.class === "Statement" ? textOfClass("Statement") : textOfKind(edge.class, edge.kind);
  return edge.amount ? `${kind}: ${money(edge.amount, edge.currency)}` : kind;
}

/** All that a strand stands for in a few words, the most told first. */
export function textOfStrand(strand: Strand): string {
  const ordered = [...strand.edges].sort((a, b) => b.facts - a.facts);
  const words = [...new Set(ordered.map(textOfEdge))];
  return words.slice(0, 2).join(" · ") + (words.length > 2 ? " …" : "");
}

const tongues = new Map<string, string>();

/** The name of a language of articles in the language of the page, such as `uz-cyrl`. */
export function textOfLanguage(tag: string): string {
  const key = `${labels.lang} ${tag}`;
  const known = tongues.get(key);
  if (known) return known;
  let text = tag;
  const full = tag.replace("cyrl", "Cyrl").replace("latn", "Latn");
  for (const reader of [labels.lang.slice(0, 2), "en"]) {
    try {
      text = new Intl.DisplayNames(reader, { type: "language" }).of(full) ?? tag;
    } catch {
      continue; // a tag that the browser does not know is shown as it is
    }
    if (text.toLowerCase() !== full.toLowerCase()) break; // else it knows the language, but no names in that of the reader
  }
  tongues.set(key, text);
  return text;
}
