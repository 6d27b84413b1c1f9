import { ActionIcon, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Peer } from "@mtcute/core";
import { usePart } from "../api/observable.ts";
import { chatName } from "../chats/names.ts";
import { presence } from "../chats/presence.ts";
import { typing } from "../chats/typing.ts";
import { typingText } from "../chats/chat_row.tsx";
import { Head } from "../layout/columns.tsx";
import frame from "../layout/frame.module.css";
import { PeerAvatar } from "../media/avatar.tsx";
import type { ChatContextValue } from "./context.ts";
import { tg } from "../api/client.ts";
import { plain } from "./plain.ts";
import { HeadMenu } from "./head_menu.tsx";
import { Icon } from "../layout/icons.tsx";
import classes from "./history.module.css";

export function ChatHead({ peer, thread, chat }: { peer: Peer; thread: number | undefined; chat?: ChatContextValue }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const who = usePart(typing, (all) => all.in(peer.id));
  const isForum = peer.type === "chat" && peer.isForum;
  const found = useQuery({ queryKey: ["topic", peer.id, thread], queryFn: async () => (await tg().getForumTopicsById(peer.id, [thread ?? 0]))[0] ?? null, enabled: isForum && thread !== undefined });
  const topic = isForum ? plain(found.data?.title ?? "") : thread === undefined ? "" : t("history.comments");
  return (
    <Head>
      <ActionIcon className={thread === undefined ? frame.only : undefined} variant="subtle" color="gray" size="lg" aria-label={t("common.back")} onClick={() => void navigate(thread !== undefined && peer.type === "chat" && peer.isForum ? `/chat/${peer.id}` : "/")}><Icon name="back" turns /></ActionIcon>
      <PeerAvatar peer={peer} size={38} />
      <div className={classes.headText}>
        <Text fw={600} component="h2" size="md" className="clip" dir="auto">{thread === undefined || !topic ? chatName(peer) : `${topic} · ${chatName(peer)}`}</Text>
        <Text size="xs" c="dimmed" className="clip" role="status">{who.length > 0 ? typingText(peer.id, who) : presence(peer)}</Text>
      </div>
      <HeadMenu peer={peer} chat={chat} />
    </Head>
  );
}
