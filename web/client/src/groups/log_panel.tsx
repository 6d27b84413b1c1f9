// What the administrators of a chat did lately.
import { Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Chat, tl } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { errorText } from "../api/errors.ts";
import { nameOf } from "../chats/names.ts";
import { fullTime } from "../layout/formats.ts";
import { More } from "../layout/more.tsx";
import { PanelPage } from "../layout/page.tsx";
import { Empty, Failed, Loading } from "../layout/states.tsx";
import { logText } from "./log_text.ts";
import { useGroup } from "./queries.ts";
import page from "../layout/page.module.css";
import classes from "./groups.module.css";

const pageSize = 50;

export function LogPanel() {
  const chat = useGroup();
  return chat ? <Log chat={chat} /> : null;
}

function Log({ chat }: { chat: Chat }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [query] = useDebouncedValue(text.trim(), 300);
  const found = useInfiniteQuery({
    queryKey: ["log", chat.id, query],
    staleTime: 0,
    queryFn: ({ pageParam }) => tg().getChatEventLog(chat, { query, limit: pageSize, ...(pageParam ? { maxId: pageParam } : {}) }),
    initialPageParam: undefined as tl.Long | undefined,
    getNextPageParam: (last) => (last.length < pageSize ? undefined : last.at(-1)?.id),
  });
  const events = found.data?.pages.flat() ?? [];
  return (
    <PanelPage title={t("groups.logTitle")} close={`/chat/${chat.id}`} back={`/chat/${chat.id}/manage`}>
      <TextInput type="search" aria-label={t("groups.logSearch")} placeholder={t("groups.logSearch")} value={text} onChange={(event) => setText(event.currentTarget.value)} dir="auto" />
      {found.error ? <Failed text={errorText(found.error)} again={() => void found.refetch()} /> : !found.data ? <Loading /> : events.length === 0 ? <Empty title={t("groups.logEmpty")} />
        : <ul className={page.list} aria-label={t("groups.logTitle")}>{events.map((each) => <li key={each.id.toString()} className={classes.event}><Text size="sm" dir="auto"><b>{nameOf(each.actor)}</b> {logText(each.action)}</Text><Text size="xs" c="dimmed">{fullTime(each.date)}</Text></li>)}</ul>}
      <More of={found} />
    </PanelPage>
  );
}
