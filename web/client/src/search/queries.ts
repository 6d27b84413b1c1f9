// What the search asks the server.
import { Chat, Message, type Peer, PeersIndex, type tl, User } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { peerId, peers } from "../api/peers.ts";
import { parseLink } from "../links/link.ts";

// The channel that answers what the guard holds back: docs/search.md.
export const helpChannel = "searchhelp";
export const isHelp = (peer: Peer): boolean => peer.username === helpChannel;

export interface Found {
  mine: Peer[];
  others: Peer[];
  held: boolean;  // help stands in the place of what is public
}

export async function findPeers(query: string): Promise<Found> {
  const answer = await tg().call({ _: "contacts.search", q: query, limit: 50 });
  const index = PeersIndex.from(answer);
  peers.putIndex(index);
  const of = (list: readonly tl.TypePeer[]): Peer[] => list.flatMap((each) => peers.get(peerId(each)) ?? []);
  const others = of(answer.results);
  return { mine: of(answer.myResults), others: others.filter((each) => !isHelp(each)), held: others.some(isHelp) };
}

export interface Offset {
  rate: number;
  peer: tl.TypeInputPeer;
  id: number;
}

export interface Posts {
  messages: Message[];
  total: number;
  help: Message | undefined;
  next: Offset | undefined;
}

const first: Offset = { rate: 0, peer: { _: "inputPeerEmpty" }, id: 0 };
const pageSize = 30;

function read(answer: tl.messages.TypeMessages): Posts {
  if (answer._ === "messages.messagesNotModified") return { messages: [], total: 0, help: undefined, next: undefined };
  const index = PeersIndex.from(answer);
  peers.putIndex(index);
  const all = answer.messages.filter((each) => each._ !== "messageEmpty").map((each) => new Message(each, index));
  const last = all.at(-1);
  // The last page has no rate to go on with.
  const next = answer._ === "messages.messagesSlice" && answer.nextRate !== undefined && last ? { rate: answer.nextRate, peer: last.chat.inputPeer, id: last.id } : undefined;
  return { messages: all.filter((each) => !isHelp(each.chat)), total: "count" in answer ? answer.count : all.length, help: all.find((each) => isHelp(each.chat)), next };
}

// Of all public channels and groups: by words, or by a hashtag.
export async function findPosts(query: string, from: Offset = first): Promise<Posts> {
  const tag = /^#(\S+)$/.exec(query.trim());
  return read(await tg().call({ _: "channels.searchPosts", ...(tag ? { hashtag: tag[1]! } : { query: query.trim() }), offsetRate: from.rate, offsetPeer: from.peer, offsetId: from.id, limit: pageSize }));
}

// Of one's own chats.
export async function findMessages(query: string, from: Offset = first): Promise<Posts> {
  return read(await tg().call({ _: "messages.searchGlobal", q: query, filter: { _: "inputMessagesFilterEmpty" }, minDate: 0, maxDate: 0, offsetRate: from.rate, offsetPeer: from.peer, offsetId: from.id, limit: pageSize }));
}

// Whether the help has a way to see the results all the same: what the bot is begun with.
export function wayOn(help: Message): string | undefined {
  if (help.raw._ !== "message") return undefined;
  for (const entity of help.raw.entities ?? []) {
    const link = entity._ === "messageEntityTextUrl" ? parseLink(entity.url) : undefined;
    if (link?.to === "name" && link.username === "searchreport" && link.start !== undefined) return link.start;
  }
  return undefined;
}

// The words of the help, without those of the link.
export function helpText(help: Message): string {
  if (help.raw._ !== "message") return "";
  const link = (help.raw.entities ?? []).find((each) => each._ === "messageEntityTextUrl");
  return (link ? help.text.slice(0, link.offset) + help.text.slice(link.offset + link.length) : help.text).trim();
}

// Public channels that one might like: of the newcomer the largest.
export async function recommended(): Promise<Chat[]> {
  const answer = await tg().call({ _: "channels.getChannelRecommendations" });
  const chats = answer.chats.filter((each) => each._ !== "chatEmpty").map((each) => new Chat(each)).filter((each) => !isHelp(each));
  peers.put(...chats);
  return chats;
}

export const isPerson = (peer: Peer): peer is User => peer.type === "user";
