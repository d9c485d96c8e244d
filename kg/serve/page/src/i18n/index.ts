/** The language of the interface: chosen by the reader, else the browser's, else English. */

import { keep, kept } from "../ui/keep";
import { en, type Messages } from "./en";
import { kk } from "./kk";
import { ky } from "./ky";
import { ru } from "./ru";
import { uz } from "./uz";

const ALL = { en, ru, uz, kk, ky } satisfies Record<string, Messages>;
export type Language = keyof typeof ALL;
export const LANGUAGES: Record<Language, string> = { en: "English", ru: "Русский", uz: "Oʻzbekcha", kk: "Қазақша", ky: "Кыргызча" };

let current: Language = choose();

function choose(): Language {
  for (const wish of [kept("language") ?? "", ...navigator.languages]) {
    const short = wish.slice(0, 2);
    if (short in ALL) return short as Language;
  }
  return "en";
}

export const interfaceLanguage = (): Language => current;

/** The language of labels, as the server knows it. */
export const language = (): string => (current === "uz" ? "uz-latn" : current);

/** The tag that browsers understand. */
export const locale = (): string => (current === "uz" ? "uz-Latn" : current);

export function setLanguage(next: Language): void {
  current = next;
  keep("language", next);
}

export function t(key: keyof Messages, values: Record<string, string | number> = {}): string {
  return ALL[current][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
