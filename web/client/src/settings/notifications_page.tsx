// What one wants to be told of: on all devices of the account, and whether this one tells at all.
import { Switch, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { tl } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { errorText } from "../api/errors.ts";
import { useFollow } from "../api/observable.ts";
import { isMuted } from "../chats/chat_list.ts";
import { notices } from "../chats/notices.ts";
import { Page, Section } from "../layout/page.tsx";
import { useAct } from "../layout/use_act.ts";

const kinds = { people: "inputNotifyUsers", groups: "inputNotifyChats", channels: "inputNotifyBroadcasts" } as const;
type Kind = keyof typeof kinds;
const forEver = 0x7fffffff;

export function NotificationsPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("settings.notifications")} back="/settings">
      <ThisDevice />
      <Text size="sm" c="dimmed">{t("settings.notificationsText")}</Text>
      {(Object.keys(kinds) as Kind[]).map((each) => <One key={each} kind={each} />)}
      <NewContacts />
    </Page>
  );
}

function ThisDevice() {
  const { t } = useTranslation();
  const { busy, act } = useAct();
  const { on, possible } = useFollow(notices);
  return (
    <Section title={t("settings.thisDevice")}>
      <Switch label={t("settings.notices")} description={possible ? t("settings.noticesText") : t("settings.noNotices")} disabled={busy || !possible} checked={on} onChange={(event) => { const wanted = event.currentTarget.checked; void act(() => notices.turn(wanted)); }} />
    </Section>
  );
}

function One({ kind }: { kind: Kind }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { busy, act } = useAct();
  const peer = { _: kinds[kind] } as tl.TypeInputNotifyPeer;
  const found = useQuery({ queryKey: ["notify settings", kind], queryFn: () => tg().call({ _: "account.getNotifySettings", peer }) });
  const set = (settings: Omit<tl.RawInputPeerNotifySettings, "_">) => act(async () => {
    await tg().call({ _: "account.updateNotifySettings", peer, settings: { _: "inputPeerNotifySettings", ...settings } });
    await queries.invalidateQueries({ queryKey: ["notify settings", kind] });
  });
  if (found.error) return <Text size="sm" c="red">{errorText(found.error)}</Text>;
  const settings = found.data;
  const on = settings !== undefined && !isMuted(settings);
  return (
    <Section title={t(`settings.kinds.${kind}`)}>
      <Switch label={t("settings.notify")} disabled={busy || !settings} checked={on} onChange={(event) => void set({ muteUntil: event.currentTarget.checked ? 0 : forEver })} />
      <Switch label={t("settings.previews")} disabled={busy || !settings || !on} checked={settings?.showPreviews !== false} onChange={(event) => void set({ showPreviews: event.currentTarget.checked })} />
      <Switch label={t("settings.sound")} disabled={busy || !settings || !on} checked={settings?.silent !== true} onChange={(event) => void set({ silent: !event.currentTarget.checked })} />
    </Section>
  );
}

function NewContacts() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { busy, act } = useAct();
  // The answer is whether one is not told.
  const found = useQuery({ queryKey: ["contact sign-up"], queryFn: () => tg().call({ _: "account.getContactSignUpNotification" }) });
  return (
    <Section>
      <Switch label={t("settings.newContacts")} disabled={busy || found.data === undefined} checked={found.data === false}
        onChange={(event) => { const silent = !event.currentTarget.checked; void act(async () => { await tg().call({ _: "account.setContactSignUpNotification", silent }); await queries.invalidateQueries({ queryKey: ["contact sign-up"] }); }); }} />
    </Section>
  );
}
