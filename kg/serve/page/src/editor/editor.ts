/** The query page: text, examples, results in several shapes. */

import { api, asked, ServerError } from "../api";
import { count } from "../format";
import { t } from "../i18n";
import type { NamedQuery, SelectAnswer } from "../types";
import { button, download, h, put, set } from "../ui/dom";
import { action, copy, popup } from "../ui/menu";
import { write } from "../url";
import { past, remember } from "./past";
import { snippets } from "./snippets";
import { table } from "./table";
import { loadBase, triples } from "./terms";
import { textField, type TextField } from "./text";
import * as views from "./views";

const VIEWS = ["table", "graph", "chart", "timeline", "map"] as const;
const ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9";
const FIRST = `PREFIX kg: <https://w3id.org/elchi/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

SELECT ?one ?other (COUNT(DISTINCT ?meeting) AS ?meetings)
WHERE {
  ?meeting a kg:Meeting ; kg:participant ?one, ?other .
  ?one a kg:State . ?other a kg:State .
  FILTER(STR(?one) < STR(?other))
}
GROUP BY ?one ?other
ORDER BY DESC(?meetings)
`;
const FILES: { name: string; accept: string; ending: string; triples: boolean }[] = [
  { name: "CSV", accept: "text/csv", ending: "csv", triples: false }, { name: "TSV", accept: "text/tab-separated-values", ending: "tsv", triples: false },
  { name: "JSON", accept: "application/sparql-results+json", ending: "json", triples: false }, { name: "XML", accept: "application/sparql-results+xml", ending: "xml", triples: false },
  { name: "Turtle", accept: "text/turtle", ending: "ttl", triples: true }, { name: "JSON-LD", accept: "application/ld+json", ending: "jsonld", triples: true },
  { name: "N-Triples", accept: "application/n-triples", ending: "nt", triples: true },
];

export class Editor {
  readonly element = h("div", { class: "query" });
  private readonly field: TextField;
  private readonly results = h("section", { class: "results", "aria-label": t("table"), "aria-live": "polite" });
  private readonly runButton = button(t("run"), () => void this.run(), { class: "action strong" });
  private answer: SelectAnswer | null = null;
  private isGraph = false;
  private shown: string;
  private running: AbortController | null = null;
  private took = 0;

  constructor(query: string, shown: string) {
    this.shown = shown;
    this.field = textField(query || FIRST, () => void this.run());
    const examples = h("aside", { class: "examples" }, h("h2", {}, t("examples")));
    this.element.append(
      h("div", { class: "query-main" },
        h("h1", { class: "unseen" }, t("queryLabel")),
        h("div", { class: "query-bar" }, this.runButton, this.historyMenu(), this.codeMenu(),
          button(t("share"), () => void copy(location.origin + write({ page: "query", query: this.field.read(), shown: this.shown }), t("copied")), { class: "tool" }),
          h("span", { id: "editor-help", class: "note" }, t("editorHelp"))),
        this.field.element, this.results),
      examples);
    void this.fill(examples);
    void loadBase().catch(() => undefined).then(() => (query ? this.run() : undefined));
  }

  private async fill(examples: HTMLElement): Promise<void> {
    const queries = await api.queries();
    put(examples, h("ul", {}, ...queries.map((query) => h("li", {}, button(h("span", {}, query.summary || query.name), () => this.example(query), { title: query.description }), h("small", {}, query.name)))));
  }

  private example(query: NamedQuery): void {
    this.shown = query.view;
    this.field.write(query.sparql);
    void this.run();
    scrollTo(0, 0);
  }

  private historyMenu(): HTMLElement {
    return popup(t("history"), t("history"), (close) => {
      const all = past();
      if (all.length === 0) return [h("p", { class: "note pad" }, t("emptyHistory"))];
      return all.map(({ query, at, rows }) => h("button", { type: "button", class: "action past", onclick: () => {
        this.field.write(query);
        close();
        this.field.focus();
      } }, h("code", {}, query.replace(/^\s*(PREFIX[^\n]*|#[^\n]*)\n/gim, "").trim().slice(0, 90)), h("small", {}, `${at.slice(0, 16).replace("T", " ")} · ${t("rows", { n: count(rows) })}`)));
    });
  }

  private codeMenu(): HTMLElement {
    return popup(t("code"), t("code"), () => [h("div", { class: "snippets" }, ...snippets(this.field.read(), `${location.origin}/sparql`).map(({ name, code }) =>
      h("section", {}, h("header", {}, h("strong", {}, name), button(t("copyLink").split(" ")[0] ?? "", () => void copy(code, t("copied")), { class: "action" })), h("pre", { tabindex: "0" }, code))))]);
  }

  private async ask(accept: string, signal?: AbortSignal): Promise<Response> {
    return asked(await fetch("/sparql", {
      method: "POST", headers: { "content-type": "application/sparql-query", accept }, body: this.field.read(), ...(signal ? { signal } : {}),
    }));
  }

  private async run(): Promise<void> {
    if (this.running) {
      this.running.abort();
      return;
    }
    const query = this.field.read();
    this.running = new AbortController();
    this.runButton.textContent = t("stop");
    set(this.results, h("p", { class: "note" }, t("running")));
    const start = performance.now();
    try {
      const response = await this.ask(ACCEPT, this.running.signal);
      this.isGraph = /n-triples|n-quads|plain/.test(response.headers.get("content-type") ?? "");
      this.answer = this.isGraph ? triples(await response.text()) : ((await response.json()) as SelectAnswer);
      this.took = Math.round(performance.now() - start);
      remember(query, this.answer.results?.bindings.length ?? 1);
      this.shown = (/^#\s*defaultView:\s*(\w+)/im.exec(query)?.[1]?.toLowerCase() ?? this.shown) || "table";
      history.replaceState(history.state, "", write({ page: "query", query, shown: this.shown === "table" ? "" : this.shown }));
      this.show();
    } catch (error) {
      this.trouble(error as Error);
    } finally {
      this.running = null;
      this.runButton.textContent = t("run");
    }
  }

  private trouble(error: Error): void {
    this.answer = null;
    if (error.name === "AbortError") {
      set(this.results);
      return;
    }
    const { line, column, message } = error as ServerError;
    if (line) this.field.point(line, column ?? 1);
    set(this.results, h("p", { class: "trouble", role: "alert" }, line ? t("syntax", { line, column: column ?? 1, message }) : t("failed", { message })));
  }

  private show(): void {
    const { answer } = this;
    if (!answer) return;
    if (answer.boolean !== undefined) {
      set(this.results, h("p", { class: "verdict" }, answer.boolean ? t("yes") : t("no")));
      return;
    }
    const body = h("div", { class: "result" });
    const tabs = h("div", { class: "result-bar" }, h("div", { class: "segments", role: "group" }, ...VIEWS.map((name) => button(t(name), () => {
      this.shown = name;
      history.replaceState(history.state, "", write({ page: "query", query: this.field.read(), shown: name === "table" ? "" : name }));
      this.show();
    }, { class: "tool", "aria-pressed": String(name === this.shown) }))),
    h("span", { class: "note" }, t("took", { n: count(this.took) })),
    popup(t("download"), t("download"), (close) => FILES.filter((file) => file.triples === this.isGraph).map((file) => action(file.name, () => {
      close();
      void this.ask(file.accept).then((response) => response.blob()).then((blob) => download(`elchi.${file.ending}`, blob, file.accept)).catch((error: Error) => this.trouble(error));
    }))));
    const draw = { table, graph: views.graph, chart: views.chart, timeline: views.timeline, map: views.map }[this.shown as views.View] ?? table;
    set(this.results, tabs, body);
    set(body, (answer.results?.bindings.length ?? 0) === 0 ? h("p", { class: "note" }, t("noRows")) : draw(answer));
  }
}
