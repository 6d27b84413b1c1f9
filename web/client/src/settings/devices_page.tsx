// Where the account is signed in; another device is let in with the link below its picture.
import { Button, NativeSelect, Text, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { tl } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { errorText } from "../api/errors.ts";
import { plain } from "../history/plain.ts";
import { ask } from "../layout/dialogs.tsx";
import { fullTime } from "../layout/formats.ts";
import { told } from "../layout/notify.ts";
import { Page, Section } from "../layout/page.tsx";
import { Failed, Loading } from "../layout/states.tsx";
import { useAct } from "../layout/use_act.ts";
import { tokenOf } from "./login_token.ts";
import page from "../layout/page.module.css";

export function DevicesPage() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { busy, act } = useAct();
  const found = useQuery({ queryKey: ["authorizations"], staleTime: 0, queryFn: () => tg().call({ _: "account.getAuthorizations" }) });
  const again = () => queries.invalidateQueries({ queryKey: ["authorizations"] });
  const all = found.data?.authorizations ?? [];
  const own = all.find((each) => each.current);
  const others = all.filter((each) => !each.current).sort((a, b) => b.dateActive - a.dateActive);
  const end = (one: tl.RawAuthorization) => act(async () => {
    if (!(await ask({ title: t("settings.endTitle"), text: plain(`${one.appName} ${one.appVersion}, ${one.deviceModel}`), yes: t("settings.end"), grave: true }))) return;
    await tg().call({ _: "account.resetAuthorization", hash: one.hash });
    await again();
  });
  const endAll = () => act(async () => {
    if (!(await ask({ title: t("settings.endAll"), text: t("settings.endAllText"), yes: t("settings.endAll"), grave: true }))) return;
    await tg().call({ _: "auth.resetAuthorizations" });
    await again();
  });
  return (
    <Page title={t("settings.devices")} back="/settings">
      {found.error ? <Failed text={errorText(found.error)} again={() => void found.refetch()} /> : !found.data ? <Loading /> : (
        <>
          {own && <Section title={t("settings.thisDevice")}><Device one={own} /></Section>}
          <Section title={t("settings.otherDevices")}>
            {others.length === 0 ? <Text size="sm" c="dimmed">{t("settings.noOthers")}</Text> : (
              <>
                <ul className={page.list} aria-label={t("settings.otherDevices")}>
                  {others.map((each) => <li key={each.hash.toString()} className={page.row}><Device one={each} /><Button size="compact-sm" variant="default" color="red" loading={busy} onClick={() => void end(each)}>{t("settings.end")}</Button></li>)}
                </ul>
                <div><Button variant="default" color="red" loading={busy} onClick={() => void endAll()}>{t("settings.endAll")}</Button></div>
              </>
            )}
          </Section>
          <Section>
            <NativeSelect label={t("settings.idle")} disabled={busy} value={String(found.data.authorizationTtlDays)} onChange={(event) => { const days = Number(event.currentTarget.value); void act(async () => { await tg().call({ _: "account.setAuthorizationTTL", authorizationTtlDays: days }); await again(); }); }}
              data={[...new Set([7, 30, 90, 180, 365, found.data.authorizationTtlDays])].sort((a, b) => a - b).map((each) => ({ value: String(each), label: t("settings.days", { count: each }) }))} />
          </Section>
          <LetIn done={() => void again()} />
        </>
      )}
    </Page>
  );
}

function Device({ one }: { one: tl.RawAuthorization }) {
  const { t } = useTranslation();
  return (
    <div className={page.grow}>
      <Text fw={600}><bdi>{plain(one.deviceModel)}</bdi></Text>
      <Text size="sm" c="dimmed"><bdi>{plain(`${one.appName} ${one.appVersion}, ${one.systemVersion}`)}</bdi></Text>
      <Text size="sm" c="dimmed"><bdi>{[one.ip, one.country].filter(Boolean).join(", ")}</bdi> · {one.current ? t("chats.online") : fullTime(new Date(one.dateActive * 1000))}</Text>
    </div>
  );
}

function LetIn({ done }: { done: () => void }) {
  const { t } = useTranslation();
  const { busy, act } = useAct();
  const [link, setLink] = useState("");
  const token = tokenOf(link);
  const accept = async () => {
    if (!token || !(await ask({ title: t("settings.letInTitle"), text: t("settings.letInText"), yes: t("settings.letIn") }))) return;
    await tg().call({ _: "auth.acceptLoginToken", token });
    setLink("");
    told(t("settings.letInDone"));
    done();
  };
  return (
    <Section title={t("settings.newDevice")}>
      <form className={page.section} onSubmit={(event) => { event.preventDefault(); void act(accept); }}>
        <TextInput label={t("settings.newDeviceLink")} description={t("settings.newDeviceText")} value={link} onChange={(event) => setLink(event.currentTarget.value)} dir="ltr" autoComplete="off" error={link !== "" && !token ? t("settings.noLink") : undefined} />
        <div><Button type="submit" variant="default" loading={busy} disabled={!token}>{t("settings.letIn")}</Button></div>
      </form>
    </Section>
  );
}
