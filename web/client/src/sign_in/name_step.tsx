import { Anchor, Button, Modal, Text, TextInput, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useStep } from "./sign_in.tsx";
import { signUp, type Code, type Next } from "./steps.ts";
import classes from "./sign_in.module.css";

export function NameStep({ code, terms, done }: { code: Code; terms: string; done: (next: Next) => void }) {
  const { t } = useTranslation();
  const [first, setFirst] = useState("");
  const [last, setLast] = useState("");
  const [reading, setReading] = useState(false);
  const { busy, error, submit } = useStep(() => signUp(code, first.trim(), last.trim()), done);
  return (
    <form className={classes.form} onSubmit={submit}>
      <Title order={2}>{t("sign_in.nameTitle")}</Title>
      <Text size="sm" c="dimmed">{t("sign_in.nameLead", { phone: code.phone })}</Text>
      <TextInput label={t("sign_in.firstName")} autoComplete="given-name" value={first} onChange={(event) => setFirst(event.currentTarget.value)} error={error} autoFocus maxLength={64} required withAsterisk={false} />
      <TextInput label={t("sign_in.lastName")} autoComplete="family-name" value={last} onChange={(event) => setLast(event.currentTarget.value)} maxLength={64} />
      <Text size="sm" c="dimmed">{t("sign_in.agree")} <Anchor component="button" type="button" onClick={() => setReading(true)}>{t("sign_in.terms")}</Anchor></Text>
      <Button type="submit" loading={busy}>{t("sign_in.signUp")}</Button>
      <Modal opened={reading} onClose={() => setReading(false)} title={t("sign_in.terms")}>
        <Text className={classes.terms}>{terms || t("sign_in.noTerms")}</Text>
      </Modal>
    </form>
  );
}
