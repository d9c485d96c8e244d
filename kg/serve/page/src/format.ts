/** Numbers, sums and dates as the reader's language writes them, with exactly the precision that was told. */

import { interfaceLanguage, locale } from "./i18n";

/** Browsers know the months and numbers of some languages only; of others the way of writing them that is usual where they are spoken. */
const NEIGHBOUR = "ru";
const LATIN: Record<string, string> = { "тыс.": "ming", "млн": "mln", "млрд": "mlrd", "трлн": "trln" };

const months = new Map<string, boolean>();

/** Whether the browser has names of months in the reader's language. */
function known(): boolean {
  const tag = locale();
  const before = months.get(tag);
  if (before !== undefined) return before;
  const spelled = new Intl.DateTimeFormat(tag, { month: "long", timeZone: "UTC" }).format(0);
  const found = !/\d/.test(spelled) && Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  months.set(tag, found);
  return found;
}

const numbers = (): string => (known() ? locale() : NEIGHBOUR);

export const count = (value: number): string => new Intl.NumberFormat(numbers()).format(value);

/** A sum in few figures: 2300000000 USD is "2.3 bn USD". The figure is text, since browsers round long numbers. */
export function money(amount: string, currency = ""): string {
  const value = Number(amount);
  if (!Number.isFinite(value)) return amount;
  const short = new Intl.NumberFormat(numbers(), { notation: "compact", maximumFractionDigits: 2 }).format(value);
  const written = !known() && interfaceLanguage() === "uz" ? short.replace(/тыс\.|млн|млрд|трлн/, (word) => LATIN[word] ?? word) : short;
  return currency ? `${written}\u00a0${currency}` : written;
}

/** `2024`, `2024-05`, `2024-05-03` or a period of two of these. */
export function date(text: string): string {
  if (text.includes("/")) return text.split("/").map(date).join(" – ");
  const [year, month, day] = text.split("-");
  if (!year || !/^\d{4}$/.test(year)) return text;
  if (!month) return year;
  if (!known()) return [day, month, year].filter(Boolean).join(".");
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
  if (Number.isNaN(at.getTime())) return text;
  const style: Intl.DateTimeFormatOptions = day ? { day: "numeric", month: "short", year: "numeric" } : { month: "short", year: "numeric" };
  return new Intl.DateTimeFormat(locale(), { ...style, timeZone: "UTC" }).format(at);
}
