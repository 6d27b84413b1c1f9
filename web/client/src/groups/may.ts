// What one may do in a chat, as far as the client knows; the server has the last word.
import type { Chat, Peer, tl } from "@mtcute/core";

export type AdminRight = Exclude<keyof tl.RawChatAdminRights, "_">;
export type BannedRight = Exclude<keyof tl.RawChatBannedRights, "_" | "untilDate">;

export const mayAdmin = (chat: Chat): boolean => chat.isMember && (chat.isCreator || chat.isAdmin);
export const may = (chat: Chat, right: AdminRight): boolean => chat.isMember && (chat.isCreator || chat.adminRights?.[right] === true);
export const isBasic = (chat: Chat): boolean => chat.chatType === "group";
export const isBroadcast = (peer: Peer): boolean => peer.type === "chat" && peer.chatType === "channel";

export const adminRights = (chat: Chat): readonly AdminRight[] =>
  isBroadcast(chat) ? ["changeInfo", "postMessages", "editMessages", "deleteMessages", "inviteUsers", "banUsers", "addAdmins"]
    : ["changeInfo", "deleteMessages", "banUsers", "inviteUsers", "pinMessages", "addAdmins", "anonymous", ...(chat.isForum ? (["manageTopics"] as const) : [])];

// What members may be kept from; true in the schema means kept from.
export const memberRights: readonly BannedRight[] = ["sendPlain", "sendPhotos", "sendVideos", "sendDocs", "sendVoices", "sendStickers", "sendPolls", "embedLinks", "inviteUsers", "pinMessages", "changeInfo"];

// Older clients know fewer rights, and read them from the ones that stand for several.
export function bannedOf(allowed: ReadonlySet<BannedRight>): Omit<tl.RawChatBannedRights, "_" | "untilDate"> {
  const kept = (right: BannedRight): boolean => !allowed.has(right);
  const media = (["sendPhotos", "sendVideos", "sendDocs", "sendVoices"] as const).every(kept);
  return {
    ...Object.fromEntries(memberRights.map((each) => [each, kept(each)])),
    sendGifs: kept("sendStickers"), sendGames: kept("sendStickers"), sendInline: kept("sendStickers"),
    sendAudios: kept("sendDocs"), sendRoundvideos: kept("sendVideos"), sendMedia: media,
    sendMessages: kept("sendPlain") && media && kept("sendStickers") && kept("sendPolls"),
  };
}

export function allowedOf(raw: tl.TypeChatBannedRights | undefined): Set<BannedRight> {
  const sends = (right: BannedRight): boolean => right.startsWith("send") || right === "embedLinks";
  return new Set(memberRights.filter((each) => raw?.[each] !== true && !(sends(each) && raw?.sendMessages === true)));
}

// The rights with this one given or taken.
export const toggled = <T>(rights: ReadonlySet<T>, right: T, on: boolean): ReadonlySet<T> => new Set(on ? [...rights, right] : [...rights].filter((each) => each !== right));
