import type { Chat } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { isError } from "../api/errors.ts";
import { peers } from "../api/peers.ts";
import { told } from "../layout/notify.ts";
import { t } from "../texts/index.ts";
import { chatList } from "./chat_list.ts";

// A chat, its number or an invite link. Undefined, and said so: somebody has to let one in first.
export async function join(where: Chat | number | string): Promise<Chat | undefined> {
  let chat: Chat;
  try {
    chat = await tg().joinChat(where);
  } catch (error) {
    if (!isError(error, "INVITE_REQUEST_SENT")) throw error;
    told(t("links.requested"));
    return undefined;
  }
  peers.put(chat);
  await chatList.refresh(chat.id);
  return chat;
}
