// What an entry says, in words. The log has numbers and short names, which never change; what is not known here is shown as it is.
import { plain } from "../history/plain.ts";
import { fullTime } from "../layout/formats.ts";
import { t } from "../texts/index.ts";

const named = new Set(["book", "act", "category", "source", "automated", "why"]);

export const fieldName = (name: string): string => t(`ledger.fields.${name}` as "ledger.fields.at", { defaultValue: "" }) || name;

export function fieldValue(name: string, value: string): string {
  if (name === "at" && /^[0-9]+$/.test(value)) return fullTime(new Date(Number(value) * 1000));
  // Only short names are looked up: `why` may be somebody's own words.
  const key = named.has(name) && /^[a-z0-9_.]+$/.test(value) ? value.replaceAll(".", "_") : undefined;
  const words = key === undefined ? "" : t(`ledger.values.${name}.${key}` as "ledger.values.why.strikes", { defaultValue: "" });
  return words || plain(value);
}
