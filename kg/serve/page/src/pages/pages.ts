/** The pages about one thing, about two, and about an article. */

import type { Place } from "../url";
import { articlePage } from "./article";
import { entityPage } from "./entity";
import { pairPage } from "./pair";

export interface Page {
  element: HTMLElement;
  title: string;
  /** Called when the page stands in the document, for what needs a size. */
  shown?: () => void;
}

export function page(place: Exclude<Place, { page: "explore" } | { page: "query" }>): Promise<Page> {
  switch (place.page) {
    case "entity": return entityPage(place.id);
    case "pair": return pairPage(place.a, place.b);
    case "article": return articlePage(place.id, place.fact);
  }
}
