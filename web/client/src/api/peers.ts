// People and chats as the server described them last, by mtcute's number for them: a user's is positive, a basic group's
// negative, a channel's below -1000000000000.
import { Chat, type Peer, type PeersIndex, type tl, User } from "@mtcute/core";
import { tg } from "./client.ts";
import { live } from "./live.ts";
import { Observable } from "./observable.ts";

export const channelBase = -1000000000000;
export const isChannelId = (id: number): boolean => id <= channelBase;

// The number of a peer of the schema.
export function peerId(peer: tl.TypePeer): number {
  if (peer._ === "peerUser") return peer.userId;
  return peer._ === "peerChat" ? -peer.chatId : channelBase - peer.channelId;
}

class Peers extends Observable {
  private readonly known = new Map<number, Peer>();
  private readonly leaving = new Map<number, ReturnType<typeof setTimeout>>();

  constructor() {
    super();
    live.add((update, index) => this.hear(update, index));
  }

  get(id: number): Peer | undefined {
    return this.known.get(id);
  }

  put(...peers: Peer[]): void {
    let news = false;
    for (const peer of peers) {
      const before = this.known.get(peer.id);
      // What comes with a message may be less than what is known.
      if (before && !before.isMin && peer.isMin) continue;
      if (before?.raw === peer.raw) continue;
      this.keep(peer);
      news = true;
    }
    if (news) this.changed();
  }

  putIndex(index: PeersIndex): void {
    this.put(...[...index.users.values()].filter((user) => user._ === "user").map((user) => new User(user)),
      ...[...index.chats.values()].filter((chat) => chat._ !== "chatEmpty").map((chat) => new Chat(chat)));
  }

  // From what is known, or from the server.
  async find(id: number): Promise<Peer> {
    const known = this.known.get(id);
    if (known && !known.isMin) return known;
    const peer = await tg().getPeer(id);
    this.put(peer);
    return this.known.get(id) ?? peer;
  }

  private hear(update: tl.TypeUpdate, index: PeersIndex): void {
    this.putIndex(index);
    if (update._ === "updateUserStatus") this.amend(update.userId, { status: update.status });
    if (update._ === "updateUserName") {
      this.amend(update.userId, { firstName: update.firstName, lastName: update.lastName, usernames: update.usernames, username: update.usernames.find((each) => each.active)?.username });
    }
    if (update._ === "updateUserPhone") this.amend(update.userId, { phone: update.phone });
    if (update._ === "updateUser") void tg().getPeer(update.userId).then((peer) => this.put(peer)).catch(() => undefined);
  }

  private amend(userId: number, part: Partial<tl.RawUser>): void {
    const before = this.known.get(userId);
    if (before?.type !== "user") return;
    this.keep(new User({ ...before.raw, ...part }));
    this.changed();
  }

  // Who is there is there until a time that the server said; it says nothing when that has come.
  private keep(peer: Peer): void {
    clearTimeout(this.leaving.get(peer.id));
    this.leaving.delete(peer.id);
    const status = peer.type === "user" ? peer.raw.status : undefined;
    if (peer.type !== "user" || status?._ !== "userStatusOnline") return void this.known.set(peer.id, peer);
    const left: tl.TypeUserStatus = { _: "userStatusOffline", wasOnline: status.expires };
    const wait = status.expires * 1000 - Date.now();
    this.known.set(peer.id, wait > 0 ? peer : new User({ ...peer.raw, status: left }));
    // A timer goes 24 days at most; nobody is there that long without another word.
    if (wait > 0) this.leaving.set(peer.id, setTimeout(() => this.amend(peer.id, { status: left }), Math.min(wait, 86_400_000)));
  }
}

export const peers = new Peers();
