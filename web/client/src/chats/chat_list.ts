// The account's chats, newest first, as the server listed them and as its updates changed them since.
import { Chat, Dialog, Message, type Peer, type PeersIndex, type tl, toggleChannelIdMark, User } from "@mtcute/core";
import { keep, kept } from "../api/cache.ts";
import { tg } from "../api/client.ts";
import { isError } from "../api/errors.ts";
import { live } from "../api/live.ts";
import { Observable } from "../api/observable.ts";
import { isChannelId, peerId, peers } from "../api/peers.ts";
import { compareEntries, type Entry } from "./entry.ts";

interface Kept {
  dialogs: tl.RawDialog[];
  messages: tl.TypeMessage[];
  users: tl.TypeUser[];
  chats: tl.TypeChat[];
}

const pageSize = 60;

export class ChatList extends Observable {
  private readonly entries = new Map<number, Entry>();
  private sorted: Entry[] | undefined;
  private pages: AsyncIterator<Dialog> | undefined;
  private starting: Promise<void> | undefined;
  private loading: Promise<void> | undefined;
  private readonly refreshing = new Map<number, { again: boolean; done: Promise<void> }>();
  private keepTimer: ReturnType<typeof setTimeout> | undefined;
  hasMore = true;
  loaded = false;
  failed: unknown;
  folders: tl.RawDialogFilter[] = [];

  constructor() {
    super();
    live.add((update, index) => this.hear(update, index));
  }

  all(): readonly Entry[] {
    this.sorted ??= [...this.entries.values()].sort(compareEntries);
    return this.sorted;
  }

  get(id: number): Entry | undefined {
    return this.entries.get(id);
  }

  // The first page, again when the connection was lost; what was kept is shown until it comes. Idempotent while under way.
  start(): Promise<void> {
    this.starting ??= this.begin().finally(() => { this.starting = undefined; });
    return this.starting;
  }

  private async begin(): Promise<void> {
    if (!this.loaded) await this.recall();
    // A page of the former walk may be on its way.
    while (this.loading) await this.loading;
    this.pages = undefined;
    this.hasMore = true;
    await this.more();
    try {
      this.folders = (await tg().getFolders()).filters.filter((each) => each._ === "dialogFilter");
      this.touched();
    } catch { /* shown without folders */ }
  }

  // Idempotent while a page is on its way. It is told when it is there, so that whoever hears of it may ask for the next.
  more(): Promise<void> {
    this.loading ??= this.readPage().finally(() => {
      this.loading = undefined;
      this.touched();
    });
    return this.loading;
  }

  private async readPage(): Promise<void> {
    try {
      this.pages ??= tg().iterDialogs({ archived: "keep", chunkSize: pageSize })[Symbol.asyncIterator]();
      for (let n = 0; n < pageSize; n += 1) {
        const next = await this.pages.next();
        if (next.done === true) {
          this.hasMore = false;
          break;
        }
        this.take(next.value);
      }
      this.failed = undefined;
      this.loaded = true;
    } catch (error) {
      this.failed = error;
      this.pages = undefined;
    }
  }

  // One chat anew from the server: something about it changed that the update does not say.
  refresh(id: number): Promise<void> {
    const running = this.refreshing.get(id);
    if (running) {
      // What has changed since may not be in the answer that is on its way.
      running.again = true;
      return running.done;
    }
    const run = { again: false, done: Promise.resolve() };
    run.done = this.ask(id, run).finally(() => this.refreshing.delete(id));
    this.refreshing.set(id, run);
    return run.done;
  }

  private async ask(id: number, run: { again: boolean }): Promise<void> {
    do {
      run.again = false;
      try {
        const [dialog] = await tg().getPeerDialogs(id);
        if (dialog && !isClosed(dialog.peer) && (dialog.lastMessage !== null || this.entries.has(id))) this.take(dialog);
        else this.entries.delete(id);
        this.touched();
      } catch (error) {
        // Deleted, or one is no longer let in. Else there is no connection, and nothing is known.
        if (isError(error, "CHANNEL_PRIVATE", "CHANNEL_INVALID", "CHAT_ID_INVALID", "PEER_ID_INVALID")) {
          this.entries.delete(id);
          this.touched();
        }
      }
    } while (run.again);
  }

  private take(dialog: Dialog): void {
    const { peer, raw } = dialog;
    peers.put(peer);
    if (dialog.lastMessage) peers.put(dialog.lastMessage.sender);
    this.entries.set(peer.id, {
      id: peer.id,
      peer,
      last: dialog.lastMessage,
      unread: dialog.unreadCount,
      mentions: dialog.unreadMentionsCount,
      reactions: dialog.unreadReactionsCount,
      readIn: dialog.lastReadIngoing,
      readOut: dialog.lastReadOutgoing,
      pinned: dialog.isPinned ? (this.entries.get(peer.id)?.pinned ?? 1) : 0,
      muted: isMuted(raw.notifySettings),
      marked: dialog.isManuallyUnread,
      archived: dialog.isArchived,
      draft: dialog.draftMessage,
      raw,
    });
  }

  private touched(): void {
    this.sorted = undefined;
    this.changed();
    clearTimeout(this.keepTimer);
    this.keepTimer = setTimeout(() => this.remember(), 1000);
  }

  private amend(id: number, part: Partial<Entry>): void {
    const entry = this.entries.get(id);
    if (!entry) return void this.refresh(id);
    this.entries.set(id, { ...entry, ...part });
    this.touched();
  }

  // A message that was sent or came.
  arrived(message: Message): void {
    const entry = this.entries.get(message.chat.id);
    peers.put(message.chat, message.sender);
    if (!entry) return void this.refresh(message.chat.id);
    if (entry.last && entry.last.id > message.id) return;
    const again = entry.last?.id === message.id;
    const counts = !again && !message.isOutgoing && message.id > entry.readIn;
    this.amend(entry.id, {
      last: message,
      peer: peers.get(entry.id) ?? entry.peer,
      unread: entry.unread + (counts ? 1 : 0),
      mentions: entry.mentions + (counts && message.isMention ? 1 : 0),
      ...(message.isOutgoing && !again ? { unread: 0, marked: false } : {}),
    });
  }

  private hear(update: tl.TypeUpdate, index: PeersIndex): void {
    switch (update._) {
      case "updateNewMessage":
      case "updateNewChannelMessage":
        if (update.message._ !== "messageEmpty") this.arrived(new Message(update.message, index));
        break;
      case "updateEditMessage":
      case "updateEditChannelMessage": {
        if (update.message._ === "messageEmpty") break;
        const message = new Message(update.message, index);
        if (this.entries.get(message.chat.id)?.last?.id === message.id) this.amend(message.chat.id, { last: message });
        break;
      }
      case "updateDeleteMessages":
        for (const entry of this.entries.values()) {
          if (entry.last && !isChannelId(entry.id) && update.messages.includes(entry.last.id)) void this.refresh(entry.id);
        }
        break;
      case "updateDeleteChannelMessages": {
        const id = toggleChannelIdMark(update.channelId);
        const entry = this.entries.get(id);
        if (entry && (entry.unread > 0 || (entry.last && update.messages.includes(entry.last.id)))) void this.refresh(id);
        break;
      }
      case "updateReadHistoryInbox":
        this.read(peerId(update.peer), update.maxId, update.stillUnreadCount);
        break;
      case "updateReadChannelInbox":
        this.read(toggleChannelIdMark(update.channelId), update.maxId, update.stillUnreadCount);
        break;
      case "updateReadHistoryOutbox":
        this.amend(peerId(update.peer), { readOut: update.maxId });
        break;
      case "updateReadChannelOutbox":
        this.amend(toggleChannelIdMark(update.channelId), { readOut: update.maxId });
        break;
      case "updateReadMessagesContents":
      case "updateChannelReadMessagesContents": {
        const id = update._ === "updateChannelReadMessagesContents" ? toggleChannelIdMark(update.channelId) : undefined;
        for (const entry of this.entries.values()) {
          if ((id === undefined || entry.id === id) && (entry.mentions > 0 || entry.reactions > 0)) void this.refresh(entry.id);
        }
        break;
      }
      case "updateMessageReactions":
        if (this.entries.has(peerId(update.peer))) void this.refresh(peerId(update.peer));
        break;
      case "updateDraftMessage":
        if (update.topMsgId === undefined) void this.refresh(peerId(update.peer));
        break;
      case "updateDialogUnreadMark":
        if (update.peer._ === "dialogPeer") this.amend(peerId(update.peer.peer), { marked: update.unread ?? false });
        break;
      case "updateNotifySettings":
        if (update.peer._ === "notifyPeer") {
          const id = peerId(update.peer.peer);
          if (this.entries.has(id)) this.amend(id, { muted: isMuted(update.notifySettings) });
        }
        break;
      case "updateDialogPinned":
        if (update.peer._ === "dialogPeer") this.amend(peerId(update.peer.peer), { pinned: update.pinned ? Date.now() : 0 });
        break;
      case "updatePinnedDialogs":
        this.pinnedAnew(update.order ?? []);
        break;
      case "updateFolderPeers":
        for (const each of update.folderPeers) this.amend(peerId(each.peer), { archived: each.folderId === 1 });
        break;
      case "updateDialogFilter":
      case "updateDialogFilterOrder":
      case "updateDialogFilters":
        void tg().getFolders().then(({ filters }) => {
          this.folders = filters.filter((each) => each._ === "dialogFilter");
          this.touched();
        }).catch(() => undefined);
        break;
      case "updateChannel":
        void this.refresh(toggleChannelIdMark(update.channelId));
        break;
      case "updateChat":
        void this.refresh(-update.chatId);
        break;
      default:
    }
  }

  private read(id: number, maxId: number, left: number): void {
    if (this.entries.has(id)) this.amend(id, { readIn: maxId, unread: left, marked: false });
  }

  private pinnedAnew(order: tl.TypeDialogPeer[]): void {
    const ids = order.flatMap((each) => (each._ === "dialogPeer" ? [peerId(each.peer)] : []));
    for (const [id, entry] of this.entries) {
      const at = ids.indexOf(id);
      if (at >= 0 || entry.pinned > 0) this.entries.set(id, { ...entry, pinned: at < 0 ? 0 : ids.length - at });
    }
    this.touched();
  }

  private remember(): void {
    const first = this.all().slice(0, 100);
    const people = new Map<number, Peer>();
    for (const entry of first) {
      people.set(entry.id, entry.peer);
      if (entry.last) people.set(entry.last.sender.id, entry.last.sender);
    }
    void keep("chats", {
      dialogs: first.map((entry) => ({ ...entry.raw, unreadCount: entry.unread, readInboxMaxId: entry.readIn, topMessage: entry.last?.id ?? 0 })),
      messages: first.flatMap((entry) => (entry.last ? [entry.last.raw] : [])),
      users: [...people.values()].flatMap((peer) => (peer instanceof User ? [peer.raw] : [])),
      chats: [...people.values()].flatMap((peer) => (peer instanceof Chat ? [peer.raw] : [])),
    } satisfies Kept);
  }

  private async recall(): Promise<void> {
    const page = await kept<Kept>("chats");
    if (!page || this.loaded) return;
    try {
      for (const dialog of Dialog.parseTlDialogs({ _: "messages.dialogs", ...page })) this.take(dialog);
    } catch { /* written by another version */ }
    this.touched();
  }
}

// Deleted, or one was put out: there is nothing in it to be read any more.
const isClosed = (peer: Peer): boolean => peer.type === "chat" && (peer.raw._ === "channelForbidden" || peer.raw._ === "chatForbidden");

export function isMuted(settings: tl.TypePeerNotifySettings): boolean {
  return (settings.muteUntil ?? 0) * 1000 > Date.now();
}

export const chatList = new ChatList();
