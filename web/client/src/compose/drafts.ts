// What was begun and not sent, kept by the server, so that it is there on other devices, too.
import { tg } from "../api/client.ts";
import { chatList } from "../chats/chat_list.ts";
import type { History } from "../history/history.ts";
import { parseMarkdown, toMarkdown } from "./markdown.ts";

export function draftOf(history: History): string {
  const draft = history.thread === undefined ? chatList.get(history.chat)?.draft : undefined;
  return draft ? toMarkdown(draft.text, draft.raw.entities ?? []) : "";
}

// Threads have none: the server keeps one a chat.
export async function saveDraft(history: History, source: string): Promise<void> {
  if (history.thread !== undefined) return;
  const { text, entities } = parseMarkdown(source);
  const before = chatList.get(history.chat)?.draft?.text ?? "";
  if (text === before) return;
  try {
    await tg().saveDraft(history.chat, text === "" ? null : { message: text, entities });
    await chatList.refresh(history.chat);
  } catch { /* kept in the field as long as it is open */ }
}
