import { Badge, Text } from "@mantine/core";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { usePart } from "../api/observable.ts";
import { peers } from "../api/peers.ts";
import { isBroadcast } from "../groups/may.ts";
import { plain } from "../history/plain.ts";
import { serviceText } from "../history/service_text.ts";
import { fullTime, listTime } from "../layout/formats.ts";
import { PeerAvatar } from "../media/avatar.tsx";
import { ChatRowMenu } from "./chat_row_menu.tsx";
import type { Entry } from "./entry.ts";
import { t } from "../texts/index.ts";
import { chatName, nameOf, summary } from "./names.ts";
import { typing } from "./typing.ts";
import { Icon } from "../layout/icons.tsx";
import classes from "./chats.module.css";

export const ChatRow = memo(function ChatRow({ entry, open }: { entry: Entry; open: boolean }) {
  const { t } = useTranslation();
  const { last } = entry;
  const online = usePart(peers, (all) => {
    const peer = all.get(entry.id) ?? entry.peer;
    return peer.type === "user" && !peer.isSelf && peer.status === "online";
  });
  return (
    <div className={classes.row} data-open={open || undefined}>
      <span className={classes.picture}>
        <PeerAvatar peer={entry.peer} size={44} />
        {online && <span className={classes.online}><span className="unseen">{t("chats.online")}</span></span>}
      </span>
      <Link to={`/chat/${entry.id}`} className={classes.link} aria-current={open ? "page" : undefined} data-peer={entry.id}>
        <span className={classes.line}>
          <Text span fw={600} className="clip" dir="auto" data-title>{chatName(entry.peer)}</Text>
          {entry.muted && <span className="quiet"><Icon name="muted" size={14} label={t("chats.muted")} /></span>}
          {last && <Text span size="xs" c="dimmed" className={classes.when} title={fullTime(last.date)}>{last.isOutgoing && <Ticks read={last.id <= entry.readOut} />} {listTime(last.date)}</Text>}
        </span>
        <span className={classes.line}>
          <Text span size="sm" c="dimmed" className={`clip ${classes.grow}`} dir="auto"><Preview entry={entry} /></Text>
          <Counters entry={entry} />
        </span>
      </Link>
      <ChatRowMenu entry={entry} />
    </div>
  );
});

export function Ticks({ read }: { read: boolean }) {
  const { t } = useTranslation();
  return <span role="img" aria-label={read ? t("chats.read") : t("chats.sent")} className={read ? classes.read : undefined}>{read ? "✓✓" : "✓"}</span>;
}

function Preview({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const who = usePart(typing, (all) => all.in(entry.id));
  if (who.length > 0) return <span className={classes.typing}>{typingText(entry.id, who)}</span>;
  if (entry.draft?.text && entry.unread === 0) return <><span className={classes.draft}>{t("chats.draft")}</span> {plain(entry.draft.text.slice(0, 200))}</>;
  const { last } = entry;
  if (!last) return null;
  if (last.isService) return serviceText(last);
  const byName = entry.peer.type === "chat" && !isBroadcast(entry.peer);
  const by = last.isOutgoing ? (entry.peer.type === "user" ? "" : t("common.you")) : byName ? nameOf(last.sender) : "";
  return <>{by && <span className={classes.who}>{by}: </span>}{summary(last)}</>;
}

export function typingText(chat: number, who: readonly number[]): string {
  if (who.length > 1) return t("chats.typingMany", { count: who.length });
  const person = chat > 0 ? undefined : peers.get(who[0] ?? 0);
  return person ? t("chats.typingNamed", { name: nameOf(person) }) : t("chats.typing");
}

function Counters({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  return (
    <>
      {entry.mentions > 0 && <Badge size="sm" circle aria-label={t("chats.mentioned", { count: entry.mentions })}>@</Badge>}
      {entry.reactions > 0 && <Badge size="sm" circle color="red" aria-label={t("chats.reacted")}><Icon name="heart" size={12} /></Badge>}
      {entry.unread > 0 && <Badge size="sm" variant={entry.muted ? "default" : "filled"} aria-label={t("chats.unread", { count: entry.unread })} data-unread={entry.unread}>{entry.unread > 9999 ? "9999+" : entry.unread}</Badge>}
      {entry.unread === 0 && entry.marked && <Badge size="sm" circle aria-label={t("chats.markedUnread")}> </Badge>}
      {entry.unread === 0 && !entry.marked && entry.pinned > 0 && <span className="quiet"><Icon name="pin" size={16} label={t("chats.pinned")} /></span>}
    </>
  );
}
