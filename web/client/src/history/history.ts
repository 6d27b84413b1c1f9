// One conversation (a chat, or a thread in it): what is loaded of it, what is on its way, and what the server's updates
// change in it.
import { Chat, Message, type Peer, PeersIndex, type tl, User } from "@mtcute/core";
import Long from "long";
import { keep, kept } from "../api/cache.ts";
import { tg } from "../api/client.ts";
import { live } from "../api/live.ts";
import { Observable } from "../api/observable.ts";
import { channelBase, isChannelId, peerId, peers } from "../api/peers.ts";
import { chatList } from "../chats/chat_list.ts";
import { contentsRead } from "./contents_read.ts";
import { rawOf } from "./raw.ts";
import { arrive, extend, nothing, remove, replace, trim, type Window } from "./window.ts";

const pageSize = 50;
const windowMax = 600;
const keptMessages = 60;
// How long what is read goes untold while one scrolls, milliseconds.
const readPause = 250;
const allRead = { unread: 0, readIn: 0 };

// What is being sent, or could not be.
export interface Pending {
  key: string;
  text: string;
  file?: { name: string; progress: number; preview?: string };
  state: "sending" | "failed";
  error?: unknown;
  cancel: () => void;
  again: () => void;
}

interface Kept {
  messages: tl.TypeMessage[];
  users: tl.TypeUser[];
  chats: tl.TypeChat[];
}

export class History extends Observable {
  window: Window<Message> = nothing;
  pending: readonly Pending[] = [];
  failed: unknown;
  // Shown from what was kept, or from when it was open last: it may have holes by now, and what was deleted.
  fromCache = false;
  loadedOnce = false;
  // Where to scroll: a message, and whether to mark it.
  target: { id: number; at: "end" | "unread" | "middle" | "marked"; nonce: number } | undefined;
  // The newest message that was read when the chat was opened: above what follows it stands "Unread messages".
  unreadFrom: number | undefined;
  // The message that it is opened at next, instead of where one left off.
  startAt: number | undefined;
  // Whether the reader is at the end, or about to be: as the screen says.
  atBottom = true;
  private busy: "older" | "newer" | "jump" | undefined;
  // The last thing that was asked for. What an earlier one brings is of a place that was left.
  private turn = 0;
  // To be refreshed when what is being loaded is there.
  private stale = false;
  private keepTimer: ReturnType<typeof setTimeout> | undefined;
  // What came while something is being loaded: it may not be in the answer.
  private meanwhile: Message[] = [];
  private readTo = 0;
  // The newest that was on the screen, to be told as read; whether that is under way.
  private toRead = 0;
  private reading: Promise<void> | undefined;
  private readonly readMentions = new Set<number>();
  // How many reactions there were when they were last read.
  private readReactions = 0;
  private users = 0;
  private stop: (() => void) | undefined;

  constructor(readonly chat: number, readonly thread: number | undefined) {
    super();
  }

  // While a screen shows it. A channel that one is not in is told apart, so that its posts come, too.
  open(): () => void {
    this.users += 1;
    if (this.users === 1) {
      this.stop = live.add((update, index) => this.hear(update, index));
      if (isChannelId(this.chat)) void tg().notifyChannelOpened(channelBase - this.chat).catch(() => undefined);
      void this.start();
    }
    return () => {
      this.users -= 1;
      if (this.users > 0) return;
      this.stop?.();
      this.fromCache = this.loadedOnce;  // from here on nobody says what changes
      if (isChannelId(this.chat)) void tg().notifyChannelClosed(channelBase - this.chat).catch(() => undefined);
    };
  }

  get isOpen(): boolean {
    return this.users > 0;
  }

  // From the first message that was not read. Where few were not, the end is shown with it, if it has room for all of them.
  private async start(): Promise<void> {
    const at = this.startAt;
    this.startAt = undefined;
    if (at !== undefined) return this.jump(at);
    const entry = this.thread === undefined ? chatList.get(this.chat) : undefined;
    let { turn } = this;
    if (!this.loadedOnce) await this.recall();
    if (turn !== this.turn) return;
    if (this.thread !== undefined) {
      // Nothing else is loaded until it is known where to begin.
      this.busy = "jump";
      turn = this.turn += 1;
    }
    const { unread, readIn } = entry ?? (this.thread === undefined ? allRead : await this.threadRead(this.thread));
    if (turn !== this.turn) return;
    this.unreadFrom = unread > 0 ? readIn : undefined;
    if (unread > 15) await this.around({ offsetId: Math.max(1, readIn) }, (messages) => messages.find((each) => each.id > readIn)?.id ?? messages.at(-1)?.id, "unread");
    else await this.toEnd(this.unreadFrom);
  }

  // How far a topic or a post's comments were read. Of what the server does not say it for, the end is shown.
  private async threadRead(thread: number): Promise<typeof allRead> {
    try {
      const found = await tg().call({ _: "messages.getDiscussionMessage", peer: await tg().resolvePeer(this.chat), msgId: thread });
      return { unread: found.unreadCount, readIn: found.readInboxMaxId ?? 0 };
    } catch {
      return allRead;
    }
  }

  // Again after a lost connection. Whoever has scrolled up stays where they are.
  refresh(): Promise<void> {
    this.stale = this.busy === "older" || this.busy === "newer";
    if (this.busy) return Promise.resolve();
    const last = this.window.messages.at(-1);
    if (last === undefined || this.fromCache) return this.toEnd();
    // What is newer than a window in the middle is asked for when one gets there.
    if (!this.window.atEnd) return Promise.resolve();
    return this.loading("newer", { limit: pageSize }, (page) => {
      const more = page[0] !== undefined && page[0].id > last.id;
      if (this.joins(page)) this.window = extend(this.window, page, { atEnd: true });
      else if (this.atBottom) this.takeEnd(page);
      else this.window = { ...this.window, atEnd: false };
      if (more && this.atBottom && page[0]) this.aim(page[0].id, "end");
    });
  }

  private async page(at: { offsetId?: number; offsetDate?: number; addOffset?: number; limit: number }): Promise<Message[]> {
    const peer = await tg().resolvePeer(this.chat);
    const from = { peer, offsetId: at.offsetId ?? 0, offsetDate: at.offsetDate ?? 0, addOffset: at.addOffset ?? 0, limit: at.limit, maxId: 0, minId: 0, hash: Long.ZERO };
    const answer = await tg().call(this.thread === undefined ? { _: "messages.getHistory", ...from } : { _: "messages.getReplies", msgId: this.thread, ...from });
    if (answer._ === "messages.messagesNotModified") return [];
    const index = PeersIndex.from(answer);
    peers.putIndex(index);
    return answer.messages.filter((each) => each._ !== "messageEmpty").map((each) => new Message(each, index));
  }

  private async loading(what: "older" | "newer" | "jump", at: Parameters<History["page"]>[0], take: (page: Message[]) => void): Promise<void> {
    if (this.busy && what !== "jump") return;
    this.busy = what;
    this.meanwhile = [];
    this.turn += 1;
    const { turn } = this;
    try {
      const page = await this.page(at);
      if (turn !== this.turn) return;
      take(page);
      this.failed = undefined;
      this.loadedOnce = true;
      this.fromCache = false;
      this.remember();
    } catch (error) {
      if (turn === this.turn) this.failed = error;
    } finally {
      if (turn === this.turn) {
        this.busy = undefined;
        this.changed();
        if (this.stale && !this.busy) void this.refresh();
      }
    }
  }

  older(): Promise<void> {
    const first = this.window.messages[0];
    if (this.window.atStart || first === undefined || this.fromCache) return Promise.resolve();
    return this.loading("older", { offsetId: first.id, limit: pageSize }, (page) => {
      this.window = trim(extend(this.window, page, { atStart: page.length === 0 }), windowMax, "start");
    });
  }

  newer(): Promise<void> {
    const last = this.window.messages.at(-1);
    if (this.window.atEnd || last === undefined || this.fromCache) return Promise.resolve();
    return this.loading("newer", { offsetId: last.id, addOffset: -pageSize, limit: pageSize }, (page) => {
      this.window = trim(extend(this.window, page, { atEnd: page.filter((each) => each.id > last.id).length < pageSize - 1 }), windowMax, "end");
    });
  }

  // `readIn`: from what follows this message, which is near the end.
  toEnd(readIn?: number): Promise<void> {
    return this.loading("jump", { limit: pageSize }, (page) => {
      this.takeEnd(page);
      const last = this.window.messages.at(-1);
      const first = readIn === undefined ? undefined : this.window.messages.find((each) => each.id > readIn && !each.isOutgoing);
      if (first) this.aim(first.id, "unread");
      else if (last) this.aim(last.id, "end");
    });
  }

  private takeEnd(page: Message[]): void {
    const base = !this.fromCache && this.joins(page) ? this.window : { ...nothing, messages: this.meanwhile };
    this.window = extend(base, page, { atEnd: true, atStart: page.length < pageSize });
  }

  // Whether there is nothing between the window, which is at the end as far as it is known, and the newest page.
  private joins(page: readonly Message[]): boolean {
    const oldest = page.at(-1);
    const last = this.window.messages.at(-1);
    return this.window.atEnd && oldest !== undefined && last !== undefined && oldest.id <= last.id;
  }

  // A message and what is around it.
  jump(id: number): Promise<void> {
    if (!this.fromCache && this.window.messages.some((each) => each.id === id)) {
      this.aim(id, "marked");
      this.changed();
      return Promise.resolve();
    }
    return this.around({ offsetId: id }, (messages) => messages.find((each) => each.id >= id)?.id ?? messages.at(-1)?.id, "marked");
  }

  jumpToDate(date: Date): Promise<void> {
    const seconds = Math.floor(date.getTime() / 1000);
    return this.around({ offsetDate: seconds }, (messages) => messages.find((each) => each.date.getTime() >= date.getTime())?.id ?? messages.at(-1)?.id, "middle");
  }

  private around(at: { offsetId?: number; offsetDate?: number }, choose: (messages: readonly Message[]) => number | undefined, place: "unread" | "middle" | "marked"): Promise<void> {
    const half = pageSize / 2;
    return this.loading("jump", { ...at, addOffset: -half, limit: pageSize }, (page) => {
      this.window = extend(nothing, page, {});
      const id = choose(this.window.messages);
      const newer = page.filter((each) => id !== undefined && each.id >= id).length;
      this.window = { ...this.window, atEnd: newer < half - 1, atStart: page.length - newer < half - 1 && page.length < pageSize };
      if (id !== undefined) this.aim(id, place);
    });
  }

  private aim(id: number, at: "end" | "unread" | "middle" | "marked"): void {
    this.target = { id, at, nonce: (this.target?.nonce ?? 0) + 1 };
    this.atBottom = at === "end";
  }

  // What came, or what this device sent.
  arrived(message: Message): void {
    if (message.chat.id !== this.chat || !this.mine(message)) return;
    if (this.busy) this.meanwhile.push(message);
    this.window = arrive(this.window, message);
    this.remember();
    this.changed();
  }

  // After an edit by this device.
  replaced(message: Message): void {
    this.amend(message.id, () => message);
  }

  // Somebody may be looking at what is scheduled.
  scheduled = 0;
  scheduledChanged(): void {
    this.scheduled += 1;
    this.changed();
  }

  private mine(message: Message): boolean {
    if (this.thread === undefined) return true;
    const reply = message.raw.replyTo;
    return message.id === this.thread || (reply?._ === "messageReplyHeader" && (reply.replyToTopId ?? reply.replyToMsgId) === this.thread);
  }

  private hear(update: tl.TypeUpdate, index: PeersIndex): void {
    switch (update._) {
      case "updateNewMessage":
      case "updateNewChannelMessage":
        if (update.message._ !== "messageEmpty") this.arrived(new Message(update.message, index));
        return;
      case "updateEditMessage":
      case "updateEditChannelMessage": {
        if (update.message._ === "messageEmpty") return;
        const message = new Message(update.message, index);
        if (message.chat.id === this.chat) this.amend(message.id, () => message);
        return;
      }
      case "updateDeleteMessages":
        if (!isChannelId(this.chat)) this.gone(update.messages);
        return;
      case "updateDeleteChannelMessages":
        if (channelBase - update.channelId === this.chat) this.gone(update.messages);
        return;
      case "updateMessageReactions":
        if (peerId(update.peer) === this.chat) this.amend(update.msgId, (message) => changed(message, { reactions: update.reactions }, index));
        return;
      case "updateChannelMessageViews":
        if (channelBase - update.channelId === this.chat) this.amend(update.id, (message) => changed(message, { views: update.views }));
        return;
      case "updateMessagePoll":
        for (const message of this.window.messages) {
          const media = rawOf(message)?.media;
          if (media?._ === "messageMediaPoll" && media.poll.id.eq(update.pollId)) {
            this.amend(message.id, (before) => changed(before, { media: { ...media, poll: update.poll ?? media.poll, results: update.results } }, index));
          }
        }
        return;
      case "updatePinnedMessages":
      case "updatePinnedChannelMessages": {
        const id = update._ === "updatePinnedMessages" ? peerId(update.peer) : channelBase - update.channelId;
        if (id === this.chat) for (const each of update.messages) this.amend(each, (message) => changed(message, { pinned: update.pinned ?? false }));
        return;
      }
      case "updateNewScheduledMessage":
      case "updateDeleteScheduledMessages":
        this.scheduledChanged();
        return;
      case "updateReadMessagesContents":
        if (!isChannelId(this.chat)) for (const each of update.messages) this.amend(each, (message) => changed(message, { mediaUnread: false }));
        return;
      case "updateChannelReadMessagesContents":
        if (channelBase - update.channelId === this.chat) for (const each of update.messages) this.amend(each, (message) => changed(message, { mediaUnread: false }));
        return;
      default:
    }
  }

  private amend(id: number, change: (message: Message) => Message): void {
    const before = this.window;
    this.window = replace(this.window, id, change);
    if (this.window !== before) {
      this.remember();
      this.changed();
    }
  }

  private gone(ids: readonly number[]): void {
    const before = this.window;
    this.window = remove(this.window, ids);
    if (this.window !== before) {
      this.remember();
      this.changed();
    }
  }

  // Everything up to this message was on the screen. Who scrolls through much that is unread tells so a few times a second,
  // not with each movement.
  read(id: number): Promise<void> {
    const entry = this.thread === undefined ? chatList.get(this.chat) : undefined;
    if (id <= Math.max(this.readTo, entry?.readIn ?? 0) && entry?.marked !== true) return Promise.resolve();
    this.toRead = Math.max(id, this.toRead);
    this.reading ??= this.tellRead().finally(() => { this.reading = undefined; });
    return this.reading;
  }

  private async tellRead(): Promise<void> {
    do {
      const before = this.readTo;
      this.readTo = Math.max(this.toRead, before);
      try {
        await this.readUpTo(this.toRead);
      } catch {
        this.readTo = before;  // tried again when more is read
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, readPause));
    } while (this.toRead > this.readTo);
  }

  private async readUpTo(id: number): Promise<void> {
    if (this.thread !== undefined) {
      await tg().call({ _: "messages.readDiscussion", peer: await tg().resolvePeer(this.chat), msgId: this.thread, readMaxId: id });
      return;
    }
    await tg().readHistory(this.chat, { maxId: id });
    if (chatList.get(this.chat)) await chatList.refresh(this.chat);
    // Other tabs share this session, and the server tells only other sessions.
    const { unread = 0, raw } = chatList.get(this.chat) ?? {};
    if (isChannelId(this.chat)) live.did({ _: "updateReadChannelInbox", channelId: channelBase - this.chat, maxId: id, stillUnreadCount: unread, pts: 0 });
    else if (raw) live.did({ _: "updateReadHistoryInbox", peer: raw.peer, maxId: id, stillUnreadCount: unread, pts: 0, ptsCount: 0 });
  }

  // Mentions that were on the screen, so that they no longer count; reactions to one's own messages, likewise. Each is told
  // once, however often the screen moves.
  async readContents(messages: readonly Message[]): Promise<void> {
    const ids = messages.filter((each) => each.isMention && each.hasUnreadMedia && each.media?.type !== "voice" && !this.readMentions.has(each.id)).map((each) => each.id);
    for (const id of ids) this.readMentions.add(id);
    if (ids.length > 0) await contentsRead(this.chat, ids).catch(() => ids.forEach((id) => this.readMentions.delete(id)));
    const reactions = this.thread === undefined ? (chatList.get(this.chat)?.reactions ?? 0) : 0;
    if (reactions === this.readReactions) return;
    this.readReactions = reactions;
    if (reactions === 0) return;
    try {
      await tg().readReactions(this.chat);
      await chatList.refresh(this.chat);
      this.readReactions = chatList.get(this.chat)?.reactions ?? 0;
    } catch { /* tried again when there are more */ }
  }

  addPending(one: Pending): void {
    this.pending = [...this.pending, one];
    this.changed();
  }

  amendPending(key: string, part: Partial<Pending>): void {
    this.pending = this.pending.map((each) => (each.key === key ? { ...each, ...part } : each));
    this.changed();
  }

  removePending(key: string): void {
    this.pending = this.pending.filter((each) => each.key !== key);
    this.changed();
  }

  private get cacheKey(): string {
    return `history/${this.chat}/${this.thread ?? ""}`;
  }

  private remember(): void {
    if (!this.window.atEnd) return;
    clearTimeout(this.keepTimer);
    this.keepTimer = setTimeout(() => {
      const last = this.window.messages.slice(-keptMessages);
      const people = new Map<number, Peer>();
      for (const message of last) for (const peer of [message.chat, message.sender]) people.set(peer.id, peer);
      void keep(this.cacheKey, {
        messages: last.map((each) => each.raw),
        users: [...people.values()].flatMap((peer) => (peer instanceof User ? [peer.raw] : [])),
        chats: [...people.values()].flatMap((peer) => (peer instanceof Chat ? [peer.raw] : [])),
      } satisfies Kept);
    }, 1000);
  }

  private async recall(): Promise<void> {
    const page = await kept<Kept>(this.cacheKey);
    if (!page || this.loadedOnce) return;
    const index = PeersIndex.from(page);
    peers.putIndex(index);
    this.window = { messages: page.messages.map((each) => new Message(each, index)), atStart: false, atEnd: true };
    this.fromCache = true;
    const last = this.window.messages.at(-1);
    if (last) this.aim(last.id, "end");
    this.changed();
  }
}

function changed(message: Message, part: Partial<tl.RawMessage>, index?: PeersIndex): Message {
  if (message.raw._ !== "message") return message;
  if (index) for (const [id, user] of message._peers.users) if (!index.users.has(id)) index.users.set(id, user);
  if (index) for (const [id, chat] of message._peers.chats) if (!index.chats.has(id)) index.chats.set(id, chat);
  return new Message({ ...message.raw, ...part }, index ?? message._peers, message.isScheduled);
}

// The last few that were open, so that going back is at once.
const opened = new Map<string, History>();
const openedMax = 12;

export function historyOf(chat: number, thread?: number): History {
  const key = `${chat}/${thread ?? ""}`;
  const there = opened.get(key);
  if (there) opened.delete(key);
  const history = there ?? new History(chat, thread);
  opened.set(key, history);
  const oldest = opened.keys().next();
  if (opened.size > openedMax && oldest.done !== true) opened.delete(oldest.value);
  return history;
}
