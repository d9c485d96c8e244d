/** The twin of the picture for keyboard, screen reader and eyes that prefer text: a row for each line of it. */

import { count, date } from "../format";
import { t } from "../i18n";
import { textOfClass } from "../names";
import { button, h, set } from "../ui/dom";
import { entityLink } from "../ui/go";
import { isEvent, strandKey, type Strand, type ViewGraph } from "./model";
import { statusTag } from "../facts";
import { textOfStrand } from "../names";

const PAGE = 300;

export function list(holder: HTMLElement, graph: ViewGraph, choose: (key: string) => void, shown = PAGE): void {
  const strands = graph.mapEdges((_, { strand }) => strand).sort((a, b) => b.facts - a.facts || (a.a < b.a ? -1 : 1));
  const label = (id: string): string => graph.getNodeAttribute(id, "node").label;
  const name = (id: string): HTMLElement => entityLink(id, label(id), { "data-class": graph.getNodeAttribute(id, "node").class });
  const row = (strand: Strand): HTMLElement => {
    const [first, second] = ordered(strand, graph);
    return h("tr", {},
      h("th", { scope: "row" }, name(first)),
      h("td", { class: "what", "data-class": strand.class }, h("span", { class: "swatch" }), textOfStrand(strand), " ", strand.planned ? statusTag(strand.class, "planned") : null),
      h("td", {}, name(second)),
      h("td", { class: "when" }, span(strand)),
      h("td", { class: "number" }, count(strand.support)),
      h("td", { class: "number" }, button(count(strand.facts), () => choose(strandKey(strand.a, strand.b, strand.class)), {
        class: "open", "aria-label": `${count(strand.facts)} · ${t("factsOf")}: ${label(first)}, ${textOfClass(strand.class)}, ${label(second)}`,
      })));
  };
  set(holder,
    h("table", {}, h("caption", { class: "unseen" }, t("list")),
      h("thead", {}, h("tr", {}, ...(["who", "what", "withWhom", "when", "howMany", "whereTold"] as const).map((key) => h("th", { scope: "col" }, t(key))))),
      h("tbody", {}, ...strands.slice(0, shown).map(row))),
    strands.length > shown ? button(`${t("more")} (${count(strands.length - shown)})`, () => list(holder, graph, choose, shown + PAGE), { class: "action" }) : null,
    strands.length === 0 ? h("p", { class: "note" }, t("noNodes")) : null);
}

/** Who acts stands first: a person or a state before an event. */
function ordered(strand: Strand, graph: ViewGraph): [string, string] {
  const directed = strand.edges.find((edge) => edge.directed);
  if (directed) return [directed.from, directed.to];
  return isEvent(graph.getNodeAttribute(strand.a, "node").class) ? [strand.b, strand.a] : [strand.a, strand.b];
}

export function span({ earliest, latest }: { earliest: string; latest: string }): string {
  if (!earliest) return "";
  const [from, to] = [earliest.slice(0, 7), (latest || earliest).slice(0, 7)];
  return from === to ? date(from) : `${date(from)} – ${date(to)}`;
}
