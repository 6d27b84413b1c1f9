// What a decision is made of before it is sent; no screen in it.
import type { Category, Decide, Effect, Limit, Meta, SubjectKind, Template } from "../api/types.ts";
import { fill, t } from "../texts/index.ts";

export interface Draft {
  template?: Template;
  effect?: Effect;
  clause: string;
  days: number | "";
  countries: string;
  limit: Limit;
  reason: string;
  note: string;
}

export const emptyDraft: Draft = { clause: "", days: "", countries: "", limit: "mute", reason: "", note: "" };

// Those that suit the case, in the order of the keys 1 to 9.
export function suitable(templates: Template[], kinds: SubjectKind[], category: Category, effects: Effect[]): Template[] {
  const fits = templates.filter((one) => effects.includes(one.effect) && (!one.subjects?.length || kinds.every((kind) => one.subjects!.includes(kind))));
  const own = fits.filter((one) => one.categories?.includes(category));
  const general = fits.filter((one) => !one.categories?.length);
  const other = fits.filter((one) => one.categories?.length && !one.categories.includes(category));
  return [...own, ...general, ...other];
}

export function byTemplate(template: Template, words: { excerpt: string; place: string }): Draft {
  return {
    template,
    effect: template.effect,
    clause: template.clause ?? "",
    days: template.days ?? "",
    countries: (template.countries ?? []).join(" "),
    limit: "mute",
    reason: fill(template.reason, words),
    note: template.note_to_reporter ?? "",
  };
}

// By the effect's letter alone: the clause of the case's category, in plain words.
export function byEffect(effect: Effect, draft: Draft, meta: Meta, category: Category): Draft {
  const own = meta.clauses.find((one) => one.category === category) ?? meta.clauses[0];
  const clause = draft.clause || own?.id || "";
  const title = meta.clauses.find((one) => one.id === clause)?.title ?? clause;
  const written = draft.reason !== "" && draft.template === undefined && !isStandard(draft.reason, meta);
  const rule = meta.effects.find((one) => one.effect === effect);
  return {
    ...draft,
    template: undefined,
    effect,
    clause: effect === "allow" ? "" : clause,
    days: rule?.days === "none" ? "" : draft.days || rule?.days_default || "",
    countries: rule?.countries === "none" ? "" : draft.countries,
    reason: written ? draft.reason : standard(effect, title),
  };
}

const standard = (effect: Effect, title: string): string => (effect === "allow" ? t.decide.standardAllow : fill(t.decide.standard, { clause: title }));
const isStandard = (reason: string, meta: Meta): boolean => reason === t.decide.standardAllow || meta.clauses.some((one) => reason === standard("remove", one.title));

export const countriesOf = (text: string): string[] => text.toUpperCase().split(/[\s,;]+/).filter(Boolean);

// What is still missing, by field.
export function missing(draft: Draft, meta: Meta): Partial<Record<"effect" | "clause" | "days" | "countries" | "reason", string>> {
  const rule = meta.effects.find((one) => one.effect === draft.effect);
  if (!draft.effect || !rule) return { effect: t.decide.needsEffect };
  const found: ReturnType<typeof missing> = {};
  if (draft.effect !== "allow" && !draft.clause) found.clause = t.decide.needsClause;
  if (rule.days === "required" && draft.days === "") found.days = t.decide.needsDays;
  const countries = countriesOf(draft.countries);
  if (rule.countries === "required" && (countries.length === 0 || countries.some((one) => !/^[A-Z]{2}$/.test(one)))) found.countries = t.decide.needsCountries;
  if (!draft.reason.trim()) found.reason = t.decide.needsReason;
  return found;
}

export function finished(draft: Draft): Decide {
  const countries = countriesOf(draft.countries);
  return {
    effect: draft.effect!,
    reason: draft.reason.trim(),
    ...(draft.clause ? { clause: draft.clause } : {}),
    ...(draft.days !== "" ? { days: draft.days } : {}),
    ...(countries.length > 0 ? { countries } : {}),
    ...(draft.effect === "limit_account" ? { limit: draft.limit } : {}),
    ...(draft.note.trim() ? { note_to_reporter: draft.note.trim() } : {}),
    ...(draft.template ? { template_id: draft.template.id } : {}),
  };
}

// The letters of effects on a case.
export const effectKeys: Partial<Record<Effect, string>> = {
  allow: "a", mark_sensitive: "s", hide_from_search: "h", hold: "w", restrict_countries: "t", remove: "r", close_channel: "x", limit_account: "l", ban: "Shift+B",
};
