// Links that let people in, and those who asked to be let in.
import { Button, Checkbox, Group, NativeSelect, NumberInput, Text } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Chat, ChatInviteLink } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { errorText } from "../api/errors.ts";
import { peers } from "../api/peers.ts";
import { chatName } from "../chats/names.ts";
import { plain } from "../history/plain.ts";
import { fullTime } from "../layout/formats.ts";
import { copy } from "../layout/notify.ts";
import { More } from "../layout/more.tsx";
import { PanelPage, Section } from "../layout/page.tsx";
import { Empty, Failed, Loading } from "../layout/states.tsx";
import { PeerAvatar } from "../media/avatar.tsx";
import { useChange, useGroup } from "./queries.ts";
import page from "../layout/page.module.css";

export function InvitesPanel() {
  const chat = useGroup();
  return chat ? <Invites chat={chat} /> : null;
}

const linksPage = 50;
type Links = Awaited<ReturnType<ReturnType<typeof tg>["getInviteLinks"]>>;

const useLinks = (chat: Chat, revoked: boolean) => useInfiniteQuery({
  queryKey: ["invites", chat.id, revoked],
  staleTime: 0,
  queryFn: async ({ pageParam }) => {
    const links = await tg().getInviteLinks(chat, { revoked, limit: linksPage, ...(pageParam ? { offset: pageParam } : {}) });
    return { links: [...links], next: links.length < linksPage ? undefined : links.next };
  },
  initialPageParam: undefined as Links["next"] | undefined,
  getNextPageParam: (last) => last.next,
});

function Invites({ chat }: { chat: Chat }) {
  const { t } = useTranslation();
  const full = useQuery({ queryKey: ["invites", chat.id, "first"], staleTime: 0, queryFn: async () => (await tg().getFullChat(chat)).inviteLink });
  const links = useLinks(chat, false);
  const revoked = useLinks(chat, true);
  const valid = [...(full.data ? [full.data] : []), ...(links.data?.pages.flatMap((each) => each.links) ?? []).filter((each) => each.link !== full.data?.link)];
  const ended = revoked.data?.pages.flatMap((each) => each.links) ?? [];
  return (
    <PanelPage title={t("groups.invites")} close={`/chat/${chat.id}`} back={`/chat/${chat.id}/manage`}>
      <NewLink chat={chat} />
      {links.error ? <Failed text={errorText(links.error)} again={() => void links.refetch()} /> : !links.data ? <Loading />
        : <Section><ul className={page.list} aria-label={t("groups.invites")}>{valid.map((each) => <li key={each.link}><OneLink chat={chat} invite={each} /></li>)}</ul><More of={links} /></Section>}
      {ended.length > 0 && <Section title={t("groups.revoked")}><ul className={page.list}>{ended.map((each) => <li key={each.link}><bdi className={page.mono}>{each.link}</bdi></li>)}</ul><More of={revoked} /></Section>}
    </PanelPage>
  );
}

function OneLink({ chat, invite }: { chat: Chat; invite: ChatInviteLink }) {
  const { t } = useTranslation();
  const { busy, change } = useChange(chat);
  const facts = [
    invite.isPrimary && t("groups.primary"),
    invite.approvalNeeded && t("groups.needsApproval"),
    invite.usageLimit < Infinity && invite.usageLimit > 0 ? t("groups.usedOf", { used: invite.usage, limit: invite.usageLimit }) : t("groups.used", { count: invite.usage }),
    invite.endDate && t("groups.ends", { when: fullTime(invite.endDate) }),
  ].filter(Boolean);
  return (
    <div className={page.section}>
      <bdi className={page.mono}>{invite.link}</bdi>
      <Text size="xs" c="dimmed">{facts.join(" · ")}</Text>
      <Group gap="xs">
        <Button size="compact-sm" variant="default" onClick={() => void copy(invite.link)}>{t("common.copy")}</Button>
        <Button size="compact-sm" variant="default" color="red" loading={busy} onClick={() => void change(() => tg().revokeInviteLink(chat, invite.link))}>{t("groups.revoke")}</Button>
      </Group>
    </div>
  );
}

const ends = { never: 0, hour: 3600, day: 86_400, week: 604_800 } as const;
type End = keyof typeof ends;

function NewLink({ chat }: { chat: Chat }) {
  const { t } = useTranslation();
  const { busy, change } = useChange(chat);
  const [end, setEnd] = useState<End>("never");
  const [limit, setLimit] = useState<number | string>("");
  const [approval, setApproval] = useState(false);
  const make = () => tg().createInviteLink(chat, {
    ...(ends[end] > 0 ? { expires: new Date(Date.now() + ends[end] * 1000) } : {}),
    ...(typeof limit === "number" && !approval ? { usageLimit: limit } : {}),
    ...(approval ? { withApproval: true } : {}),
  });
  return (
    <form className={page.section} onSubmit={(event) => { event.preventDefault(); void change(make); }}>
      <NativeSelect label={t("groups.expires")} value={end} onChange={(event) => setEnd((Object.keys(ends) as End[]).find((each) => each === event.currentTarget.value) ?? "never")} data={(Object.keys(ends) as End[]).map((each) => ({ value: each, label: t(`groups.expiry.${each}`) }))} />
      <Checkbox label={t("groups.approval")} checked={approval} onChange={(event) => setApproval(event.currentTarget.checked)} />
      {!approval && <NumberInput label={t("groups.limit")} value={limit} onChange={setLimit} min={1} max={99_999} allowDecimal={false} hideControls />}
      <div><Button type="submit" loading={busy}>{t("groups.newLink")}</Button></div>
    </form>
  );
}

export function RequestsPanel() {
  const chat = useGroup();
  return chat ? <Requests chat={chat} /> : null;
}

const requestsPage = 100;
type Askers = Awaited<ReturnType<ReturnType<typeof tg>["getInviteLinkMembers"]>>;

function Requests({ chat }: { chat: Chat }) {
  const { t } = useTranslation();
  const { busy, change } = useChange(chat);
  const found = useInfiniteQuery({
    queryKey: ["requests", chat.id],
    staleTime: 0,
    queryFn: async ({ pageParam }) => {
      const page = await tg().getInviteLinkMembers(chat, { requested: true, limit: requestsPage, ...(pageParam ? { offsetDate: pageParam.date, offsetUser: pageParam.user } : {}) });
      peers.put(...page.map((each) => each.user));
      return { requests: [...page], next: page.length < requestsPage ? undefined : page.next };
    },
    initialPageParam: undefined as Askers["next"] | undefined,
    getNextPageParam: (last) => last.next,
  });
  const requests = found.data?.pages.flatMap((each) => each.requests) ?? [];
  const all = (action: "approve" | "decline") => change(async () => tg().hideAllJoinRequests({ chatId: chat, action }));
  return (
    <PanelPage title={t("groups.requests")} close={`/chat/${chat.id}`} back={`/chat/${chat.id}/manage`}>
      {found.error ? <Failed text={errorText(found.error)} again={() => void found.refetch()} /> : !found.data ? <Loading /> : requests.length === 0 ? <Empty title={t("groups.noRequests")} /> : (
        <>
          <ul className={page.list} aria-label={t("groups.requests")}>
            {requests.map((each) => (
              <li key={each.user.id} className={page.section}>
                <div className={page.row}>
                  <PeerAvatar peer={each.user} size={38} />
                  <div className={page.grow}><Text component={Link} to={`/chat/${each.user.id}`} fw={600} dir="auto">{chatName(each.user)}</Text>{each.bio && <Text size="sm" c="dimmed" dir="auto">{plain(each.bio)}</Text>}</div>
                </div>
                <Group gap="xs">
                  <Button size="compact-sm" loading={busy} onClick={() => void change(() => tg().hideJoinRequest({ chatId: chat, user: each.user, action: "approve" }))}>{t("groups.letIn")}</Button>
                  <Button size="compact-sm" variant="default" loading={busy} onClick={() => void change(() => tg().hideJoinRequest({ chatId: chat, user: each.user, action: "decline" }))}>{t("groups.decline")}</Button>
                </Group>
              </li>
            ))}
          </ul>
          <More of={found} />
          {requests.length > 1 && <Group><Button variant="default" loading={busy} onClick={() => void all("approve")}>{t("groups.letAllIn")}</Button><Button variant="default" loading={busy} onClick={() => void all("decline")}>{t("groups.declineAll")}</Button></Group>}
        </>
      )}
    </PanelPage>
  );
}
