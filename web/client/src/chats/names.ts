// How people, chats and messages are called in one line.
import type { Message, Peer, PeerSender } from "@mtcute/core";
import { session } from "../sign_in/session.ts";
import { t } from "../texts/index.ts";
import { plain } from "../history/plain.ts";

export function nameOf(peer: Peer | PeerSender): string {
  if (peer.type === "user" && peer.isDeleted) return t("common.deleted");
  return plain(peer.displayName) || t("common.deleted");
}

export function chatName(peer: Peer): string {
  return peer.id === session.userId ? t("chats.saved") : nameOf(peer);
}

const kinds = {
  photo: "media.photo", video: "media.video", voice: "media.voice", audio: "media.audio", document: "media.file", sticker: "media.sticker", poll: "media.poll", location: "media.location",
  live_location: "media.location", venue: "media.location", contact: "media.contact",
} as const;

// "Photo, what is written below it".
export function summary(message: Message): string {
  const media = message.media;
  const kind = media && media.type !== "webpage" ? t(media.type in kinds ? kinds[media.type as keyof typeof kinds] : "media.other") : "";
  const text = plain(message.text.slice(0, 200)).replaceAll(/\s+/g, " ").trim();
  if (kind === "") return text || t("media.other");
  const what = media?.type === "sticker" && media.emoji ? `${media.emoji} ${kind}` : media?.type === "poll" ? `${kind}: ${plain(media.question)}` : kind;
  return text ? `${what}, ${text}` : what;
}
