import type { Peer } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { chatName } from "../chats/names.ts";
import { ask } from "../layout/dialogs.tsx";
import { t } from "../texts/index.ts";

// Whether it was done.
export async function block(peer: Peer, on: boolean): Promise<boolean> {
  const name = chatName(peer);
  if (on && !(await ask({ title: t("report.blockTitle", { name }), text: t("report.blockText"), yes: t("report.block"), grave: true }))) return false;
  await (on ? tg().blockUser(peer) : tg().unblockUser(peer));
  return true;
}
