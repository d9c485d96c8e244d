/** Questions to the server. Within one snapshot an answer does not change, so each address is asked once. */

import { language } from "./i18n";
import type * as T from "./types";

export class ServerError extends Error {
  constructor(message: string, readonly status: number, readonly line?: number, readonly column?: number) {
    super(message);
  }
}

export type Parameters = Record<string, string | number | string[] | undefined>;

const KEPT = 300;
const answers = new Map<string, Promise<unknown>>();

function address(path: string, parameters: Parameters): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(parameters)) {
    if (Array.isArray(value)) for (const one of value) search.append(key, one);
    else if (value !== undefined && value !== "") search.append(key, String(value));
  }
  search.set("lang", language());
  return `/api/${path}?${search}`;
}

/** An id in a path: slashes stay, all else that a path cannot hold is encoded. */
export const inPath = (id: string): string => id.split("/").map(encodeURIComponent).join("/");

export async function asked(response: Response): Promise<Response> {
  if (response.ok) return response;
  let problem: { detail?: string; line?: number; column?: number } = {};
  try {
    problem = (await response.json()) as typeof problem;
  } catch {
    /* not every proxy answers in JSON */
  }
  throw new ServerError(problem.detail ?? `${response.status} ${response.statusText}`, response.status, problem.line, problem.column);
}

function get<A>(path: string, parameters: Parameters = {}): Promise<A> {
  const url = address(path, parameters);
  const known = answers.get(url);
  if (known) return known as Promise<A>;
  const answer = fetch(url, { headers: { accept: "application/json" } }).then(asked).then((r) => r.json() as Promise<A>);
  answers.set(url, answer);
  answer.catch(() => answers.delete(url));
  if (answers.size > KEPT) answers.delete(answers.keys().next().value as string);
  return answer;
}

/** The server takes 300 ids at once: of more, all pairs of parts are asked for, a few at a time. */
const PART = 150;
const AT_ONCE = 4;

/** All edges among the nodes, and the nodes if they are wanted. */
async function between(ids: string[], filters: Parameters, nodes = false): Promise<T.Graph> {
  const parts = Array.from({ length: Math.ceil(ids.length / PART) }, (_, at) => ids.slice(at * PART, (at + 1) * PART));
  const pairs = parts.length === 1 ? [ids] : parts.flatMap((one, at) => parts.slice(at + 1).map((other) => [...one, ...other]));
  const found = { nodes: new Map<string, T.GraphNode>(), edges: new Map<string, T.GraphEdge>() };
  const ask = async (): Promise<void> => {
    for (let pair = pairs.shift(); pair; pair = pairs.shift()) {
      const answer = await get<Partial<T.Graph>>("between", { ids: pair, ...(nodes ? { nodes: 1 } : {}), ...filters });
      for (const node of answer.nodes ?? []) found.nodes.set(node.id, node);
      for (const edge of answer.edges ?? []) found.edges.set(edge.id, edge);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  return { nodes: [...found.nodes.values()], edges: [...found.edges.values()] };
}

export const api = {
  between,
  search: (q: string, limit = 12) => get<T.Hit[]>("search", { q, limit }),
  overview: (limit: number, filters: Parameters = {}) => get<T.Graph & { total: number }>("overview", { limit, ...filters }),
  neighbours: (id: string, page: Parameters, filters: Parameters = {}) => get<T.Neighbours>("neighbours", { id, ...page, ...filters }),
  path: (from: string, to: string, filters: Parameters = {}) => get<T.Path>("path", { from_id: from, to_id: to, ...filters }),
  timeline: (of: Parameters, filters: Parameters = {}) => get<T.Timeline>("timeline", { ...of, ...filters }),
  facets: (of: Parameters, filters: Parameters = {}) => get<T.Facets>("facets", { ...of, ...filters }),
  facts: (of: Parameters, filters: Parameters = {}) => get<T.Facts>("facts", { ...of, ...filters }),
  entity: (id: string, page: Parameters = {}) => get<T.Entity>(`entity/${inPath(id)}`, page),
  article: (id: string) => get<T.Article>(`article/${inPath(id)}`),
  pair: (a: string, b: string) => get<T.Pair>("pair", { a, b }),
  series: (id: string) => get<{ series: T.Series[] }>("trade-series", { id }),
  labels: () => get<T.Labels>("labels"),
  names: (ids: string[]) => get<Record<string, string>>("names", { ids }),
  queries: () => get<T.NamedQuery[]>("queries"),
  complete: (what: string, parameters: Parameters) => get<T.Completion[]>("complete", { what, ...parameters }),
  status: () => get<T.Status>("status"),
};
