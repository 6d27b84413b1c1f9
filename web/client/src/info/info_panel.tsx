// About a person or a chat: what they say of themselves, and what can be done.
import { Anchor, Button, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useOutletContext } from "react-router";
import type { Chat, Peer, User } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { errorText } from "../api/errors.ts";
import { chatList } from "../chats/chat_list.ts";
import { join } from "../chats/join.ts";
import { chatName } from "../chats/names.ts";
import { presence } from "../chats/presence.ts";
import { isBroadcast, mayAdmin } from "../groups/may.ts";
import { plain } from "../history/plain.ts";
import { RichText } from "../history/rich_text.tsx";
import { ask } from "../layout/dialogs.tsx";
import { copy, told } from "../layout/notify.ts";
import { PanelPage, Section } from "../layout/page.tsx";
import { Failed, Loading } from "../layout/states.tsx";
import { useAct } from "../layout/use_act.ts";
import { PeerAvatar } from "../media/avatar.tsx";
import { block } from "../report/block.ts";
import { reportPeer } from "../report/report.tsx";
import { serviceAccount } from "../report/letters.ts";
import { withheldText } from "../report/tombstone.tsx";
import { PeerList } from "../search/search_area.tsx";
import { session } from "../sign_in/session.ts";
import { leave } from "./leave.ts";
import page from "../layout/page.module.css";
import classes from "./info.module.css";

export function InfoPanel() {
  const { t } = useTranslation();
  const peer = useOutletContext<Peer>();
  return (
    <PanelPage title={t("chats.info")} close={`/chat/${peer.id}`}>
      <div className={classes.who}>
        <PeerAvatar peer={peer} size={96} />
        <Text fw={600} size="lg" ta="center" dir="auto">{chatName(peer)}{peer.isVerified && <span role="img" aria-label={t("info.verified")}> ✔</span>}</Text>
        <Text size="sm" c="dimmed">{presence(peer)}</Text>
        {(peer.isScam || peer.isFake) && <Text size="sm" c="red" fw={600}>{t("info.scam")}</Text>}
      </div>
      {peer.type === "user" ? <Person user={peer} /> : <Group chat={peer} />}
    </PanelPage>
  );
}

function Handle({ username }: { username: string }) {
  const { t } = useTranslation();
  return <Button variant="subtle" size="compact-md" onClick={() => void copy(`https://t.me/${username}`)} aria-label={t("info.copyLink", { name: username })}><bdi>@{username}</bdi></Button>;
}

function Person({ user }: { user: User }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { busy, act } = useAct();
  const full = useQuery({ queryKey: ["full user", user.id], queryFn: () => tg().getFullUser(user) });
  const own = user.id === session.userId;
  const common = useQuery({ queryKey: ["common", user.id], queryFn: () => tg().getCommonChats(user), enabled: !own && !user.isBot });
  if (full.error) return <Failed text={errorText(full.error)} again={() => void full.refetch()} />;
  if (!full.data) return <Loading />;
  const blocked = full.data.isBlocked;
  const again = () => Promise.all([queries.invalidateQueries({ queryKey: ["full user", user.id] }), queries.invalidateQueries({ queryKey: ["blocked"] })]);
  const service = user.id === serviceAccount;
  return (
    <>
      {full.data.bio && <RichText text={full.data.bio} entities={[]} />}
      {user.username && <div><Handle username={user.username} /></div>}
      {user.phoneNumber && <Text size="sm"><bdi>+{user.phoneNumber}</bdi></Text>}
      <Section>
        <Button variant="default" component={Link} to={`/chat/${user.id}/search`}>{t("search.inChat")}</Button>
        {!own && !service && !user.isBot && (user.isContact
          ? <Button variant="default" loading={busy} onClick={() => void act(async () => { await tg().deleteContacts(user); await again(); })}>{t("info.removeContact")}</Button>
          : <Button variant="default" loading={busy} onClick={() => void act(async () => { await tg().addContact({ userId: user, firstName: user.firstName, lastName: user.lastName ?? "" }); await again(); told(t("info.contactAdded")); })}>{t("info.addContact")}</Button>)}
      </Section>
      {common.data && common.data.length > 0 && <PeerList title={t("info.common")} peers={common.data} />}
      {!own && !service && (
        <Section>
          <Button variant="default" color="red" loading={busy} onClick={() => void act(async () => { if (await block(user, !blocked)) await again(); })}>{blocked ? t("report.unblock") : t("report.block")}</Button>
          <Button variant="default" onClick={() => reportPeer(user)}>{t("report.report")}</Button>
          <Button variant="default" onClick={() => void act(async () => {
            if (!(await ask({ title: t("info.deleteTitle"), text: t("info.deleteText"), yes: t("info.deleteChat"), grave: true }))) return;
            await tg().deleteHistory(user, { mode: "delete" });
            await chatList.refresh(user.id);
            await navigate("/");
          })}>{t("info.deleteChat")}</Button>
        </Section>
      )}
    </>
  );
}

function Group({ chat }: { chat: Chat }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { busy, act } = useAct();
  const full = useQuery({ queryKey: ["full chat", chat.id], queryFn: () => tg().getFullChat(chat) });
  const broadcast = isBroadcast(chat);
  const similar = useQuery({ queryKey: ["similar", chat.id], queryFn: () => tg().getSimilarChannels(chat), enabled: broadcast && chat.username !== null });
  const withheld = withheldText(chat.restrictions);
  const at = `/chat/${chat.id}`;
  return (
    <>
      {withheld && <div className={page.notice}><Text fw={600}>{t("report.withheld")}</Text><Text className={page.words}>{withheld}</Text>{chat.isCreator && <Anchor component={Link} to="/settings/decisions">{t("report.decisions")}</Anchor>}</div>}
      {full.error ? <Failed text={errorText(full.error)} again={() => void full.refetch()} /> : !full.data ? <Loading /> : full.data.bio && <RichText text={plain(full.data.bio)} entities={[]} />}
      {chat.username && <div><Handle username={chat.username} /></div>}
      {full.data?.linkedChat && <Text size="sm">{broadcast ? t("info.discussion") : t("info.discussionOf")} <Anchor component={Link} to={`/chat/${full.data.linkedChat.id}`}>{chatName(full.data.linkedChat)}</Anchor></Text>}
      {full.data?.slowmodeSeconds != null && full.data.slowmodeSeconds > 0 && <Text size="sm" c="dimmed">{t("info.slow", { count: full.data.slowmodeSeconds })}</Text>}
      <Section>
        {!chat.isMember && !chat.isLikelyUnavailable && <Button loading={busy} onClick={() => void act(() => join(chat))}>{t("chats.join")}</Button>}
        <Button variant="default" component={Link} to={`${at}/search`}>{t("search.inChat")}</Button>
        {(!broadcast || chat.isAdmin || chat.isCreator) && <Button variant="default" component={Link} to={`${at}/members`}>{broadcast ? t("groups.subscribers") : t("groups.members")}</Button>}
        {mayAdmin(chat) && <Button variant="default" component={Link} to={`${at}/manage`}>{t("groups.manage")}</Button>}
      </Section>
      {similar.data && similar.data.length > 0 && <PeerList title={t("info.similar")} peers={similar.data.slice(0, 10)} />}
      <Section>
        {!chat.isCreator && <Button variant="default" onClick={() => reportPeer(chat)}>{t("report.report")}</Button>}
        {chat.isMember && <Button variant="default" color="red" loading={busy} onClick={() => void act(async () => { if (await leave(chat)) await navigate("/"); })}>{broadcast ? t("info.leaveChannel") : t("info.leaveGroup")}</Button>}
      </Section>
    </>
  );
}
