// Public channels that somebody new here might like, and what is similar to those that one reads.
import { Button, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import type { Chat } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { errorText } from "../api/errors.ts";
import { usePart } from "../api/observable.ts";
import { peers } from "../api/peers.ts";
import { join } from "../chats/join.ts";
import { chatName } from "../chats/names.ts";
import { presence } from "../chats/presence.ts";
import { plain } from "../history/plain.ts";
import { Page } from "../layout/page.tsx";
import { Empty, Failed, Loading } from "../layout/states.tsx";
import { useAct } from "../layout/use_act.ts";
import { PeerAvatar } from "../media/avatar.tsx";
import { recommended } from "./queries.ts";
import page from "../layout/page.module.css";

export function Discover() {
  const { t } = useTranslation();
  const found = useQuery({ queryKey: ["discover"], queryFn: recommended });
  return (
    <Page title={t("search.discover")} back="/" wide>
      <Text c="dimmed" size="sm">{t("search.discoverText")}</Text>
      {found.error ? <Failed text={errorText(found.error)} again={() => void found.refetch()} />
        : !found.data ? <Loading />
        : found.data.length === 0 ? <Empty title={t("search.discoverNothing")} text={t("search.discoverNothingText")} />
        : <ul className={page.cards} aria-label={t("search.discover")}>{found.data.map((each) => <li key={each.id} className={page.card}><Channel chat={each} /></li>)}</ul>}
    </Page>
  );
}

export function Channel({ chat }: { chat: Chat }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { busy, act } = useAct();
  const full = useQuery({ queryKey: ["full chat", chat.id], queryFn: () => tg().getFullChat(chat) });
  const known = usePart(peers, (all) => all.get(chat.id));
  const isIn = known?.type === "chat" && known.isMember;
  return (
    <>
      <div className={page.row}>
        <PeerAvatar peer={chat} size={44} />
        <div className={page.grow}>
          <Text component="h2" size="md" fw={600} className="clip" dir="auto"><Link to={`/chat/${chat.id}`}>{chatName(chat)}</Link></Text>
          <Text size="sm" c="dimmed" className="clip">{chat.username && `@${chat.username} · `}{presence(chat)}</Text>
        </div>
      </div>
      <Text size="sm" lineClamp={3} dir="auto" className={page.grow}>{full.data ? plain(full.data.bio) : ""}</Text>
      {isIn ? <Button variant="default" component={Link} to={`/chat/${chat.id}`}>{t("search.open")}</Button> : <Button loading={busy} onClick={() => void act(async () => { if (await join(chat)) await navigate(`/chat/${chat.id}`); })}>{t("chats.join")}</Button>}
    </>
  );
}
