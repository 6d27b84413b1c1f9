// What can be done with the chat that is open, in the order of its menu. Other areas add theirs.
import { infoAction, leaveAction, searchAction } from "../info/actions.ts";
import { reportChatAction } from "../report/actions.ts";
import { t } from "../texts/index.ts";
import type { HeadAction } from "./head_menu.tsx";

export const headActions: readonly HeadAction[] = [
  infoAction,
  searchAction,
  { key: "date", label: () => t("history.jumpToDate"), shown: (_peer, chat) => chat !== undefined, run: ({ chat }) => chat?.ask({ what: "date" }) },
  { key: "scheduled", label: () => t("history.scheduled"), shown: (_peer, chat) => chat !== undefined && chat.thread === undefined, run: ({ chat }) => chat?.ask({ what: "scheduled" }) },
  reportChatAction,
  leaveAction,
];
