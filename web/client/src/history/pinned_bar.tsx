// The message that is pinned above a conversation; a click goes to it, and from there to the one pinned before.
import { Text, UnstyledButton } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { SearchFilters } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { live } from "../api/live.ts";
import { channelBase, peerId } from "../api/peers.ts";
import { summary } from "../chats/names.ts";
import type { History } from "./history.ts";
import classes from "./history.module.css";

export function PinnedBar({ history }: { history: History }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [at, setAt] = useState(0);
  const pinned = useQuery({ queryKey: ["pinned", history.chat], queryFn: () => tg().searchMessages({ chatId: history.chat, filter: SearchFilters.Pinned, limit: 20 }) });
  useEffect(() => live.add((update) => {
    const id = update._ === "updatePinnedMessages" ? peerId(update.peer) : update._ === "updatePinnedChannelMessages" ? channelBase - update.channelId : 0;
    if (id === history.chat) void queries.invalidateQueries({ queryKey: ["pinned", history.chat] });
  }), [history.chat, queries]);
  const list = pinned.data ?? [];
  const message = list[at % Math.max(1, list.length)];
  if (!message) return null;
  return (
    <UnstyledButton className={classes.pinnedBar} onClick={() => { void history.jump(message.id); setAt(at + 1); }}>
      <Text size="xs" fw={600} c="var(--mantine-color-anchor)">{t("history.pinnedMessage")}{list.length > 1 && ` ${(at % list.length) + 1}/${list.length}`}</Text>
      <Text size="sm" className="clip" dir="auto">{summary(message)}</Text>
    </UnstyledButton>
  );
}
