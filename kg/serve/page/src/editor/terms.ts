/** Terms of results: how they are written, and what they are besides text. */

import { api } from "../api";
import { locale } from "../i18n";
import type { Row, SelectAnswer, Term } from "../types";

const XSD = "http://www.w3.org/2001/XMLSchema#";
const NUMBERS = new Set(["integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger", "positiveInteger"].map((name) => XSD + name));
const DATE = /^-?\d{4}(-\d\d(-\d\d)?)?(T|$|\/|Z)/;
const PREFIXES: [string, string][] = [
  ["https://w3id.org/elchi/ontology#", "kg:"], ["http://www.w3.org/2004/02/skos/core#", "skos:"], ["http://www.w3.org/1999/02/22-rdf-syntax-ns#", "rdf:"],
  ["http://www.w3.org/2000/01/rdf-schema#", "rdfs:"], [XSD, "xsd:"], ["http://www.w3.org/ns/oa#", "oa:"], ["https://schema.org/", "schema:"], ["http://www.w3.org/2002/07/owl#", "owl:"],
];

let base = "https://w3id.org/elchi/id/";

export async function loadBase(): Promise<void> {
  base = (await api.status()).base;
}

/** The id of a thing of this store, or nothing for other addresses. */
export const idOf = (term: Term | undefined): string | undefined =>
  term?.type === "uri" && term.value.startsWith(base) ? term.value.slice(base.length) : undefined;

export function short(term: Term | undefined): string {
  if (!term) return "";
  if (term.type !== "uri") return term.value;
  const id = idOf(term);
  if (id !== undefined) return decode(id);
  const known = PREFIXES.find(([iri]) => term.value.startsWith(iri));
  return known ? known[1] + term.value.slice(known[0].length) : term.value;
}

function decode(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

export function numberOf(term: Term | undefined): number | undefined {
  if (!term || term.type === "uri" || term.value.trim() === "") return undefined;
  const value = Number(term.value);
  return Number.isFinite(value) && (NUMBERS.has(term.datatype ?? "") || !DATE.test(term.value)) ? value : undefined;
}

export function dateOf(term: Term | undefined): string | undefined {
  if (!term || term.type === "uri" || NUMBERS.has(term.datatype ?? "")) return undefined;
  return DATE.test(term.value) ? term.value.split(/[T/Z]/)[0] : undefined;
}

/** The ISO code of a state, told as such or as a thing. */
export function stateOf(term: Term | undefined): string | undefined {
  if (!term) return undefined;
  const id = idOf(term);
  if (id !== undefined) return /^state\/([A-Z]{2})$/.exec(id)?.[1];
  return term.type === "literal" && /^[A-Z]{2}$/.test(term.value) ? term.value : undefined;
}

export const order = (): Intl.Collator => new Intl.Collator(locale(), { numeric: true });

/** The columns of which all values that are there (and some are) have the property. */
export function columns(answer: SelectAnswer, has: (term: Term | undefined) => unknown): string[] {
  const rows = (answer.results?.bindings ?? []).slice(0, 400);
  return (answer.head.vars ?? []).filter((name) => {
    const values = rows.map((row) => row[name]).filter((term) => term !== undefined && term.value !== "");
    return values.length > 0 && values.every((term) => has(term) !== undefined);
  });
}

const UNESCAPED: Record<string, string> = { t: "\t", b: "\b", n: "\n", r: "\r", f: "\f", '"': '"', "'": "'", "\\": "\\" };
const unescape = (text: string): string => text.replace(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four: string, eight: string, one: string) =>
  one ? (UNESCAPED[one] ?? one) : String.fromCodePoint(parseInt(four ?? eight, 16)));
const NODE = String.raw`<([^>]*)>|_:(\S+)|"((?:[^"\\]|\\.)*)"(?:\^\^<([^>]*)>|@(\S+))?`;
const LINE = new RegExp(String.raw`^\s*(?:${NODE})\s+<([^>]*)>\s+(?:${NODE})\s*\.`);

/** N-Triples as rows of subject, predicate and object. */
export function triples(text: string): SelectAnswer {
  const bindings: Row[] = [];
  for (const line of text.split("\n")) {
    const found = LINE.exec(line);
    if (!found) continue;
    bindings.push({ subject: term(found, 1), predicate: { type: "uri", value: unescape(found[6] ?? "") }, object: term(found, 7) });
  }
  return { head: { vars: ["subject", "predicate", "object"] }, results: { bindings } };
}

function term(found: RegExpExecArray, at: number): Term {
  const [iri, blank, text, datatype, lang] = found.slice(at, at + 5);
  if (iri !== undefined) return { type: "uri", value: unescape(iri) };
  if (blank !== undefined) return { type: "bnode", value: blank };
  return { type: "literal", value: unescape(text ?? ""), ...(datatype ? { datatype } : {}), ...(lang ? { "xml:lang": lang } : {}) };
}
