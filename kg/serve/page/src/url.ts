/** The address of a page is the state of the page: going back and forward is undo and redo. */

export const CLASSES_OF_FACTS = ["Tenure", "Meeting", "Visit", "TradeVolume", "Agreement", "Relation", "Statement"] as const;

export interface Filters {
  class: string[]; status: string[]; language: string[]; publisher: string[]; from: string; to: string; support: number;
}

export type Layout = "force" | "time" | "map";
export const LAYOUTS: Layout[] = ["force", "time", "map"];

/** What the explorer shows. Without nodes: the overview of all. */
export interface View {
  nodes: string[];
  /** The chosen node. */
  at: string;
  /** The chosen pair of nodes and the class of the line between them. */
  pair: [string, string, string] | null;
  filters: Filters;
  layout: Layout;
  list: boolean;
}

export type Place =
  | { page: "explore"; view: View }
  | { page: "entity"; id: string }
  | { page: "pair"; a: string; b: string }
  | { page: "article"; id: string; fact: string }
  | { page: "query"; query: string; shown: string };

export const NO_FILTERS: Filters = { class: [], status: [], language: [], publisher: [], from: "", to: "", support: 1 };
export const EMPTY: View = { nodes: [], at: "", pair: null, filters: NO_FILTERS, layout: "force", list: false };

const DAY = /^\d{4}-\d\d-\d\d$/;

export function read(address: { search: string; hash: string }): Place {
  const query = new URLSearchParams(address.search);
  const hash = new URLSearchParams(address.hash.replace(/^#/, ""));
  const get = (name: string): string => query.get(name) ?? hash.get(name) ?? "";
  if (get("article")) return { page: "article", id: get("article"), fact: get("fact") };
  if (get("a") && get("b")) return { page: "pair", a: get("a"), b: get("b") };
  if (get("id")) return { page: "entity", id: get("id") };
  if (query.has("query") || hash.has("query")) return { page: "query", query: get("query"), shown: get("shown") };
  return { page: "explore", view: readView(hash) };
}

function readView(hash: URLSearchParams): View {
  const pair = (hash.get("pair") ?? "").split(" ");
  const layout = hash.get("layout") as Layout;
  const day = (name: string): string => (DAY.test(hash.get(name) ?? "") ? (hash.get(name) as string) : "");
  return {
    nodes: hash.getAll("n"),
    at: hash.get("at") ?? "",
    pair: pair[0] && pair[1] ? [pair[0], pair[1], pair[2] ?? ""] : null,
    filters: {
      class: hash.getAll("class"), status: hash.getAll("status"), language: hash.getAll("language"),
      publisher: hash.getAll("publisher"), from: day("from"), to: day("to"),
      support: Math.max(1, Math.floor(Number(hash.get("support")) || 1)),
    },
    layout: LAYOUTS.includes(layout) ? layout : "force",
    list: hash.get("list") === "1",
  };
}

export function write(place: Place): string {
  const search = new URLSearchParams();
  switch (place.page) {
    case "entity":
      search.set("id", place.id);
      return `/?${readable(search)}`;
    case "pair":
      search.set("a", place.a);
      search.set("b", place.b);
      return `/?${readable(search)}`;
    case "article":
      search.set("article", place.id);
      if (place.fact) search.set("fact", place.fact);
      return `/?${readable(search)}`;
    case "query":
      search.set("query", place.query);
      if (place.shown) search.set("shown", place.shown);
      return `/#${readable(search)}`;
    case "explore": {
      const hash = writeView(place.view);
      return hash ? `/#${hash}` : "/";
    }
  }
}

function writeView({ nodes, at, pair, filters, layout, list }: View): string {
  const hash = new URLSearchParams();
  for (const node of nodes) hash.append("n", node);
  if (at) hash.set("at", at);
  if (pair) hash.set("pair", pair.join(" ").trim());
  for (const name of ["class", "status", "language", "publisher"] as const) for (const value of filters[name]) hash.append(name, value);
  if (filters.from) hash.set("from", filters.from);
  if (filters.to) hash.set("to", filters.to);
  if (filters.support > 1) hash.set("support", String(filters.support));
  if (layout !== "force") hash.set("layout", layout);
  if (list) hash.set("list", "1");
  return readable(hash);
}

/** Slashes need no encoding in a search or a hash, and ids are full of them. */
const readable = (parameters: URLSearchParams): string => parameters.toString().replace(/%2F/g, "/").replace(/%3A/g, ":");

/** Filters as the server takes them. */
export function asked(filters: Filters): Record<string, string | string[] | undefined> {
  const { from, to, support } = filters;
  return {
    class: filters.class, status: filters.status, language: filters.language, publisher: filters.publisher,
    from: from || undefined, to: to || undefined, support: support > 1 ? String(support) : undefined,
    undated: from || to ? "0" : undefined,
  };
}

export const isFiltered = (filters: Filters): boolean => JSON.stringify(filters) !== JSON.stringify(NO_FILTERS);
