// Who sees and does what, whom one has blocked, and when an unused account ends.
import { Button, NativeSelect, Switch, Text } from "@mantine/core";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { PeersIndex, type tl } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { errorText } from "../api/errors.ts";
import { peerId, peers } from "../api/peers.ts";
import { chatName } from "../chats/names.ts";
import { More } from "../layout/more.tsx";
import { Page, Section } from "../layout/page.tsx";
import { Failed, Loading } from "../layout/states.tsx";
import { useAct } from "../layout/use_act.ts";
import { PeerAvatar } from "../media/avatar.tsx";
import { block } from "../report/block.ts";
import { type Audience, audienceOf, audiences, exceptions, privacyKeys, type PrivacyName, rulesFor } from "./privacy_rules.ts";
import page from "../layout/page.module.css";

const names = Object.keys(privacyKeys) as PrivacyName[];

export function PrivacyPage() {
  const { t } = useTranslation();
  return (
    <Page title={t("settings.privacy")} back="/settings">
      <Section title={t("settings.whoMay")}>{names.map((each) => <Rule key={each} name={each} />)}</Section>
      <Sensitive />
      <Blocked />
      <Unused />
    </Page>
  );
}

function Rule({ name }: { name: PrivacyName }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { busy, act } = useAct();
  const key = { _: privacyKeys[name] } as tl.TypeInputPrivacyKey;
  const found = useQuery({ queryKey: ["privacy rule", name], queryFn: async () => {
    const answer = await tg().call({ _: "account.getPrivacy", key });
    peers.putIndex(PeersIndex.from(answer));
    return answer.rules;
  } });
  const set = async (audience: Audience) => {
    const before = found.data ?? [];
    const ids = before.flatMap((each) => ("users" in each ? each.users : []));
    const users = new Map(await Promise.all(ids.map(async (id) => [id, await tg().resolveUser(id)] as const)));
    const answer = await tg().call({ _: "account.setPrivacy", key, rules: rulesFor(audience, before, (id) => users.get(id)!) });
    queries.setQueryData(["privacy rule", name], answer.rules);
  };
  if (found.error) return <Text size="sm" c="red">{errorText(found.error)}</Text>;
  const except = exceptions(found.data ?? []);
  return (
    <NativeSelect label={t(`settings.keys.${name}`)} description={except > 0 ? t("settings.exceptions", { count: except }) : undefined} disabled={busy || !found.data} value={audienceOf(found.data ?? [])}
      onChange={(event) => { const chosen = audiences.find((each) => each === event.currentTarget.value); if (chosen) void act(() => set(chosen)); }}
      data={audiences.map((each) => ({ value: each, label: t(`settings.audiences.${each}`) }))} />
  );
}

function Sensitive() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { busy, act } = useAct();
  const found = useQuery({ queryKey: ["content settings"], queryFn: () => tg().call({ _: "account.getContentSettings" }) });
  if (!found.data?.sensitiveCanChange) return null;
  return (
    <Section>
      <Switch label={t("settings.sensitive")} description={t("settings.sensitiveText")} disabled={busy} checked={found.data.sensitiveEnabled ?? false}
        onChange={(event) => { const on = event.currentTarget.checked; void act(async () => { await tg().call({ _: "account.setContentSettings", sensitiveEnabled: on }); await queries.invalidateQueries({ queryKey: ["content settings"] }); }); }} />
    </Section>
  );
}

const blockedPage = 100;

function Blocked() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { busy, act } = useAct();
  const found = useInfiniteQuery({
    queryKey: ["blocked"],
    staleTime: 0,
    queryFn: async ({ pageParam }) => {
      const answer = await tg().call({ _: "contacts.getBlocked", offset: pageParam, limit: blockedPage });
      peers.putIndex(PeersIndex.from(answer));
      return { people: answer.blocked.flatMap((each) => peers.get(peerId(each.peerId)) ?? []), next: answer.blocked.length < blockedPage ? undefined : pageParam + blockedPage };
    },
    initialPageParam: 0,
    getNextPageParam: (last) => last.next,
  });
  const blocked = found.data?.pages.flatMap((each) => each.people) ?? [];
  return (
    <Section title={t("settings.blocked")}>
      {found.error ? <Failed text={errorText(found.error)} again={() => void found.refetch()} /> : !found.data ? <Loading /> : blocked.length === 0 ? <Text size="sm" c="dimmed">{t("settings.nobodyBlocked")}</Text> : (
        <ul className={page.list} aria-label={t("settings.blocked")}>
          {blocked.map((each) => (
            <li key={each.id} className={page.item}>
              <PeerAvatar peer={each} size={34} />
              <Text component={Link} to={`/chat/${each.id}`} size="sm" dir="auto">{chatName(each)}</Text>
              <Button size="compact-sm" variant="default" loading={busy} onClick={() => void act(async () => { if (await block(each, false)) await queries.invalidateQueries({ queryKey: ["blocked"] }); })}>{t("report.unblock")}</Button>
            </li>
          ))}
        </ul>
      )}
      <More of={found} />
    </Section>
  );
}

const months = [1, 3, 6, 12, 18, 24];

function Unused() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { busy, act } = useAct();
  const found = useQuery({ queryKey: ["account ttl"], queryFn: () => tg().call({ _: "account.getAccountTTL" }) });
  const now = Math.round((found.data?.days ?? 0) / 30.4);
  return (
    <Section title={t("settings.unused")}>
      <NativeSelect label={t("settings.unusedText")} disabled={busy || !found.data} value={String(now)} onChange={(event) => { const count = Number(event.currentTarget.value); void act(async () => { await tg().call({ _: "account.setAccountTTL", ttl: { _: "accountDaysTTL", days: Math.round(count * 30.4) } }); await queries.invalidateQueries({ queryKey: ["account ttl"] }); }); }}
        data={[...new Set([...months, now])].filter((each) => each > 0).sort((a, b) => a - b).map((each) => ({ value: String(each), label: t("settings.months", { count: each }) }))} />
    </Section>
  );
}
