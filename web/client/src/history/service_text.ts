// What happened in a chat, in a sentence.
import type { Message } from "@mtcute/core";
import { nameOf } from "../chats/names.ts";
import { isBroadcast } from "../groups/may.ts";
import { peers } from "../api/peers.ts";
import { t } from "../texts/index.ts";
import { plain } from "./plain.ts";

const people = (ids: readonly number[]): string => {
  const names = ids.map((id) => peers.get(id)).map((peer) => (peer ? nameOf(peer) : t("history.hiddenSender")));
  return new Intl.ListFormat(document.documentElement.lang || "en").format(names);
};

export function serviceText(message: Message): string {
  if (message.raw._ !== "messageService") return "";
  const name = nameOf(message.sender);
  const { action } = message.raw;
  switch (action._) {
    case "messageActionChatCreate": return t("history.service.chatCreated", { name, title: plain(action.title) });
    case "messageActionChannelCreate": return message.chat.type === "chat" && !isBroadcast(message.chat) ? t("history.service.chatCreated", { name, title: plain(action.title) }) : t("history.service.channelCreated");
    case "messageActionChatAddUser": return action.users.length === 1 && action.users[0] === message.sender.id ? t("history.service.joined", { name }) : t("history.service.usersAdded", { name, users: people(action.users) });
    case "messageActionChatJoinedByLink": return t("history.service.joinedByLink", { name });
    case "messageActionChatJoinedByRequest": return t("history.service.joinedByRequest", { name });
    case "messageActionChatDeleteUser": return action.userId === message.sender.id ? t("history.service.userLeft", { name }) : t("history.service.userRemoved", { name, user: people([action.userId]) });
    case "messageActionChatEditTitle": return t("history.service.titleChanged", { name, title: plain(action.title) });
    case "messageActionChatEditPhoto": return t("history.service.photoChanged", { name });
    case "messageActionChatDeletePhoto": return t("history.service.photoDeleted", { name });
    case "messageActionPinMessage": return t("history.service.messagePinned", { name });
    case "messageActionHistoryClear": return t("history.service.historyCleared");
    case "messageActionSetMessagesTTL": return t("history.service.ttlChanged", { name });
    case "messageActionTopicCreate": return t("history.service.topicCreated", { title: plain(action.title) });
    case "messageActionTopicEdit": return t("history.service.topicChanged");
    case "messageActionChatMigrateTo":
    case "messageActionChannelMigrateFrom": return t("history.service.migrated");
    case "messageActionContactSignUp": return t("history.service.contactSignedUp", { name });
    default: return t("history.service.other");
  }
}
