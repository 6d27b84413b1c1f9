import type { HeadAction } from "../history/head_menu.tsx";
import { t } from "../texts/index.ts";

export const infoAction: HeadAction = { key: "info", label: () => t("chats.info"), shown: () => true, run: ({ peer, navigate }) => navigate(`/chat/${peer.id}/info`) };
export const searchAction: HeadAction = { key: "search", label: () => t("search.inChat"), shown: () => true, run: ({ peer, navigate }) => navigate(`/chat/${peer.id}/search`) };
export const leaveAction: HeadAction = {
  key: "leave",
  label: () => t("history.leave"),
  shown: (peer) => peer.type === "chat" && peer.isMember && !peer.isCreator,
  run: async ({ peer, navigate }) => { if (peer.type === "chat" && (await (await import("./leave.ts")).leave(peer))) await navigate("/"); },
  grave: true,
};
