import type { Chat } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { chatList } from "../chats/chat_list.ts";
import { chatName } from "../chats/names.ts";
import { ask } from "../layout/dialogs.tsx";
import { t } from "../texts/index.ts";

// Whether it was done.
export async function leave(chat: Chat): Promise<boolean> {
  const text = chat.isCreator ? t("info.leaveOwner") : chat.username === null ? t("info.leavePrivate") : t("info.leaveText");
  if (!(await ask({ title: t("info.leaveTitle", { name: chatName(chat) }), text, yes: t("info.leave"), grave: true }))) return false;
  await tg().leaveChat(chat);
  await chatList.refresh(chat.id);
  return true;
}
