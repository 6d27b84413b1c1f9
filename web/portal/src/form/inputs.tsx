// Inputs of the form: each says why it is there, and by which rule it is needed.
import { Textarea, TextInput } from "@mantine/core";
import type { ReactNode } from "react";
import type { TypeRules } from "../api/types.ts";
import { t } from "../texts/index.ts";

// What stands under a label: why, and whether the rules ask for it.
export function why(text: string | undefined, rules: TypeRules, field: string): ReactNode {
  const needed = (rules.fields as string[]).includes(field) ? t.form.needed : undefined;
  return [text, needed].filter(Boolean).join(" ") || undefined;
}

interface Common {
  label: string;
  description?: ReactNode;
  disabled?: boolean;
}

export function Line({ value, change, ...rest }: Common & { value: string | undefined; change: (to: string) => void }) {
  return <TextInput {...rest} value={value ?? ""} onChange={(event) => change(event.currentTarget.value)} maxLength={300} />;
}

export function Words({ value, change, ...rest }: Common & { value: string | undefined; change: (to: string) => void }) {
  return <Textarea {...rest} value={value ?? ""} onChange={(event) => change(event.currentTarget.value)} autosize minRows={3} maxLength={8000} />;
}

// Seconds since 1970 in the reader's time zone, as the browser's own fields have them.
function local(seconds: number | undefined, length: number): string {
  if (!seconds) return "";
  const at = new Date(seconds * 1000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, length);
}
const seconds = (text: string): number | undefined => (text === "" ? undefined : Math.floor(new Date(text.length === 10 ? `${text}T00:00` : text).getTime() / 1000));

export function Moment({ value, change, ...rest }: Common & { value: number | undefined; change: (to: number | undefined) => void }) {
  return <TextInput {...rest} type="datetime-local" value={local(value, 16)} onChange={(event) => change(seconds(event.currentTarget.value))} />;
}

export function Day({ value, change, ...rest }: Common & { value: number | undefined; change: (to: number | undefined) => void }) {
  return <TextInput {...rest} type="date" value={local(value, 10)} onChange={(event) => change(seconds(event.currentTarget.value))} />;
}
