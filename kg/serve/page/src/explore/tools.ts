/** What a reader can do with the picture itself: save it, and come nearer. */

import { api } from "../api";
import { t } from "../i18n";
import { button, h } from "../ui/dom";
import { icon, type Icon } from "../ui/icons";
import { action, popup, tell } from "../ui/menu";
import * as exports from "./exports";
import type { Stage } from "./stage";

/** A menu of files to save the picture as. */
export function saver(stage: () => Stage): HTMLElement {
  const files: [string, () => void | Promise<void>][] = [
    [t("png"), () => exports.png(stage())], [t("svg"), () => exports.svg(stage())], [t("csv"), () => exports.csv(stage())],
    [t("gexf"), () => exports.gexf(stage())], [t("turtle"), async () => exports.turtle(stage(), await api.status())], [t("offline"), () => exports.offline(stage())],
  ];
  return popup(icon("save"), t("save"), (close) => files.map(([words, save]) => action(words, () => {
    close();
    void (async () => save())().catch((error: Error) => tell(t("failed", { message: error.message })));
  })));
}

export function zoomers(stage: () => Stage): HTMLElement {
  const tool = (name: Icon, words: string, act: () => void): HTMLElement => button(icon(name), act, { class: "tool", title: words, "aria-label": words });
  return h("div", { class: "zoom" }, tool("plus", t("zoomIn"), () => stage().zoom(0.7)), tool("minus", t("zoomOut"), () => stage().zoom(1.4)),
    tool("fit", t("fit"), () => stage().fit()));
}
