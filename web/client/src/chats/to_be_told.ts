// Which messages one is told of.
import type { Message, Peer, tl } from "@mtcute/core";
import { isBroadcast } from "../groups/may.ts";
import type { Entry } from "./entry.ts";

// Whose settings hold for a chat that has none of its own.
export type Kind = "inputNotifyUsers" | "inputNotifyChats" | "inputNotifyBroadcasts";

export const kindOf = (peer: Peer): Kind => (peer.type === "user" ? "inputNotifyUsers" : isBroadcast(peer) ? "inputNotifyBroadcasts" : "inputNotifyChats");

// What came long ago, and is heard of only now, is in the list of chats; it is not told one by one.
const oldest = 5 * 60_000;

export function isToBeTold(message: Message, entry: Entry | undefined, ofKind: tl.TypePeerNotifySettings, now = Date.now()): boolean {
  if (message.isOutgoing || now - message.date.getTime() > oldest) return false;
  const quiet = (ofKind.muteUntil ?? 0) * 1000 > now;
  // The first of a chat, which is not in the list yet. A channel that one only looks at is not in it either.
  if (!entry) return !quiet && (message.chat.type === "user" || message.chat.isMember);
  if (entry.archived || message.id <= entry.readIn) return false;
  // Mentions are told even where the rest is not.
  if (message.isMention) return true;
  return !entry.muted && (entry.raw.notifySettings.muteUntil !== undefined || !quiet);
}
