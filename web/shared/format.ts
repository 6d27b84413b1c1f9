// Times, numbers and lengths in the reader's language.
const language = document.documentElement.lang || "en";
const whole = new Intl.NumberFormat(language);
const short = new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 });
const share = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
const moment = new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" });
const date = new Intl.DateTimeFormat(language, { dateStyle: "medium" });
const regions = new Intl.DisplayNames(language, { type: "region" });
const languages = new Intl.DisplayNames(language, { type: "language" });

export const now = (): number => Math.floor(Date.now() / 1000);
export const number = (value: number): string => whole.format(value);
export const compact = (value: number): string => (value < 10_000 ? whole.format(value) : short.format(value));
export const percent = (value: number | undefined): string => (value === undefined ? "–" : share.format(value));
export const dateTime = (seconds: number): string => moment.format(seconds * 1000);
export const day = (seconds: number): string => date.format(seconds * 1000);

const unit = (value: number, name: "second" | "minute" | "hour" | "day"): string =>
  new Intl.NumberFormat(language, { style: "unit", unit: name, unitDisplay: "short", maximumFractionDigits: 0 }).format(value);

// "3 hr", "2 days": one unit is enough to see what is urgent.
export function duration(seconds: number | undefined): string {
  if (seconds === undefined) return "–";
  const length = Math.abs(seconds);
  if (length < 60) return unit(length, "second");
  if (length < 3600) return unit(length / 60, "minute");
  if (length < 2 * 86400) return unit(length / 3600, "hour");
  return unit(length / 86400, "day");
}

export function countryName(code: string): string {
  try {
    return regions.of(code) ?? code;
  } catch {
    return code;
  }
}

export function languageName(code: string): string {
  try {
    return languages.of(code) ?? code;
  } catch {
    return code;
  }
}

// 2026-11-28, as the server has days.
export const isoDay = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 10);
