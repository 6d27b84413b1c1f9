import type { Chat, User } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { told } from "../layout/notify.ts";
import { t } from "../texts/index.ts";

// Who does not let others add them stays out, and that is said.
export async function addPeople(chat: Chat, people: readonly User[]): Promise<void> {
  const missing = await tg().addChatMembers(chat, [...people], {});
  if (missing.length > 0) told(t("groups.notAdded", { count: missing.length }));
}
