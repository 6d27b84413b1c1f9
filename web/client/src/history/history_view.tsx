// The messages, newest below. Only what is near the screen is drawn, however long the conversation is.
import { ActionIcon, Badge, Text } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Peer } from "@mtcute/core";
import { errorText } from "../api/errors.ts";
import { useFollow, usePart } from "../api/observable.ts";
import { chatList } from "../chats/chat_list.ts";
import { dayTitle } from "../layout/formats.ts";
import { Empty, Failed, Loading } from "../layout/states.tsx";
import type { History } from "./history.ts";
import { MessageRow } from "./message_row.tsx";
import { PendingRow } from "./pending_row.tsx";
import { heightOf, type Row, rowsOf } from "./rows.ts";
import { serviceText } from "./service_text.ts";
import { Icon } from "../layout/icons.tsx";
import classes from "./history.module.css";

const nearEnd = 120;
const widest = 832;
const framesToTarget = 12;

// About how many letters go into a line of a message, in a conversation so many pixels wide.
const lettersIn = (width: number): number => Math.max(20, Math.min(554, Math.min(width, widest) * 0.85 - 46) / 7.5);

function afterFrames(count: number, act: () => void): void {
  if (count === 0) act();
  else requestAnimationFrame(() => afterFrames(count - 1, act));
}

export function HistoryView({ history, peer }: { history: History; peer: Peer }) {
  const { t } = useTranslation();
  const { version, window: part, pending } = useFollow(history);
  const rows = useMemo(() => rowsOf(part.messages, part.atEnd ? pending : [], history.unreadFrom), [part, pending, history]);
  const scroller = useRef<HTMLDivElement>(null);
  const [atBottom, setAtBottom] = useState(true);
  const [marked, setMarked] = useState(0);
  const entry = usePart(chatList, (list) => list.get(history.chat));

  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index] ? heightOf(rows[index], lettersIn(scroller.current?.clientWidth ?? widest)) : 34),
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 12,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: nearEnd,
    paddingStart: 8,
    paddingEnd: 8,
  });

  // Where the conversation was told to be shown from. The list goes to a place, counted from the first row, and takes some frames
  // for it: when a page comes above it meanwhile, that place is another.
  const { target } = history;
  const done = useRef(0);
  const there = useRef(0);
  useLayoutEffect(() => {
    if (!target || target.nonce === there.current) return;
    const index = rows.findIndex((row) => (row.kind === "message" ? row.album.some((each) => each.id === target.id) : row.kind === "service" && row.id === target.id));
    if (index < 0) return;
    const unread = target.at === "unread" ? rows.findIndex((row) => row.kind === "unread") : -1;
    if (unread >= 0) list.scrollToIndex(unread, { align: "start" });
    else list.scrollToIndex(index, { align: target.at === "end" ? "end" : "center" });
    if (target.nonce === done.current) return;
    done.current = target.nonce;
    afterFrames(framesToTarget, () => { there.current = Math.max(there.current, target.nonce); });
    if (target.at === "marked") {
      setMarked(target.id);
      setTimeout(() => setMarked(0), 2000);
    }
  }, [target, rows, list]);
  // Whoever moves it themselves is not called back.
  const moved = () => { there.current = done.current; };

  const items = list.getVirtualItems();
  const firstShown = items[0]?.index ?? 0;
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length === 0) return;
    if (firstShown < 10) void history.older();
    if (lastShown > rows.length - 10) void history.newer();
  }, [firstShown, lastShown, rows.length, history, version]);

  // What is on the screen has been read, if somebody may be looking.
  const look = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    history.atBottom = element.scrollHeight - element.scrollTop - element.clientHeight < nearEnd;
    setAtBottom(history.atBottom);
    if (document.visibilityState !== "visible" || !document.hasFocus() || history.fromCache) return;
    const below = element.scrollTop + element.clientHeight;
    const lowest = list.getVirtualItems().findLast((item) => item.start + Math.min(item.size, 40) <= below);
    const row = lowest && rows.slice(0, lowest.index + 1).findLast((each) => each.kind === "message" || each.kind === "service");
    const seen = list.getVirtualItems().filter((item) => item.start + item.size > element.scrollTop && item.start < below).flatMap((item) => { const each = rows[item.index]; return each?.kind === "message" ? each.album : []; });
    void history.readContents(seen);
    if (row) void history.read(row.kind === "message" ? (row.album.at(-1)?.id ?? row.id) : row.id);
  }, [history, list, rows]);
  useEffect(() => {
    const timer = setTimeout(look, 150);
    window.addEventListener("focus", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearTimeout(timer);
      window.removeEventListener("focus", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, [look]);

  if (rows.length === 0) {
    if (history.failed) return <Failed text={errorText(history.failed)} again={() => void history.toEnd()} />;
    return history.loadedOnce ? <Empty title={t("history.empty")} /> : <Loading />;
  }
  return (
    <div className={classes.area}>
      <div ref={scroller} className={classes.scroller} onScroll={look} onWheel={moved} onPointerDown={moved} onTouchMove={moved} onKeyDown={moved} role="log" aria-label={t("history.conversation")} tabIndex={0} data-at-start={part.atStart || undefined} data-at-end={part.atEnd || undefined}>
        <div className={classes.rows} style={{ height: list.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index];
            return row && (
              <div key={item.key} ref={list.measureElement} data-index={item.index} className={classes.place} style={{ transform: `translateY(${item.start}px)` }}>
                <Drawn row={row} history={history} peer={peer} marked={marked} readOut={entry?.readOut ?? 0} />
              </div>
            );
          })}
        </div>
      </div>
      {(!atBottom || !part.atEnd) && (
        <ActionIcon className={classes.toEnd} size={42} radius="xl" variant="default" aria-label={t("history.toEnd")} onClick={() => void history.toEnd().then(() => { if (history.window.atEnd) list.scrollToIndex(rows.length - 1, { align: "end" }); })}>
          <Icon name="down" />{entry !== undefined && entry.unread > 0 && <Badge className={classes.toEndCount} size="sm">{entry.unread}</Badge>}
        </ActionIcon>
      )}
    </div>
  );
}

function Drawn({ row, history, peer, marked, readOut }: { row: Row; history: History; peer: Peer; marked: number; readOut: number }) {
  const { t } = useTranslation();
  switch (row.kind) {
    case "day": return <div className={classes.day}><Text span size="xs">{dayTitle(row.date)}</Text></div>;
    case "unread": return <div className={classes.unread}><Text span size="xs">{t("history.unreadFrom")}</Text></div>;
    case "service": return <div className={classes.day} data-message={row.id}><Text span size="xs" dir="auto">{serviceText(row.message)}</Text></div>;
    case "pending": return <PendingRow pending={row.pending} history={history} />;
    case "message": return <MessageRow message={row.message} album={row.album} first={row.first} peer={peer} marked={row.album.some((each) => each.id === marked)} read={row.id <= readOut} />;
  }
}
