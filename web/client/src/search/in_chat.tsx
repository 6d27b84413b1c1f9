// Search in one conversation, beside it.
import { NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOutletContext } from "react-router";
import type { Peer, tl } from "@mtcute/core";
import type { TelegramClient } from "@mtcute/core/client.js";
import { tg } from "../api/client.ts";
import { errorText } from "../api/errors.ts";
import { More } from "../layout/more.tsx";
import { PanelPage } from "../layout/page.tsx";
import { Empty, Failed, Loading } from "../layout/states.tsx";
import { Hit } from "./search_area.tsx";
import page from "../layout/page.module.css";

type Offset = NonNullable<Parameters<TelegramClient["searchMessages"]>[0]>["offset"];

const filters = {
  all: "inputMessagesFilterEmpty", pictures: "inputMessagesFilterPhotoVideo", files: "inputMessagesFilterDocument", links: "inputMessagesFilterUrl", voice: "inputMessagesFilterVoice", mentions: "inputMessagesFilterMyMentions",
} as const;
type Filter = keyof typeof filters;
const isFilter = (name: string): name is Filter => Object.hasOwn(filters, name);

export function InChatSearch() {
  const { t } = useTranslation();
  const peer = useOutletContext<Peer>();
  const [text, setText] = useState("");
  const [filter, setFilter] = useState<Filter>("all");
  const [query] = useDebouncedValue(text.trim(), 300);
  const wanted = query !== "" || filter !== "all";
  const found = useInfiniteQuery({
    queryKey: ["search", "chat", peer.id, query, filter],
    queryFn: ({ pageParam }) => tg().searchMessages({ chatId: peer.id, query, filter: { _: filters[filter] } as tl.TypeMessagesFilter, limit: 30, ...(pageParam === undefined ? {} : { offset: pageParam }) }),
    initialPageParam: undefined as Offset,
    getNextPageParam: (last) => (last.length < 30 ? undefined : last.next),
    enabled: wanted,
  });
  const messages = found.data?.pages.flat() ?? [];
  return (
    <PanelPage title={t("search.inChat")} close={`/chat/${peer.id}`}>
      <TextInput type="search" aria-label={t("search.words")} placeholder={t("search.words")} value={text} onChange={(event) => setText(event.currentTarget.value)} dir="auto" autoFocus />
      <NativeSelect label={t("search.kind")} value={filter} onChange={(event) => isFilter(event.currentTarget.value) && setFilter(event.currentTarget.value)}
        data={(Object.keys(filters) as Filter[]).map((each) => ({ value: each, label: t(`search.filters.${each}`) }))} />
      <div aria-live="polite">
        {!wanted ? null
          : found.error ? <Failed text={errorText(found.error)} again={() => void found.refetch()} />
          : !found.data ? <Loading />
          : messages.length === 0 ? <Empty title={t("search.nothing")} />
          : <ul className={page.list} aria-label={t("search.found")}>{messages.map((each) => <li key={each.id}><Hit message={each} inChat /></li>)}</ul>}
      </div>
      <More of={found} />
    </PanelPage>
  );
}
