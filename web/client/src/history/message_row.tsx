// One message, or one album.
import { Button, Text } from "@mantine/core";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Message, Peer } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { usePart } from "../api/observable.ts";
import { peers } from "../api/peers.ts";
import { Ticks } from "../chats/chat_row.tsx";
import { nameOf, summary } from "../chats/names.ts";
import { isBroadcast } from "../groups/may.ts";
import { fullTime, time } from "../layout/formats.ts";
import { failed } from "../layout/notify.ts";
import { PeerAvatar } from "../media/avatar.tsx";
import { MessageMedia } from "../media/message_media.tsx";
import { Buttons } from "./buttons.tsx";
import { useChat } from "./context.ts";
import { MessageMenu } from "./message_menu.tsx";
import { Tombstone, withheldOf } from "../report/tombstone.tsx";
import { plain } from "./plain.ts";
import { entitiesOf } from "./raw.ts";
import { Reactions } from "./reactions.tsx";
import { RichText } from "./rich_text.tsx";
import { Icon } from "../layout/icons.tsx";
import classes from "./history.module.css";

interface Properties {
  message: Message;
  album: readonly Message[];
  first: boolean;
  peer: Peer;
  marked: boolean;
  read: boolean;
}

// An album is put together anew whenever the window changes; it is the same if it has the same messages.
const same = (before: Properties, now: Properties): boolean =>
  before.message === now.message && before.first === now.first && before.peer === now.peer && before.marked === now.marked && before.read === now.read &&
  before.album.length === now.album.length && before.album.every((each, index) => each === now.album[index]);

export const MessageRow = memo(function MessageRow({ message, album, first, peer, marked, read }: Properties) {
  const { t } = useTranslation();
  const mine = message.isOutgoing && !message.isChannelPost;
  const inGroup = peer.type === "chat" && !isBroadcast(peer);
  const text = album.find((each) => each.text !== "") ?? message;
  const withheld = withheldOf(message);
  return (
    <article className={classes.message} data-mine={mine || undefined} data-first={first || undefined} data-marked={marked || undefined} data-message={message.id} aria-label={`${nameOf(message.sender)}, ${fullTime(message.date)}`}>
      {inGroup && !mine && <span className={classes.avatar}>{first && <PeerAvatar peer={message.sender} size={34} />}</span>}
      <div className={classes.bubble}>
        {first && inGroup && !mine && <Text size="sm" fw={600} className={`clip ${classes.sender}`} dir="auto">{nameOf(message.sender)}</Text>}
        {message.forward && <Text size="xs" c="dimmed" dir="auto" className="clip">{t("history.forwardedFrom", { name: message.forward.sender.displayName ? nameOf(message.forward.sender) : t("history.hiddenSender") })}</Text>}
        <RepliedTo message={message} />
        {withheld === undefined ? <MessageMedia message={message} album={album} /> : <Tombstone text={withheld} own={message.isOutgoing} />}
        {withheld === undefined && text.text !== "" && <RichText text={text.text} entities={entitiesOf(text)} />}
        <Reactions message={message} />
        <span className={classes.meta}>
          {message.isPinned && <Icon name="pin" size={12} label={t("history.pinned")} />}
          {message.signature && <span className="clip" dir="auto">{plain(message.signature)}</span>}
          {message.views !== null && <span className={classes.views} title={t("history.views", { count: message.views })}>{message.views} <Icon name="seen" size={13} label={t("history.views", { count: message.views })} /></span>}
          {message.editDate && !message.hideEditMark && <span>{t("history.edited")}</span>}
          <time dateTime={message.date.toISOString()} title={fullTime(message.date)}>{time(message.date)}</time>
          {mine && <Ticks read={read} />}
        </span>
        <Buttons message={message} />
        {message.isChannelPost && message.replies?.hasComments && <Comments message={message} />}
      </div>
      <MessageMenu message={message} album={album} peer={peer} />
    </article>
  );
}, same);

function RepliedTo({ message }: { message: Message }) {
  const { t } = useTranslation();
  const { history, thread } = useChat();
  const reply = message.replyToMessage;
  const near = reply?.originIs("same_chat") === true ? reply.id : null;
  const original = usePart(history, (state) => (near === null ? undefined : state.window.messages.find((each) => each.id === near)));
  if (!reply || (reply.id === thread && !reply.isQuote)) return null;
  const sender = original?.sender ?? reply.sender;
  const text = reply.isQuote && reply.quoteText ? plain(reply.quoteText) : original ? summary(original) : t("history.repliedMessage");
  return (
    <button type="button" className={classes.replied} onClick={() => { if (reply.id !== null && reply.origin === "same_chat") void history.jump(reply.id); }}>
      {sender && <Text span size="xs" fw={600} className="clip" dir="auto">{nameOf(sender)}</Text>}
      <Text span size="sm" className="clip" dir="auto">{text}</Text>
    </button>
  );
}

function Comments({ message }: { message: Message }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const count = message.replies?.count ?? 0;
  const open = async () => {
    const root = await tg().getDiscussionMessage({ chatId: message.chat.id, message: message.id });
    if (!root) return;
    peers.put(root.chat);
    await navigate(`/chat/${root.chat.id}/topic/${root.id}`);
  };
  return <Button variant="subtle" size="compact-sm" fullWidth mt={4} onClick={() => void open().catch(failed)}>{count > 0 ? t("history.commentCount", { count }) : t("history.comment")}</Button>;
}
