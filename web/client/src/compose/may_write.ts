import type { Peer } from "@mtcute/core";
import { isBroadcast } from "../groups/may.ts";

// Somebody who only looks at a public chat.
export function mayJoin(peer: Peer): boolean {
  return peer.type === "chat" && !peer.isMember && !peer.isBanned && !peer.isLikelyUnavailable && peer.chatType !== "group" && peer.username !== null;
}

// As far as the client knows; the server has the last word.
// Below a channel's post one may write without being in its group, unless that asks for it.
export function mayWrite(peer: Peer, inComments = false): boolean {
  if (peer.type === "user") return !peer.isDeleted;
  const guest = inComments && !peer.hasJoinToSend && !peer.isForum;
  if (peer.isBanned || (!guest && (peer.isLikelyUnavailable || !peer.isMember))) return false;
  if (peer.isCreator) return true;
  if (isBroadcast(peer)) return peer.adminRights?.postMessages === true;
  if (peer.isAdmin) return true;
  return peer.permissions?.canSendMessages !== false && peer.defaultPermissions?.canSendMessages !== false;
}
