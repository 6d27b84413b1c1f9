// An application as it is filled in, and what is wrong with it before the server looks.
import type { Application } from "../api/types.ts";

// As long as the server keeps one, in days: legal::Applications.
export const keptDays = 90;

export type Filled = Omit<Application, "kind" | "text"> & { kind: Application["kind"] | ""; text: string };
export type Field = keyof Filled;

export const empty: Filled = { authority: "", kind: "", country: "", domain: "", address: "", applicant: "", office: "", email: "", phone: "", legal_basis: "", types: [], text: "" };

export const missing = (filled: Filled): Field[] =>
  (Object.keys(empty) as Field[]).filter((field) => field !== "text" && (typeof filled[field] === "string" ? !filled[field].trim() : filled[field].length === 0));

// As it is sent, when nothing is missing.
export function toSend(filled: Filled): Application {
  const { types, text, ...lines } = filled;
  const out = { ...Object.fromEntries(Object.entries(lines).map(([field, value]) => [field, value.trim()])), types } as Application;
  out.country = out.country.toUpperCase();
  if (text.trim()) out.text = text.trim();
  return out;
}
