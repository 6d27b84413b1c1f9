// A form as it is written: the order, and one part for each person it is about. Which fields are missing, by the rules
// that the server gives; the legal desk decides by the same.
import type { Form, Issuer, PartOfForm, Type, TypeRules } from "../api/types.ts";

export interface Written {
  type: Type;
  order: PartOfForm;
  people: PartOfForm[];
}

const ofPerson = ["identifier_kind", "identifier", "as_of", "wants_phone", "wants_addresses", "from", "to", "suspicion"] as const;

export const aPerson = (type: Type): PartOfForm => (type === "removal" ? { identifier_kind: "link", identifier: "" } : { identifier_kind: "username", identifier: "", wants_phone: true, wants_addresses: true });
export const anOrder = (language: string): PartOfForm => ({ language });

// Forms as the server has them, apart again.
export function apart(type: Type, forms: PartOfForm[]): Written {
  const order = { ...forms[0] };
  for (const key of ofPerson) delete order[key];
  const people = forms.map((form) => Object.fromEntries(ofPerson.filter((key) => form[key] !== undefined).map((key) => [key, form[key]])) as PartOfForm);
  return { type, order, people };
}

// Asked of a person; a removal order asks for no data.
const ofData: string[] = ["as_of", "wants_phone", "wants_addresses", "from", "to", "suspicion"];

// What is not filled in is left out.
export const together = ({ type, order, people }: Written): PartOfForm[] =>
  people.map((person) => Object.fromEntries(Object.entries({ ...order, ...person }).filter(([key, value]) => value !== undefined && value !== "" && (type !== "removal" || !ofData.includes(key)))) as PartOfForm);

// As the server takes it: without what other choices have left behind.
export function complete({ identifier_kind, identifier = "", issuer, validator, issued_at = 0, from, to, ...rest }: PartOfForm): Form {
  const period = rest.wants_addresses ? { from, to } : {};
  return { ...rest, ...period, ...(validator ? { validator } : {}), identifier_kind: (identifier_kind ?? "username") as Form["identifier_kind"], identifier, issuer: (issuer ?? "other") as Issuer, issued_at, wants_phone: rest.wants_phone ?? false, wants_addresses: rest.wants_addresses ?? false };
}

export type Missing = TypeRules["fields"][number] | "identifier" | "issuer" | "wants";

function missingOf(form: PartOfForm, rules: TypeRules, hasOrder: boolean): Missing[] {
  const some = (text?: string) => (text ?? "").trim() !== "";
  const there: Record<TypeRules["fields"][number], boolean> = {
    case_number: some(form.case_number), offence: some(form.offence), legal_basis: some(form.legal_basis), issuer_name: some(form.issuer_name), validator: some(form.validator) && some(form.validator_name),
    issued_at: !!form.issued_at, period: !form.wants_addresses || (form.from ?? 0) < (form.to ?? 0), necessity: some(form.necessity), suspicion: some(form.suspicion), emergency: some(form.emergency),
    gag_reason: !form.gag_until || some(form.gag_reason), order_file: hasOrder,
  };
  const mayIssue = (rules.issuers as string[]).includes(form.issuer ?? "") || (rules.validators as string[]).includes(form.validator ?? "");
  return [
    ...(some(form.identifier) ? [] : ["identifier" as const]), ...(form.wants_phone || form.wants_addresses || rules.type === "removal" ? [] : ["wants" as const]), ...(mayIssue ? [] : ["issuer" as const]),
    ...rules.fields.filter((field) => !there[field]),
  ];
}

export const missing = (written: Written, rules: TypeRules, hasOrder: boolean): Missing[] => [...new Set(together(written).flatMap((form) => missingOf(form, rules, hasOrder)))];

// Without these there is no form at all; the server would not take it.
export const indispensable = (list: Missing[]): boolean => list.some((field) => ["identifier", "wants", "issued_at", "period"].includes(field));
