/** The text field of the editor. It lives in a shadow root: there its styles need no exception from the page's policy. */

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { linter, lintKeymap, type Diagnostic } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers, placeholder } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql } from "codemirror-lang-sparql";
import { t } from "../i18n";
import type { LintAnswer } from "../types";
import { h } from "../ui/dom";
import { complete } from "./completion";

const LINT_PAUSE_MS = 450;

const look = EditorView.theme({
  "&": { fontSize: "14px", color: "var(--ink)", backgroundColor: "var(--card)", height: "100%" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.6" },
  ".cm-content": { padding: "12px 0", caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "var(--card)", color: "var(--soft)", border: "0", paddingLeft: "8px" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--hush) 60%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--mark)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "var(--mark)", outline: "none" },
  ".cm-placeholder": { color: "var(--soft)" },
  ".cm-tooltip": { backgroundColor: "var(--raised)", border: "1px solid var(--line)", borderRadius: "9px", boxShadow: "var(--shade)", overflow: "hidden", color: "var(--ink)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--sans)", fontSize: "13.5px", maxHeight: "19em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "4px 12px 4px 8px", display: "flex", gap: "12px", alignItems: "baseline" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--hush)", color: "var(--ink)" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "650" },
  ".cm-completionDetail": { marginLeft: "auto", fontStyle: "normal", color: "var(--soft)", fontSize: "12.5px" },
  ".cm-completionIcon": { display: "none" },
  ".cm-completionInfo": { fontFamily: "var(--sans)", fontSize: "13px", padding: "6px 10px" },
  ".cm-diagnostic": { padding: "6px 12px", fontFamily: "var(--sans)", fontSize: "13px", borderLeft: "3px solid var(--accent)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy var(--accent)", textUnderlineOffset: "3px" },
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword, tags.modifier], color: "var(--Person)", fontWeight: "600" },
  { tag: [tags.variableName, tags.special(tags.variableName), tags.definition(tags.variableName)], color: "var(--Relation)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--Visit)" },
  { tag: [tags.number, tags.bool, tags.literal], color: "var(--TradeVolume)" },
  { tag: [tags.namespace, tags.propertyName, tags.typeName, tags.className], color: "var(--Organization)" },
  { tag: [tags.url, tags.link, tags.atom], color: "var(--Meeting)" },
  { tag: [tags.comment, tags.lineComment], color: "var(--soft)", fontStyle: "italic" },
  { tag: [tags.function(tags.variableName), tags.standard(tags.name)], color: "var(--Agreement)" },
]);

async function lint(view: EditorView): Promise<Diagnostic[]> {
  const text = view.state.doc.toString();
  if (!text.trim()) return [];
  const response = await fetch("/api/lint", { method: "POST", headers: { "content-type": "application/sparql-query" }, body: text });
  if (!response.ok) return []; // the endpoint says what is wrong when the query is run
  const { errors } = (await response.json()) as LintAnswer;
  return errors.map(({ line, column, endLine, endColumn, message, severity }) => {
    const [from, to] = [offset(view.state, line, column), offset(view.state, endLine, endColumn)];
    return { from: Math.min(from, Math.max(0, to - 1)), to, message, severity }; // a place without width, such as the end, could not be underlined
  });
}

function offset(state: EditorState, line: number, column: number): number {
  const at = state.doc.line(Math.min(Math.max(1, line), state.doc.lines));
  return Math.min(at.from + Math.max(0, column - 1), at.to);
}

export interface TextField { element: HTMLElement; read(): string; write(text: string): void; focus(): void; point(line: number, column: number): void }

export function textField(start: string, run: () => void): TextField {
  const element = h("div", { class: "editor" });
  const root = element.attachShadow({ mode: "open" });
  const inner = h("div");
  inner.style.height = "100%";
  root.append(inner);
  const view = new EditorView({
    parent: inner, root,
    state: EditorState.create({
      doc: start,
      extensions: [
        Prec.highest(keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }])),
        lineNumbers(), highlightSpecialChars(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(), highlightActiveLine(),
        autocompletion({ override: [complete], maxRenderedOptions: 60 }), linter(lint, { delay: LINT_PAUSE_MS }), placeholder("SELECT * WHERE { … }"),
        sparql().language, syntaxHighlighting(colours), look, EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": t("queryLabel"), "aria-describedby": "editor-help" }),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap]),
      ],
    }),
  });
  return {
    element,
    read: () => view.state.doc.toString(),
    write: (text) => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),
    focus: () => view.focus(),
    point: (line, column) => view.dispatch({ selection: { anchor: offset(view.state, line, column) }, scrollIntoView: true }),
  };
}
