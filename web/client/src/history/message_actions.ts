// What can be done with a message, in the order of its menu. Other areas add theirs (reports, ...).
import type { Message, Peer } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { copy } from "../layout/notify.ts";
import { mayWrite } from "../compose/may_write.ts";
import { isBroadcast } from "../groups/may.ts";
import { reportMessageAction } from "../report/actions.ts";
import { t } from "../texts/index.ts";
import type { ChatContextValue } from "./context.ts";
import { markedOf } from "./quote.ts";

export interface MessageAction {
  key: string;
  label: (message: Message) => string;
  shown: (message: Message, peer: Peer) => boolean;
  // `album` has all messages of an album, else the one.
  run: (given: { message: Message; album: readonly Message[]; peer: Peer; chat: ChatContextValue }) => void | Promise<unknown>;
  grave?: boolean;
}

const mayPin = (peer: Peer): boolean =>
  peer.type === "user" || peer.isCreator || peer.adminRights?.pinMessages === true || (isBroadcast(peer) ? peer.adminRights?.editMessages === true : peer.isMember && peer.defaultPermissions?.canPinMessages === true);

const mayDelete = (message: Message, peer: Peer): boolean =>
  peer.type === "user" || message.isOutgoing || peer.isCreator || peer.adminRights?.deleteMessages === true || peer.chatType === "group";

const mayEdit = (message: Message, peer: Peer): boolean =>
  message.forward === null && message.media?.type !== "poll" && message.media?.type !== "sticker" &&
  (message.isOutgoing || (message.isChannelPost && peer.type === "chat" && (peer.isCreator || peer.adminRights?.editMessages === true)));

export const messageActions: readonly MessageAction[] = [
  {
    key: "reply", label: (message) => t(markedOf(message) ? "history.quote" : "history.reply"), shown: (message, peer) => mayWrite(peer, message.raw.replyTo !== undefined),
    run: ({ message, chat }) => { chat.setEditing(undefined); chat.setReply({ message, quote: markedOf(message) }); },
  },
  { key: "edit", label: () => t("history.edit"), shown: mayEdit, run: ({ message, album, chat }) => { chat.setReply(undefined); chat.setEditing(album.find((each) => each.text !== "") ?? message); } },
  { key: "copy", label: () => t("common.copy"), shown: (message) => message.text !== "", run: ({ message }) => copy(message.text) },
  { key: "forward", label: () => t("history.forward"), shown: (message) => !message.isContentProtected, run: ({ album, chat }) => chat.ask({ what: "forward", messages: album }) },
  {
    key: "pin", label: (message) => t(message.isPinned ? "history.unpin" : "history.pin"), shown: (_message, peer) => mayPin(peer),
    run: ({ message, chat }) => (message.isPinned ? tg().unpinMessage({ chatId: chat.chat, message: message.id }) : tg().pinMessage({ chatId: chat.chat, message: message.id, bothSides: true })),
  },
  { key: "delete", label: () => t("history.delete"), shown: mayDelete, grave: true, run: ({ album, chat }) => chat.ask({ what: "delete", messages: album }) },
  reportMessageAction,
];
