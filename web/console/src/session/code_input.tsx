import { TextInput } from "@mantine/core";
import { t } from "../texts/index.ts";

export function CodeInput({ value, onChange, error, autoFocus }: { value: string; onChange: (code: string) => void; error?: string; autoFocus?: boolean }) {
  return (
    <TextInput
      label={t.session.code}
      description={t.session.codeHint}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value.replaceAll(/\D/g, "").slice(0, 8))}
      error={error}
      inputMode="numeric"
      autoComplete="one-time-code"
      data-autofocus={autoFocus || undefined}
    />
  );
}
