import { ActionIcon, ScrollArea, Tabs, Text } from "@mantine/core";
import { Dialog } from "@mtcute/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate, useParams } from "react-router";
import { errorText } from "../api/errors.ts";
import { useFollow, usePart } from "../api/observable.ts";
import { Head } from "../layout/columns.tsx";
import { Icon } from "../layout/icons.tsx";
import { MainMenu } from "../layout/main_menu.tsx";
import { Empty, Failed, Loading } from "../layout/states.tsx";
import { useKeys } from "../../../shared/keys.tsx";
import { session } from "../sign_in/session.ts";
import { ChatRow } from "./chat_row.tsx";
import { chatList } from "./chat_list.ts";
import type { Entry } from "./entry.ts";
import { useMoreChats } from "./use_more_chats.ts";
import classes from "./chats.module.css";

const rowHeight = 66;
// There these keys take the caret to the ends of a text.
const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

export function ChatListColumn() {
  const { t } = useTranslation();
  const connection = usePart(session, (state) => state.connection);
  const list = useFollow(chatList);
  const [tab, setTab] = useState("all");
  const open = Number(useParams().peer);
  const navigate = useNavigate();
  // At the start, and again after a lost connection: updates bring what was missed, the list makes sure.
  useEffect(() => { if (connection === "connected" || !chatList.loaded) void chatList.start(); }, [connection]);

  const version = list.version;
  const entries = useMemo(() => {
    const folder = chatList.folders.find((each) => String(each.id) === tab);
    const inFolder = folder ? Dialog.filterFolder(folder) : undefined;
    return chatList.all().filter((entry) => {
      if (inFolder) return inFolder(dialogOf(entry));
      return entry.archived === (tab === "archive");
    });
    // `version` stands for what is in the list.
  }, [version, tab]);
  const archived = chatList.all().some((entry) => entry.archived);
  // What belongs into a folder may be far down: it is looked for until there is some of it, or no chat is left.
  useMoreChats(entries.length === 0 && list.loaded);

  const step = (by: number) => {
    const at = entries.findIndex((entry) => entry.id === open);
    const next = entries[Math.min(entries.length - 1, Math.max(0, at + by))];
    if (next) void navigate(`/chat/${next.id}`);
  };
  useKeys(t("chats.title"), [
    { keys: "mod+ArrowDown", text: t("chats.title"), run: () => step(1), inFields: !isMac },
    { keys: "mod+ArrowUp", text: t("chats.title"), run: () => step(-1), inFields: !isMac },
  ]);
  const state = connection === "connected" ? "" : connection === "offline" ? t("common.offline") : connection === "updating" ? t("common.updating") : t("common.connecting");
  return (
    <>
      <Head>
        <MainMenu />
        <Text fw={600} className="clip" component="h1" size="md" flex={1}>{t("chats.title")}</Text>
        <ActionIcon component={Link} to="/search" variant="subtle" color="gray" size="lg" aria-label={t("common.search")}><Icon name="search" /></ActionIcon>
      </Head>
      <div role="status" className={state ? classes.state : undefined}>{state}</div>
      {(list.folders.length > 0 || archived) && (
        <Tabs value={tab} onChange={(value) => setTab(value ?? "all")} aria-label={t("chats.folders")}>
          <ScrollArea type="never">
            <Tabs.List className={classes.tabs}>
              <Tabs.Tab value="all">{t("chats.all")}</Tabs.Tab>
              {list.folders.map((folder) => <Tabs.Tab key={folder.id} value={String(folder.id)}>{folder.title.text}</Tabs.Tab>)}
              {archived && <Tabs.Tab value="archive">{t("chats.archive")}</Tabs.Tab>}
            </Tabs.List>
          </ScrollArea>
        </Tabs>
      )}
      {entries.length === 0 && (!list.loaded || list.hasMore) ? (list.failed ? <Failed text={errorText(list.failed)} again={() => void chatList.start()} /> : <Loading />)
        : entries.length === 0 ? <Empty title={t("chats.empty")} text={t("chats.emptyText")} />
        : <Rows entries={entries} open={open} />}
    </>
  );
}

// Which folder a chat is in is mtcute's to say, of a dialog.
const dialogOf = (entry: Entry): Dialog => ({ raw: entry.raw, peer: entry.peer, isMuted: entry.muted, isUnread: entry.unread > 0 || entry.marked, isArchived: entry.archived, isPinned: entry.pinned > 0 }) as unknown as Dialog;

function Rows({ entries, open }: { entries: readonly Entry[]; open: number }) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({ count: entries.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 8, getItemKey: (index) => entries[index]?.id ?? index });
  const items = rows.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useMoreChats(chatList.loaded && last >= entries.length - 10);
  return (
    <div ref={scroller} className={classes.scroller}>
      <div role="list" className={classes.rows} ref={(element) => { if (element) element.style.height = `${rows.getTotalSize()}px`; }}>
        {items.map((item) => {
          const entry = entries[item.index];
          return entry && (
            <div role="listitem" key={item.key} className={classes.place} ref={(element) => { if (element) element.style.transform = `translateY(${item.start}px)`; }}>
              <ChatRow entry={entry} open={entry.id === open} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
