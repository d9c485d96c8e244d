/** What the store calls the things in a result: asked once, as many at a time as the server takes. */

import { api } from "../api";

const MOST = 300;
const names = new Map<string, string>();
let asked: Promise<unknown> = Promise.resolve();

/** The names that are known of some ids, after asking for the others; those without one are left out. */
export async function called(ids: string[]): Promise<ReadonlyMap<string, string>> {
  const fresh = [...new Set(ids)].filter((id) => !names.has(id));
  fresh.forEach((id) => names.set(id, ""));
  const parts = Array.from({ length: Math.ceil(fresh.length / MOST) }, (_, at) => fresh.slice(at * MOST, (at + 1) * MOST));
  asked = Promise.all([asked, ...parts.map(async (part) => {
    try {
      Object.entries(await api.names(part)).forEach(([id, name]) => names.set(id, name));
    } catch {
      part.forEach((id) => names.delete(id)); // asked again next time; ids alone can be read too
    }
  })]);
  await asked; // others may have asked for the same and wait for it still
  return names;
}
