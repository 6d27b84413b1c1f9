// Every language says all that English says, in all of its plural forms.
import { expect, test } from "vitest";
import { ar } from "./ar/index.ts";
import { en } from "./en/index.ts";

const translations: Record<string, object> = { ar };
const plural = /_(zero|one|two|few|many|other)$/;

function leaves(texts: object, path = ""): Map<string, string> {
  const out = new Map<string, string>();
  for (const [key, value] of Object.entries(texts) as [string, string | object][]) {
    if (typeof value === "string") out.set(path + key, value);
    else for (const [inner, text] of leaves(value, `${path}${key}.`)) out.set(inner, text);
  }
  return out;
}

const names = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((each) => each[1]!).sort();

test.each(Object.entries(translations))("%s is complete", (code, texts) => {
  const english = leaves(en);
  const other = leaves(texts);
  const forms = new Intl.PluralRules(code).resolvedOptions().pluralCategories;
  const wanted = new Set<string>();
  for (const key of english.keys()) {
    const base = key.replace(plural, "");
    if (base !== key) for (const form of forms) wanted.add(`${base}_${form}`);
    else wanted.add(key);
  }
  expect([...other.keys()].sort()).toEqual([...wanted].sort());
  for (const [key, text] of other) {
    expect(text.trim(), key).not.toBe("");
    // "One message" needs no number; all else has the same values in it.
    const original = english.get(key) ?? english.get(`${key.replace(plural, "")}_other`)!;
    const optional = plural.test(key) ? ["count"] : [];
    const missing = names(original).filter((name) => !names(text).includes(name) && !optional.includes(name));
    expect(missing, key).toEqual([]);
    expect(names(text).filter((name) => !names(original).includes(name)), key).toEqual([]);
  }
});
