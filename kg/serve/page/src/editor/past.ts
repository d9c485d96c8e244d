/** The queries that were run in this browser. */

import { keep, kept } from "../ui/keep";

export interface Past { query: string; at: string; rows: number }

const MOST = 40;

export function past(): Past[] {
  try {
    const all: unknown = JSON.parse(kept("queries") ?? "[]");
    return Array.isArray(all) ? all.filter((one): one is Past => typeof (one as Past)?.query === "string") : [];
  } catch {
    return []; // what is kept was damaged: begin anew
  }
}

export function remember(query: string, rows: number): void {
  const others = past().filter((one) => one.query !== query);
  keep("queries", JSON.stringify([{ query, at: new Date().toISOString(), rows }, ...others].slice(0, MOST)));
}
