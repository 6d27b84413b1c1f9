// The line below a name: whether somebody is there, how many are in a group.
import type { Peer } from "@mtcute/core";
import { isBroadcast } from "../groups/may.ts";
import { session } from "../sign_in/session.ts";
import { t } from "../texts/index.ts";
import { listTime, time } from "../layout/formats.ts";

export function presence(peer: Peer): string {
  if (peer.type === "chat") {
    const count = peer.membersCount;
    if (count === null) return "";
    return isBroadcast(peer) ? t("chats.subscribers", { count }) : t("chats.members", { count });
  }
  if (peer.id === session.userId) return "";
  switch (peer.status) {
    case "online": return t("chats.online");
    case "bot": return t("chats.bot");
    case "recently": return t("chats.recently");
    case "within_week": return t("chats.withinWeek");
    case "within_month": return t("chats.withinMonth");
    case "offline": {
      const at = peer.lastOnline;
      if (!at) return t("chats.longAgo");
      const when = listTime(at);
      return t("chats.lastSeen", { when: when === time(at) ? when : `${when}, ${time(at)}` });
    }
    default: return t("chats.longAgo");
  }
}
