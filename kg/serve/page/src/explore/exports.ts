/** The view as a file. */

import { asked as respond, api } from "../api";
import { language } from "../i18n";
import { allLabels, textOfClass, textOfEdge } from "../names";
import type { Fact, Status } from "../types";
import { download } from "../ui/dom";
import { canvasPen, escape, svgPen } from "./pen";
import type { Stage } from "./stage";

const SHARPNESS = 2;
/** Facts of so many lines travel with a page for offline use. */
const OFFLINE_LINES = 400;

export function svg(stage: Stage): void {
  const { width, height } = stage.size;
  const { pen, written } = svgPen(width, height);
  stage.draw(pen);
  download("elchi.svg", written(), "image/svg+xml");
}

export function png(stage: Stage): void {
  const { width, height } = stage.size;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * SHARPNESS, height * SHARPNESS];
  const ink = canvas.getContext("2d");
  if (!ink) return;
  ink.scale(SHARPNESS, SHARPNESS);
  stage.draw(canvasPen(ink));
  canvas.toBlob((blob) => blob && download("elchi.png", blob, "image/png"));
}

export function csv(stage: Stage): void {
  const rows = [["from", "from_label", "to", "to_label", "class", "kind", "status", "label", "earliest", "latest", "facts", "sources", "articles"]];
  const label = (id: string): string => stage.graph.getNodeAttribute(id, "node").label;
  stage.graph.forEachEdge((_, { strand }) => {
    for (const edge of strand.edges) {
      rows.push([edge.from, label(edge.from), edge.to, label(edge.to), edge.class, edge.kind, edge.status, textOfEdge(edge),
        edge.earliest, edge.latest, String(edge.facts), String(edge.support), String(edge.articles)]);
    }
  });
  download("elchi.csv", rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n", "text/csv;charset=utf-8");
}

/** RFC 4180; a cell that a spreadsheet would take for a formula is kept from being one. */
export function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

export function gexf(stage: Stage): void {
  const lines: string[] = [];
  stage.graph.forEachNode((id, { x, y, size, node }) => lines.push(
    `      <node id="${escape(id)}" label="${escape(node.label)}"><attvalues><attvalue for="class" value="${escape(node.class)}"/></attvalues>` +
    `<viz:position x="${x.toFixed(2)}" y="${y.toFixed(2)}" z="0"/><viz:size value="${size.toFixed(1)}"/></node>`));
  const edges: string[] = [];
  stage.graph.forEachEdge((_, { strand }) => {
    for (const edge of strand.edges) edges.push(
      `      <edge id="${edges.length}" source="${escape(edge.from)}" target="${escape(edge.to)}" label="${escape(textOfEdge(edge))}" weight="${edge.facts}">` +
      `<attvalues><attvalue for="class" value="${escape(edge.class)}"/><attvalue for="status" value="${escape(edge.status)}"/>` +
      `<attvalue for="earliest" value="${escape(edge.earliest)}"/><attvalue for="latest" value="${escape(edge.latest)}"/></attvalues></edge>`);
  });
  const column = (name: string): string => `      <attribute id="${name}" title="${name}" type="string"/>`;
  download("elchi.gexf", `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
  <graph defaultedgetype="undirected">
    <attributes class="node">
${column("class")}
    </attributes>
    <attributes class="edge">
${["class", "status", "earliest", "latest"].map(column).join("\n")}
    </attributes>
    <nodes>
${lines.join("\n")}
    </nodes>
    <edges>
${edges.join("\n")}
    </edges>
  </graph>
</gexf>
`, "application/xml");
}

/** What the store holds of the things shown and of the facts between them, as the endpoint writes it. */
export async function turtle(stage: Stage, status: Status): Promise<void> {
  const { edges } = await everyEdge(stage);
  const facts = new Set(edges.flatMap(({ facts: all }) => all.map((fact) => fact.id)));
  const iris = [...stage.graph.nodes(), ...facts].map((id) => `<${status.base}${encodeURI(decodeURI(id))}>`);
  const query = `CONSTRUCT { ?s ?p ?o } WHERE { VALUES ?s { ${iris.join(" ")} } ?s ?p ?o }`;
  const response = await fetch("/sparql", {
    method: "POST", headers: { "content-type": "application/sparql-query", accept: "text/turtle" }, body: query,
  }).then(respond);
  download("elchi.ttl", await response.text(), "text/turtle");
}

interface Saved { from: string; to: string; class: string; facts: Fact[] }

async function everyEdge(stage: Stage): Promise<{ edges: Saved[] }> {
  const strands = stage.graph.mapEdges((_, { strand }) => strand).sort((a, b) => b.facts - a.facts).slice(0, OFFLINE_LINES);
  const edges: Saved[] = [];
  const one = async (): Promise<void> => {
    for (let strand = strands.shift(); strand; strand = strands.shift()) {
      const { facts } = await api.facts({ from_id: strand.a, to_id: strand.b, class: [strand.class], limit: 50 });
      edges.push({ from: strand.a, to: strand.b, class: strand.class, facts });
    }
  };
  await Promise.all([one(), one(), one(), one()]);
  return { edges };
}

/** One file that shows the view, with its sentences, where there is no network. */
export async function offline(stage: Stage): Promise<void> {
  const [script, style, { edges }] = await Promise.all([
    fetch("/assets/offline.js").then(respond).then((r) => r.text()),
    fetch("/assets/offline.css").then(respond).then((r) => r.text()),
    everyEdge(stage),
  ]);
  const saved = {
    language: language(), labels: allLabels(), facts: edges, date: new Date().toISOString().slice(0, 10),
    nodes: stage.graph.mapNodes((_, { x, y, node }) => ({ ...node, x, y })),
    edges: stage.graph.mapEdges((_, { strand }) => strand.edges).flat(),
  };
  const title = stage.graph.mapNodes((_, { node }) => node).sort((a, b) => b.facts - a.facts)[0]?.label ?? textOfClass("State");
  const json = JSON.stringify(saved).replace(/</g, "\\u003c").replace(/\u2028|\u2029/g, " ");
  download("elchi.html", `<!doctype html>
<html lang="${escape(language())}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:">
<title>${escape(title)}</title>
<style>${style}</style>
<script type="application/json" id="saved">${json}</script>
<body><main id="app"></main>
<script type="module">${script.replace(/<\/script/gi, "<\\/script")}</script>
</html>
`, "text/html");
}
