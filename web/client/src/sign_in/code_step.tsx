import { Button, Text, TextInput, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStep } from "./sign_in.tsx";
import { askAgain, giveCode, type Code, type Next } from "./steps.ts";
import classes from "./sign_in.module.css";

export function CodeStep({ code: first, change, done }: { code: Code; change: () => void; done: (next: Next) => void }) {
  const { t } = useTranslation();
  const [code, setCode] = useState(first);
  const [digits, setDigits] = useState("");
  const given = useStep(() => giveCode(code, digits), done);
  const again = useStep(() => askAgain(code), setCode);
  return (
    <form className={classes.form} onSubmit={given.submit}>
      <Title order={2}>{t("sign_in.codeTitle")}</Title>
      <Text size="sm" c="dimmed">{code.toApp ? t("sign_in.codeSent.app") : t("sign_in.codeSent.elsewhere", { phone: code.phone })}</Text>
      <TextInput label={t("sign_in.code")} autoComplete="one-time-code" inputMode="numeric" value={digits} onChange={(event) => setDigits(event.currentTarget.value.replaceAll(/\D/g, ""))}
        error={given.error || again.error} autoFocus maxLength={12} required withAsterisk={false} classNames={{ input: classes.phone }} />
      <Button type="submit" loading={given.busy}>{t("sign_in.next")}</Button>
      <Button variant="subtle" size="compact-sm" loading={again.busy} onClick={() => again.submit()}>{t("sign_in.resend")}</Button>
      <Button variant="subtle" size="compact-sm" onClick={change}>{t("sign_in.changeNumber")}</Button>
    </form>
  );
}
