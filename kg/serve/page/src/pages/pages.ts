import type { Place } from "../url";
export interface Page { element: HTMLElement; title: string; shown?: () => void }
export async function page(_place: Place): Promise<Page> {
  throw new Error("later");
}
