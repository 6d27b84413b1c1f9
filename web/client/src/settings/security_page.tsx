// The password that is asked for beside the code.
import { Button, PasswordInput, Text, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { tg } from "../api/client.ts";
import { errorText } from "../api/errors.ts";
import { told } from "../layout/notify.ts";
import { Page, Section } from "../layout/page.tsx";
import { Failed, Loading } from "../layout/states.tsx";
import { useAct } from "../layout/use_act.ts";
import { setPassword } from "./password.ts";
import page from "../layout/page.module.css";

export function SecurityPage() {
  const { t } = useTranslation();
  const found = useQuery({ queryKey: ["password"], staleTime: 0, queryFn: () => tg().call({ _: "account.getPassword" }) });
  return (
    <Page title={t("settings.security")} back="/settings">
      <Text>{t("settings.passwordLead")}</Text>
      {found.error ? <Failed text={errorText(found.error)} again={() => void found.refetch()} /> : !found.data ? <Loading /> : found.data.hasPassword
        ? <><Text fw={600} role="status"><span aria-hidden>✔ </span>{t("settings.passwordOn")}</Text><Change /><Removal /></>
        : <><Text fw={600} role="status">{t("settings.passwordOff")}</Text><SetUp /></>}
    </Page>
  );
}

function usePassword() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { busy, act } = useAct();
  const run = async (what: () => Promise<unknown>) => {
    if (await act(async () => { await what(); await queries.invalidateQueries({ queryKey: ["password"] }); })) told(t("settings.saved"));
  };
  return { busy, run };
}

function NewPassword({ busy, label, submit, before }: { busy: boolean; label: string; submit: (password: string, hint: string) => void; before?: React.ReactNode }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [hint, setHint] = useState("");
  const differs = again !== "" && again !== password;
  return (
    <form className={page.section} onSubmit={(event) => { event.preventDefault(); submit(password, hint.trim()); }}>
      {before}
      <PasswordInput label={t("settings.newPassword")} autoComplete="new-password" required value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
      <PasswordInput label={t("settings.newPasswordAgain")} autoComplete="new-password" required value={again} onChange={(event) => setAgain(event.currentTarget.value)} error={differs ? t("settings.differs") : undefined} />
      <TextInput label={t("settings.hint")} description={t("settings.hintText")} maxLength={255} value={hint} onChange={(event) => setHint(event.currentTarget.value)} dir="auto" autoComplete="off" />
      <div><Button type="submit" loading={busy} disabled={password === "" || again !== password || hint.trim() === password}>{label}</Button></div>
    </form>
  );
}

function SetUp() {
  const { t } = useTranslation();
  const { busy, run } = usePassword();
  return <Section><NewPassword busy={busy} label={t("settings.setPassword")} submit={(password, hint) => void run(() => setPassword(password, hint))} /></Section>;
}

function Change() {
  const { t } = useTranslation();
  const { busy, run } = usePassword();
  const [current, setCurrent] = useState("");
  return (
    <Section title={t("settings.changePassword")}>
      <NewPassword busy={busy} label={t("settings.changePassword")} submit={(newPassword, hint) => void run(() => setPassword(newPassword, hint, current))}
        before={<PasswordInput label={t("settings.currentPassword")} autoComplete="current-password" required value={current} onChange={(event) => setCurrent(event.currentTarget.value)} />} />
    </Section>
  );
}

function Removal() {
  const { t } = useTranslation();
  const { busy, run } = usePassword();
  const [current, setCurrent] = useState("");
  return (
    <Section title={t("settings.removePassword")}>
      <form className={page.section} onSubmit={(event) => { event.preventDefault(); void run(() => tg().removeCloudPassword(current)); }}>
        <PasswordInput label={t("settings.passwordToRemove")} autoComplete="current-password" required value={current} onChange={(event) => setCurrent(event.currentTarget.value)} />
        <div><Button type="submit" variant="default" color="red" loading={busy} disabled={current === ""}>{t("settings.removePassword")}</Button></div>
      </form>
    </Section>
  );
}
