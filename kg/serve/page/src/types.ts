/** What the server answers, as docs/api.md describes it. */

export interface Ref { id: string; label: string }

export interface GraphNode {
  id: string; iri: string; class: string; label: string; country: string; facts: number; degree: number; date: string;
}

export interface GraphEdge {
  id: string; from: string; to: string; class: string; kind: string; status: string; directed: boolean;
  facts: number; fact: string; earliest: string; latest: string; support: number; articles: number;
  publishers: string[]; languages: string[]; conflict: boolean; amount?: string; currency?: string;
}

export interface Graph { nodes: GraphNode[]; edges: GraphEdge[] }

export interface Neighbours extends Graph {
  node: GraphNode;
  counts: { class: string; neighbour: string; nodes: number; facts: number }[];
  total: number; more: boolean;
}

export interface Path extends Graph { length: number | null }

export interface Hit { id: string; iri: string; label: string; class: string; matched: string; facts: number; country: string }

export interface Evidence {
  article: string; title: string; publisher: string; publisherLabel: string; published: string; language: string;
  url: string; source: string; start: number; end: number; exact: string; before: string; after: string;
  rule: string; qualifier: string; speaker: string;
}

export interface Value { id?: string; value?: string; label?: string }

export interface Fact {
  id: string; iri: string; class: string; kind: string; status: string; label: string;
  date: string; earliest: string; latest: string; support: number; articles: number;
  fields: { property: string; values: Value[] }[];
  /** Properties for which articles give this very fact different values. */
  differs?: string[];
  contradicts?: (Fact & { property: string })[];
  evidence?: Evidence[];
}

export interface Facts { total: number; more: boolean; facts: Fact[] }

export interface Timeline {
  unit: "month" | "year"; bins: { start: string; end: string; facts: number; classes: Record<string, number> }[];
  undated: number; earliest: string; latest: string;
}

export interface Count { value: string; label?: string; facts: number; class?: string }

export interface Facets {
  classes: Count[]; kinds: Count[]; statuses: Count[]; publishers: Count[]; languages: Count[];
  support: { value: number; facts: number }[];
}

export interface Office {
  office: string; of: Ref | null; person: Ref | null; start: string; end: string; observed: string[]; fact: string;
}

export interface Entity {
  id: string; iri: string; class: string; label: string; country: string;
  labels: { lang: string; label: string; kind: string }[]; same: string[];
  counts: { class: string; facts: number }[]; articles: number; offices: Office[];
  facts: Fact[]; total: number; more: boolean;
}

export interface Article {
  id: string; iri: string; title: string; text: string; published: string; language: string;
  publisher: Ref | null; relayedFrom: Ref | null; url: string; source: string; dateline: Ref | null;
  mentions: { id: string; label: string; class: string; spans: [number, number][] }[];
  facts: Fact[];
}

export interface Series {
  flow: string; from: string; to: string; currency: string; partner?: Ref;
  points: {
    period: string; start: string; end: string; amount: string; low: string; high: string; qualifier: string;
    status: string; fact: string; articles: number;
  }[];
}

export interface Pair {
  a: GraphNode; b: GraphNode; counts: { class: string; facts: number }[]; timeline: Fact[]; trade: Series[];
  total: number; more: boolean;
}

export interface Labels {
  lang: string; languages: string[]; classes: Record<string, string>; properties: Record<string, string>;
  lists: Record<string, Record<string, string>>; descriptions: Record<string, string>;
}

export interface NamedQuery {
  name: string; summary: string; description: string; tags: string[]; sparql: string; route: string; view: string;
  parameters: { name: string; type: string; required: boolean; help: string; example: string }[];
}

export interface Completion { iri?: string; prefix?: string; name?: string; label?: string; count?: number; class?: string; range?: string[] }

export interface LintAnswer {
  errors: { line: number; column: number; endLine: number; endColumn: number; message: string; severity: "error" | "warning" }[];
  form: string;
}

export interface Status {
  version: string; snapshot: string; base: string; articles: number; triples: number; writable: boolean;
  limits: Record<string, number>; endpoint: string;
}

/** A term of a SPARQL result in JSON. */
export interface Term { type: "uri" | "literal" | "bnode" | "typed-literal"; value: string; datatype?: string; "xml:lang"?: string }
export type Row = Record<string, Term | undefined>;
export interface SelectAnswer { head: { vars?: string[] }; results?: { bindings: Row[] }; boolean?: boolean }
