// One member: what they may do, and whether they may stay.
import { Button, Checkbox, NativeSelect, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import type { Chat, ChatMember } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { errorText } from "../api/errors.ts";
import { nameOf } from "../chats/names.ts";
import { ask } from "../layout/dialogs.tsx";
import { fullTime } from "../layout/formats.ts";
import { PanelPage, Section } from "../layout/page.tsx";
import { Empty, Failed, Loading } from "../layout/states.tsx";
import { PeerAvatar } from "../media/avatar.tsx";
import { session } from "../sign_in/session.ts";
import { type AdminRight, adminRights, allowedOf, type BannedRight, bannedOf, isBasic, isBroadcast, may, memberRights, toggled } from "./may.ts";
import { useChange, useGroup } from "./queries.ts";
import page from "../layout/page.module.css";

export function MemberPanel() {
  const { t } = useTranslation();
  const chat = useGroup();
  const user = Number(useParams().user);
  const found = useQuery({ queryKey: ["member", chat?.id, user], staleTime: 0, enabled: chat !== undefined, queryFn: async () => (chat ? await tg().getChatMember({ chatId: chat, userId: user }) : null) });
  if (!chat) return null;
  return (
    <PanelPage title={t("groups.member")} close={`/chat/${chat.id}`} back={`/chat/${chat.id}/members`}>
      {found.error ? <Failed text={errorText(found.error)} again={() => void found.refetch()} /> : found.isPending ? <Loading /> : !found.data ? <Empty title={t("groups.notIn")} /> : <Loaded key={found.dataUpdatedAt} chat={chat} member={found.data} />}
    </PanelPage>
  );
}

function Loaded({ chat, member }: { chat: Chat; member: ChatMember }) {
  const { t } = useTranslation();
  const { user, status } = member;
  const self = user.id === session.userId;
  const there = status !== "banned" && status !== "left";
  return (
    <>
      <div className={page.row}>
        <PeerAvatar peer={user} size={48} />
        <div className={page.grow}>
          <Text component={Link} to={`/chat/${user.id}`} fw={600} dir="auto">{nameOf(user)}</Text>
          <Text size="sm" c="dimmed">{t(`groups.status.${status}`)}{member.joinedDate && ` · ${fullTime(member.joinedDate)}`}</Text>
        </div>
      </div>
      {!self && status !== "creator" && (
        <>
          {there && may(chat, "addAdmins") && (isBasic(chat) ? <BasicAdmin chat={chat} member={member} /> : <Rights chat={chat} member={member} />)}
          {there && !isBasic(chat) && !isBroadcast(chat) && status !== "admin" && may(chat, "banUsers") && <Restrictions chat={chat} member={member} />}
          {may(chat, "banUsers") && <Removal chat={chat} member={member} />}
        </>
      )}
    </>
  );
}

function BasicAdmin({ chat, member }: { chat: Chat; member: ChatMember }) {
  const { t } = useTranslation();
  const { busy, change } = useChange(chat);
  const on = member.status !== "admin";
  return <Section title={t("groups.admin")}><Button variant="default" loading={busy} onClick={() => void change(async () => tg().call({ _: "messages.editChatAdmin", chatId: -chat.id, userId: await tg().resolveUser(member.user), isAdmin: on }))}>{on ? t("groups.promote") : t("groups.demote")}</Button></Section>;
}

function Rights({ chat, member }: { chat: Chat; member: ChatMember }) {
  const { t } = useTranslation();
  const { busy, change } = useChange(chat);
  const isAdmin = member.status === "admin";
  const all = adminRights(chat);
  const [rights, setRights] = useState<ReadonlySet<AdminRight>>(() => new Set(isAdmin ? all.filter((each) => member.permissions?.[each] === true) : all.filter((each) => each !== "addAdmins" && each !== "anonymous" && may(chat, each))));
  const [rank, setRank] = useState(member.title ?? "");
  const set = (list: readonly AdminRight[]) => change(() => tg().editAdminRights({ chatId: chat, userId: member.user, rights: Object.fromEntries(list.map((each) => [each, true])), rank: list.length > 0 && !isBroadcast(chat) ? rank.trim() : "" }));
  return (
    <Section title={t("groups.admin")}>
      {all.map((each) => <Checkbox key={each} label={t(`groups.rights.${each}` as "groups.rights.changeInfo")} checked={rights.has(each)} disabled={!may(chat, each)} onChange={(event) => setRights(toggled(rights, each, event.currentTarget.checked))} />)}
      {!isBroadcast(chat) && <TextInput label={t("groups.rank")} maxLength={16} value={rank} onChange={(event) => setRank(event.currentTarget.value)} dir="auto" />}
      <Button loading={busy} onClick={() => void set([...rights, "other" as AdminRight])}>{isAdmin ? t("common.save") : t("groups.promote")}</Button>
      {isAdmin && <Button variant="default" color="red" loading={busy} onClick={() => void set([])}>{t("groups.demote")}</Button>}
    </Section>
  );
}

const lengths = { ever: 0, hour: 3600, day: 86_400, week: 604_800 } as const;
type Length = keyof typeof lengths;

function Restrictions({ chat, member }: { chat: Chat; member: ChatMember }) {
  const { t } = useTranslation();
  const { busy, change } = useChange(chat);
  const restricted = member.status === "restricted";
  const raw = member.raw._ === "channelParticipantBanned" ? member.raw.bannedRights : undefined;
  const [allowed, setAllowed] = useState<ReadonlySet<BannedRight>>(() => allowedOf(raw));
  const [length, setLength] = useState<Length>("ever");
  const until = () => (lengths[length] === 0 ? 0 : Math.floor(Date.now() / 1000) + lengths[length]);
  return (
    <Section title={t("groups.restrict")}>
      {memberRights.map((each) => <Checkbox key={each} label={t(`groups.may.${each}` as "groups.may.sendPlain")} checked={allowed.has(each)} onChange={(event) => setAllowed(toggled(allowed, each, event.currentTarget.checked))} />)}
      <NativeSelect label={t("groups.until")} value={length} onChange={(event) => setLength((Object.keys(lengths) as Length[]).find((each) => each === event.currentTarget.value) ?? "ever")} data={(Object.keys(lengths) as Length[]).map((each) => ({ value: each, label: t(`groups.lengths.${each}`) }))} />
      <Button variant="default" loading={busy} onClick={() => void change(() => tg().restrictChatMember({ chatId: chat, userId: member.user, restrictions: bannedOf(allowed), until: until() }))}>{t("groups.restrictNow")}</Button>
      {restricted && <Button variant="default" loading={busy} onClick={() => void change(() => tg().unrestrictChatMember({ chatId: chat, participantId: member.user }))}>{t("groups.unrestrict")}</Button>}
    </Section>
  );
}

function Removal({ chat, member }: { chat: Chat; member: ChatMember }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { busy, change } = useChange(chat);
  const name = nameOf(member.user);
  const both = { chatId: chat, participantId: member.user };
  if (member.status === "banned") return <Section><Button loading={busy} onClick={() => void change(() => tg().unbanChatMember(both))}>{t("groups.unban")}</Button></Section>;
  const out = async (ban: boolean) => {
    if (!(await ask({ title: ban ? t("groups.banTitle", { name }) : t("groups.kickTitle", { name }), text: ban ? t("groups.banText") : t("groups.kickText"), yes: ban ? t("groups.ban") : t("groups.kick"), grave: true }))) return;
    if (await change(() => (ban ? tg().banChatMember(both) : tg().kickChatMember({ chatId: chat, userId: member.user })))) await navigate(`/chat/${chat.id}/members`);
  };
  return (
    <Section title={t("groups.removal")}>
      <Button variant="default" loading={busy} onClick={() => void out(false)}>{t("groups.kick")}</Button>
      {!isBasic(chat) && <Button variant="default" color="red" loading={busy} onClick={() => void out(true)}>{t("groups.ban")}</Button>}
    </Section>
  );
}
