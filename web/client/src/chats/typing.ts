// Who is typing where. The server tells each time; after six seconds without it, nobody is.
import type { tl } from "@mtcute/core";
import { live } from "../api/live.ts";
import { Observable } from "../api/observable.ts";
import { channelBase, peerId } from "../api/peers.ts";

const holds = 6000;
const nobody: readonly number[] = [];

class Typing extends Observable {
  private readonly chats = new Map<number, Map<number, ReturnType<typeof setTimeout>>>();
  private readonly lists = new Map<number, readonly number[]>();

  constructor() {
    super();
    live.add((update) => this.hear(update));
  }

  // Numbers of the people who are.
  in(chat: number): readonly number[] {
    return this.lists.get(chat) ?? nobody;
  }

  private relist(chat: number): void {
    const people = this.chats.get(chat);
    if (people) this.lists.set(chat, [...people.keys()]);
    else this.lists.delete(chat);
    this.changed();
  }

  private hear(update: tl.TypeUpdate): void {
    if (update._ === "updateUserTyping") this.typed(update.userId, update.userId, update.action);
    if (update._ === "updateChatUserTyping") this.typed(-update.chatId, peerId(update.fromId), update.action);
    if (update._ === "updateChannelUserTyping") this.typed(channelBase - update.channelId, peerId(update.fromId), update.action);
    if ((update._ === "updateNewMessage" || update._ === "updateNewChannelMessage") && update.message._ === "message") {
      const chat = peerId(update.message.peerId);
      this.stop(chat, update.message.fromId ? peerId(update.message.fromId) : chat);
    }
  }

  private typed(chat: number, person: number, action: tl.TypeSendMessageAction): void {
    if (action._ === "sendMessageCancelAction") return this.stop(chat, person);
    const people = this.chats.get(chat) ?? new Map<number, ReturnType<typeof setTimeout>>();
    const known = people.has(person);
    clearTimeout(people.get(person));
    people.set(person, setTimeout(() => this.stop(chat, person), holds));
    this.chats.set(chat, people);
    if (!known) this.relist(chat);
  }

  private stop(chat: number, person: number): void {
    const people = this.chats.get(chat);
    if (!people?.has(person)) return;
    clearTimeout(people.get(person));
    people.delete(person);
    if (people.size === 0) this.chats.delete(chat);
    this.relist(chat);
  }
}

export const typing = new Typing();
