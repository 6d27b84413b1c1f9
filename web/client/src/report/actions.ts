// What of this is in the menus of a message and of a chat.
import type { MessageAction } from "../history/message_actions.ts";
import type { HeadAction } from "../history/head_menu.tsx";
import { session } from "../sign_in/session.ts";
import { t } from "../texts/index.ts";
import { serviceAccount } from "./letters.ts";
import { withheldOf } from "./tombstone.tsx";

export const reportMessageAction: MessageAction = {
  key: "report",
  label: () => t("report.report"),
  shown: (message) => !message.isOutgoing && !message.isService && message.chat.id !== serviceAccount && message.chat.id !== session.userId && withheldOf(message) === undefined,
  run: async ({ album }) => (await import("./report.tsx")).reportMessages(album),
  grave: true,
};

export const reportChatAction: HeadAction = {
  key: "report",
  label: () => t("report.report"),
  shown: (peer) => peer.id !== serviceAccount && peer.id !== session.userId && !(peer.type === "chat" && peer.isCreator),
  run: async ({ peer }) => (await import("./report.tsx")).reportPeer(peer),
  grave: true,
};
