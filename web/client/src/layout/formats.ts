// Times as a conversation has them.
import { t } from "../texts/index.ts";

const language = document.documentElement.lang || "en";
const clock = new Intl.DateTimeFormat(language, { timeStyle: "short" });
const weekday = new Intl.DateTimeFormat(language, { weekday: "short" });
const short = new Intl.DateTimeFormat(language, { dateStyle: "short" });
const long = new Intl.DateTimeFormat(language, { day: "numeric", month: "long" });
const longWithYear = new Intl.DateTimeFormat(language, { dateStyle: "long" });
const full = new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "medium" });

const dayOf = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
const daysAgo = (date: Date): number => Math.round((dayOf(new Date()) - dayOf(date)) / 86_400_000);

export const time = (date: Date): string => clock.format(date);
export const fullTime = (date: Date): string => full.format(date);

export function listTime(date: Date): string {
  const ago = daysAgo(date);
  if (ago === 0) return clock.format(date);
  return ago > 0 && ago < 7 ? weekday.format(date) : short.format(date);
}

export function dayTitle(date: Date): string {
  const ago = daysAgo(date);
  if (ago === 0) return t("history.today");
  if (ago === 1) return t("history.yesterday");
  return date.getFullYear() === new Date().getFullYear() ? long.format(date) : longWithYear.format(date);
}

export const sameDay = (a: Date, b: Date): boolean => dayOf(a) === dayOf(b);

const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

// "3.4 MB"
export function size(bytes: number): string {
  const step = bytes < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  return new Intl.NumberFormat(language, { style: "unit", unit: units[step], unitDisplay: "short", maximumFractionDigits: step === 0 ? 0 : 1 }).format(bytes / 1000 ** step);
}

// "1:05"
export function length(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
