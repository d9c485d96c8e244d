/** Numbers, sums and dates as the reader's language writes them, with exactly the precision that was told. */

import { locale } from "./i18n";

export const count = (value: number): string => new Intl.NumberFormat(locale()).format(value);

/** A sum in few figures: 2300000000 USD is "2.3 bn USD". The figure is text, since browsers round long numbers. */
export function money(amount: string, currency = ""): string {
  const value = Number(amount);
  if (!Number.isFinite(value)) return amount;
  const short = new Intl.NumberFormat(locale(), { notation: "compact", maximumFractionDigits: 2 }).format(value);
  return currency ? `${short}\u00a0${currency}` : short;
}

/** `2024`, `2024-05`, `2024-05-03` or a period of two of these. */
export function date(text: string): string {
  if (text.includes("/")) return text.split("/").map(date).join(" – ");
  const [year, month, day] = text.split("-");
  if (!year || !/^\d{4}$/.test(year)) return text;
  if (!month) return year;
  const at = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
  if (Number.isNaN(at.getTime())) return text;
  const style: Intl.DateTimeFormatOptions = day ? { day: "numeric", month: "short", year: "numeric" } : { month: "short", year: "numeric" };
  return new Intl.DateTimeFormat(locale(), { ...style, timeZone: "UTC" }).format(at);
}

/** First letter large, as at the beginning of a line. */
export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);
