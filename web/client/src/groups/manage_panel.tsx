// A chat's own settings.
import { Button, FileButton, NativeSelect, Switch, Text, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import type { Chat, FullChat } from "@mtcute/core";
import { Chat as ChatPeer } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { errorText } from "../api/errors.ts";
import { peers } from "../api/peers.ts";
import { chatList } from "../chats/chat_list.ts";
import { chatName } from "../chats/names.ts";
import { ask } from "../layout/dialogs.tsx";
import { PanelPage, Section } from "../layout/page.tsx";
import { Failed, Loading } from "../layout/states.tsx";
import { useAct } from "../layout/use_act.ts";
import { PeerAvatar } from "../media/avatar.tsx";
import { squarePicture } from "../media/square.ts";
import { isBasic, isBroadcast, may } from "./may.ts";
import { useChange, useGroup } from "./queries.ts";
import page from "../layout/page.module.css";

export function ManagePanel() {
  const { t } = useTranslation();
  const chat = useGroup();
  const full = useQuery({ queryKey: ["full chat", chat?.id], staleTime: 0, enabled: chat !== undefined, queryFn: async () => (chat ? await tg().getFullChat(chat) : null) });
  if (!chat) return null;
  const at = `/chat/${chat.id}`;
  return (
    <PanelPage title={t("groups.manage")} close={at} back={`${at}/info`}>
      {full.error ? <Failed text={errorText(full.error)} again={() => void full.refetch()} /> : !full.data ? <Loading /> : (
        <>
          {may(chat, "changeInfo") && <Face key={`${chat.title} ${full.data.bio}`} chat={chat} about={full.data.bio} />}
          <Section>
            <Button variant="default" component={Link} to={`${at}/members`}>{isBroadcast(chat) ? t("groups.subscribers") : t("groups.members")}</Button>
            {!isBroadcast(chat) && may(chat, "banUsers") && <Button variant="default" component={Link} to={`${at}/permissions`}>{t("groups.permissions")}</Button>}
            {may(chat, "inviteUsers") && <Button variant="default" component={Link} to={`${at}/invites`}>{t("groups.invites")}</Button>}
            {may(chat, "inviteUsers") && <Button variant="default" component={Link} to={`${at}/requests`}>{full.data.pendingJoinRequests > 0 ? t("groups.requestsCount", { count: full.data.pendingJoinRequests }) : t("groups.requests")}</Button>}
            {!isBasic(chat) && <Button variant="default" component={Link} to={`${at}/log`}>{t("groups.logTitle")}</Button>}
          </Section>
          {isBasic(chat) ? chat.isCreator && <Upgrade chat={chat} /> : (
            <>
              {chat.isCreator && <PublicName key={chat.username ?? ""} chat={chat} />}
              <Switches chat={chat} full={full.data} />
              {isBroadcast(chat) && may(chat, "changeInfo") && <Discussion chat={chat} full={full.data} />}
            </>
          )}
          {chat.isCreator && <Deletion chat={chat} />}
        </>
      )}
    </PanelPage>
  );
}

function Face({ chat, about }: { chat: Chat; about: string }) {
  const { t } = useTranslation();
  const { busy, change } = useChange(chat);
  const [title, setTitle] = useState(chat.title);
  const [text, setText] = useState(about);
  const save = async () => {
    if (title.trim() !== chat.title) await tg().setChatTitle(chat, title.trim());
    if (text.trim() !== about) await tg().setChatDescription(chat, text.trim());
  };
  return (
    <form className={page.section} onSubmit={(event) => { event.preventDefault(); void change(save); }}>
      <div className={page.row}>
        <PeerAvatar peer={chat} size={56} />
        <FileButton accept="image/png,image/jpeg,image/webp" onChange={(file) => file && void change(async () => tg().setChatPhoto({ chatId: chat, type: "photo", media: await squarePicture(file) }))}>
          {(given) => <Button {...given} variant="default" loading={busy}>{t("groups.photo")}</Button>}
        </FileButton>
        {chat.photo && <Button variant="subtle" color="red" onClick={() => void change(() => tg().deleteChatPhoto(chat))}>{t("common.remove")}</Button>}
      </div>
      <TextInput label={t("groups.title")} required maxLength={128} value={title} onChange={(event) => setTitle(event.currentTarget.value)} dir="auto" />
      <Textarea label={t("groups.about")} autosize minRows={2} maxRows={6} maxLength={255} value={text} onChange={(event) => setText(event.currentTarget.value)} dir="auto" />
      <div><Button type="submit" loading={busy} disabled={title.trim() === "" || (title.trim() === chat.title && text.trim() === about)}>{t("common.save")}</Button></div>
    </form>
  );
}

function PublicName({ chat }: { chat: Chat }) {
  const { t } = useTranslation();
  const { busy, change } = useChange(chat);
  const [name, setName] = useState(chat.username ?? "");
  return (
    <form className={page.section} onSubmit={(event) => { event.preventDefault(); void change(() => tg().setChatUsername(chat, name.trim() || null)); }}>
      <TextInput label={t("groups.username")} description={t("groups.usernameText")} leftSection="@" maxLength={32} value={name} onChange={(event) => setName(event.currentTarget.value)} dir="ltr" autoComplete="off" spellCheck={false} />
      <div><Button type="submit" loading={busy} disabled={name.trim() === (chat.username ?? "")}>{name.trim() === "" && chat.username ? t("groups.makePrivate") : t("common.save")}</Button></div>
    </form>
  );
}

const slowModes = [0, 10, 30, 60, 300, 900, 3600];

function Switches({ chat, full }: { chat: Chat; full: FullChat }) {
  const { t } = useTranslation();
  const { busy, change } = useChange(chat);
  const broadcast = isBroadcast(chat);
  const channel = () => tg().resolveChannel(chat);
  const info = may(chat, "changeInfo");
  const bans = may(chat, "banUsers");
  const slow = full.slowmodeSeconds ?? 0;
  return (
    <Section>
      {!broadcast && bans && (
        <NativeSelect label={t("groups.slowMode")} description={t("groups.slowModeText")} disabled={busy} value={String(slow)} onChange={(event) => { const seconds = Number(event.currentTarget.value); void change(() => tg().setSlowMode(chat, seconds)); }}
          data={slowModes.map((each) => ({ value: String(each), label: each === 0 ? t("groups.off") : each < 60 ? t("groups.seconds", { count: each }) : each < 3600 ? t("groups.minutes", { count: each / 60 }) : t("groups.hours", { count: each / 3600 }) }))} />
      )}
      {broadcast && info && <Switch label={t("groups.signatures")} disabled={busy} checked={chat.hasSignatures} onChange={(event) => { const enabled = event.currentTarget.checked; void change(async () => tg().call({ _: "channels.toggleSignatures", signaturesEnabled: enabled, channel: await channel() })); }} />}
      {!broadcast && info && chat.username === null && <Switch label={t("groups.hideHistory")} disabled={busy} checked={full.hasHiddenHistory} onChange={(event) => { const enabled = event.currentTarget.checked; void change(async () => tg().call({ _: "channels.togglePreHistoryHidden", enabled, channel: await channel() })); }} />}
      {!broadcast && bans && chat.username !== null && <Switch label={t("groups.joinRequest")} disabled={busy} checked={chat.hasJoinRequests} onChange={(event) => { const enabled = event.currentTarget.checked; void change(() => tg().toggleJoinRequests(chat, enabled)); }} />}
      {info && <Switch label={t("groups.protected")} disabled={busy} checked={chat.hasContentProtection} onChange={(event) => { const enabled = event.currentTarget.checked; void change(() => tg().toggleContentProtection(chat, enabled)); }} />}
    </Section>
  );
}

function Discussion({ chat, full }: { chat: Chat; full: FullChat }) {
  const { t } = useTranslation();
  const { busy, change } = useChange(chat);
  const groups = useQuery({ queryKey: ["groups for discussion"], staleTime: 0, queryFn: async () => {
    const answer = await tg().call({ _: "channels.getGroupsForDiscussion" });
    const all = answer.chats.filter((each) => each._ !== "chatEmpty").map((each) => new ChatPeer(each));
    peers.put(...all);
    // A small group would have to be turned into a large one first.
    return all.filter((each) => !isBasic(each));
  } });
  const linked = full.linkedChat;
  const offered = [...(linked ? [linked] : []), ...(groups.data ?? []).filter((each) => each.id !== linked?.id)];
  const set = async (id: string) => {
    const group = id === "" ? ({ _: "inputChannelEmpty" } as const) : await tg().resolveChannel(Number(id));
    await tg().call({ _: "channels.setDiscussionGroup", broadcast: await tg().resolveChannel(chat), group });
  };
  return (
    <Section>
      <NativeSelect label={t("groups.discussion")} description={t("groups.discussionText")} disabled={busy} value={linked ? String(linked.id) : ""} onChange={(event) => { const id = event.currentTarget.value; void change(() => set(id)); }}
        data={[{ value: "", label: t("groups.none") }, ...offered.map((each) => ({ value: String(each.id), label: chatName(each) }))]} />
    </Section>
  );
}

function Upgrade({ chat }: { chat: Chat }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { busy, act } = useAct();
  const upgrade = async () => {
    const updates = await tg().call({ _: "messages.migrateChat", chatId: -chat.id });
    tg().handleClientUpdate(updates, false);
    const made = "chats" in updates ? updates.chats.filter((each) => each._ === "channel").map((each) => new ChatPeer(each)) : [];
    peers.put(...made);
    await Promise.all([chat, ...made].map((each) => chatList.refresh(each.id)));
    if (made[0]) await navigate(`/chat/${made[0].id}/manage`);
  };
  return <Section><Text size="sm" c="dimmed">{t("groups.upgradeText")}</Text><Button variant="default" loading={busy} onClick={() => void act(upgrade)}>{t("groups.upgrade")}</Button></Section>;
}

function Deletion({ chat }: { chat: Chat }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { busy, act } = useAct();
  const remove = async () => {
    if (!(await ask({ title: t("groups.deleteTitle", { name: chatName(chat) }), text: t("groups.deleteText"), yes: t("groups.delete"), grave: true }))) return;
    await (isBasic(chat) ? tg().deleteGroup(chat) : tg().deleteChannel(chat));
    await chatList.refresh(chat.id);
    await navigate("/");
  };
  return <Section><Button variant="default" color="red" loading={busy} onClick={() => void act(remove)}>{isBroadcast(chat) ? t("groups.deleteChannel") : t("groups.deleteGroup")}</Button></Section>;
}
