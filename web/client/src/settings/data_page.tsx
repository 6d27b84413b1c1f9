// Taking one's data out, and ending the account.
import { Button, Checkbox, PasswordInput, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { tg } from "../api/client.ts";
import { waitOf } from "../api/errors.ts";
import { ask } from "../layout/dialogs.tsx";
import { fullTime } from "../layout/formats.ts";
import { failed } from "../layout/notify.ts";
import { Page, Section } from "../layout/page.tsx";
import { useAct } from "../layout/use_act.ts";
import { session } from "../sign_in/session.ts";
import { exportAccount, type Progress } from "./export.ts";
import page from "../layout/page.module.css";

export function DataPage() {
  const { t } = useTranslation();
  return <Page title={t("settings.data")} back="/settings"><Export /><Deletion /></Page>;
}

type State = { at: "idle" } | { at: "busy"; progress: Progress | undefined } | { at: "later"; from: Date } | { at: "ready"; url: string };

function Export() {
  const { t } = useTranslation();
  const [state, setState] = useState<State>({ at: "idle" });
  const stop = useRef<AbortController>(undefined);
  const run = async () => {
    stop.current = new AbortController();
    setState({ at: "busy", progress: undefined });
    try {
      const file = await exportAccount((progress) => setState({ at: "busy", progress }), stop.current.signal);
      setState({ at: "ready", url: URL.createObjectURL(file) });
    } catch (error) {
      const wait = waitOf(error, "TAKEOUT_INIT_DELAY");
      if (wait !== undefined) return setState({ at: "later", from: new Date(Date.now() + wait * 1000) });
      setState({ at: "idle" });
      failed(error);
    }
  };
  return (
    <Section title={t("settings.export")}>
      <Text size="sm">{t("settings.exportText")}</Text>
      {state.at === "busy" ? (
        <div className={page.row} role="status">
          <Text size="sm" className={page.grow}>{state.progress ? t("settings.exportProgress", { chats: state.progress.chats, of: state.progress.of, messages: state.progress.messages }) : t("common.loading")}</Text>
          <Button variant="default" size="compact-sm" onClick={() => stop.current?.abort()}>{t("common.cancel")}</Button>
        </div>
      ) : <div><Button variant="default" onClick={() => void run()}>{t("settings.exportNow")}</Button></div>}
      <div role="status">
        {state.at === "later" && <div className={page.notice}><Text>{t("settings.exportLater", { when: fullTime(state.from) })}</Text></div>}
        {state.at === "ready" && <Button component="a" href={state.url} download={`heliograph-${session.userId}.json`}>{t("settings.exportSave")}</Button>}
      </div>
    </Section>
  );
}

function Deletion() {
  const { t } = useTranslation();
  const { busy, act } = useAct();
  const [sure, setSure] = useState(false);
  const [password, setPassword] = useState("");
  const found = useQuery({ queryKey: ["password"], queryFn: () => tg().call({ _: "account.getPassword" }) });
  const needed = found.data?.hasPassword === true;
  const remove = async () => {
    if (!(await ask({ title: t("settings.deleteTitle"), text: t("settings.deleteText"), yes: t("settings.delete"), grave: true }))) return;
    const check = needed ? { password: await tg().computeSrpParams(await tg().call({ _: "account.getPassword" }), password) } : {};
    await tg().call({ _: "account.deleteAccount", reason: "", ...check });
    await session.ended();
  };
  return (
    <Section title={t("settings.delete")}>
      <Text size="sm">{t("settings.deleteText")}</Text>
      <form className={page.section} onSubmit={(event) => { event.preventDefault(); void act(remove); }}>
        {needed && <PasswordInput label={t("sign_in.password")} autoComplete="current-password" required value={password} onChange={(event) => setPassword(event.currentTarget.value)} />}
        <Checkbox label={t("settings.deleteSure")} checked={sure} onChange={(event) => setSure(event.currentTarget.checked)} />
        <div><Button type="submit" color="red" variant="outline" loading={busy} disabled={!sure || !found.data || (needed && password === "")}>{t("settings.delete")}</Button></div>
      </form>
    </Section>
  );
}
