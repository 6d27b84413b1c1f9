// What the server tells without being asked. Whoever keeps state registers here; each update comes once, in order, to
// all tabs, also what this account did itself.
import { type Message, PeersIndex, type tl } from "@mtcute/core";
import { pack, unpack } from "./cache.ts";
import { tg } from "./client.ts";

export type Listener = (update: tl.TypeUpdate, peers: PeersIndex) => void;

interface Told {
  update: tl.TypeUpdate;
  users: tl.TypeUser[];
  chats: tl.TypeChat[];
}

class Live {
  private readonly listeners = new Set<Listener>();
  private readonly others = new BroadcastChannel("updates");

  start(): void {
    tg().onRawUpdate.add(({ update, peers }) => this.emit(update, peers));
    this.others.onmessage = (event: MessageEvent<unknown>) => {
      const { update, users, chats } = unpack(event.data) as Told;
      this.emit(update, PeersIndex.from({ users, chats }));
    };
  }

  add(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  // For what the server tells only the device that did it (deletions, readings): this tab and the others hear of it.
  did(update: tl.TypeUpdate): void {
    this.tell({ update, users: [], chats: [] });
    this.emit(update, new PeersIndex());
  }

  // What this tab has sent, for the other tabs: the server's answer came to this one alone.
  sent(message: Message): void {
    const { users, chats } = message._peers;
    const channel = message.chat.type === "chat" && message.chat.chatType !== "group";
    this.tell({
      update: { _: channel ? "updateNewChannelMessage" : "updateNewMessage", message: message.raw, pts: 0, ptsCount: 0 },
      users: [...users.values()], chats: [...chats.values()],
    });
  }

  private tell(told: Told): void {
    this.others.postMessage(pack(told));
  }

  private emit(update: tl.TypeUpdate, peers: PeersIndex): void {
    for (const listener of this.listeners) {
      try {
        listener(update, peers);
      } catch (error) {
        console.error(error);  // one screen's fault must not stop the others
      }
    }
  }
}

export const live = new Live();
