import type { NavigateFunction } from "react-router";
import { historyOf } from "./history.ts";

// Opens a conversation where this message is.
export async function openAt(navigate: NavigateFunction, chat: number, message: number): Promise<void> {
  const history = historyOf(chat);
  if (history.isOpen) void history.jump(message);
  else history.startAt = message;
  await navigate(`/chat/${chat}`);
}
