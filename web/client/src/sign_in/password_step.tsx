import { Button, PasswordInput, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { tg } from "../api/client.ts";
import { useStep } from "./sign_in.tsx";
import type { Next } from "./steps.ts";
import classes from "./sign_in.module.css";

export function PasswordStep({ done }: { done: (next: Next) => void }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  const hint = useQuery({ queryKey: ["password hint"], queryFn: () => tg().getPasswordHint() });
  const { busy, error, submit } = useStep(() => tg().checkPassword(password), (user) => done({ need: "nothing", user }));
  return (
    <form className={classes.form} onSubmit={submit}>
      <Title order={2}>{t("sign_in.passwordTitle")}</Title>
      <Text size="sm" c="dimmed">{t("sign_in.passwordLead")}</Text>
      <PasswordInput label={t("sign_in.password")} description={hint.data ? t("sign_in.hint", { hint: hint.data }) : undefined} autoComplete="current-password" value={password}
        onChange={(event) => setPassword(event.currentTarget.value)} error={error} autoFocus required withAsterisk={false} />
      <Button type="submit" loading={busy}>{t("sign_in.next")}</Button>
    </form>
  );
}
