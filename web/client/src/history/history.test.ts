// What comes late, and where one is left when the connection comes back.
import { beforeEach, expect, test, vi } from "vitest";
import type { tl } from "@mtcute/core";

interface Asked { request: { offsetId: number; offsetDate: number; addOffset: number }; answer: (...ids: number[]) => Promise<void>; fail: () => Promise<void> }

const asked: Asked[] = [];
const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
const user = { _: "user", id: 1, firstName: "Ada" } as tl.RawUser;
// One a second: what a message is called is also when it was written.
const message = (id: number) => ({ _: "message", id, peerId: { _: "peerUser", userId: 1 }, date: id, message: `m${id}` });
let thread: { unreadCount: number; readInboxMaxId?: number };
const calls: string[] = [];
const chats = new Map<number, object>();
let readReactions: () => Promise<void>;
let read: () => Promise<void>;

vi.mock("../api/client.ts", () => ({
  tg: () => ({
    resolvePeer: async () => ({ _: "inputPeerUser", userId: 1 }),
    call: (request: Asked["request"] & { _: string }) => {
      if (request._ === "messages.getDiscussionMessage") return Promise.resolve(thread);
      if (request._ !== "messages.getHistory" && request._ !== "messages.getReplies") {
        calls.push(request._);
        return Promise.resolve();
      }
      return new Promise((resolve, reject) => {
        asked.push({
          request,
          answer: (...ids) => { resolve({ _: "messages.messages", messages: ids.map(message), users: [user], chats: [], topics: [] }); return settled(); },
          fail: () => { reject(new Error("no")); return settled(); },
        });
      });
    },
    readHistory: (_chat: number, { maxId }: { maxId: number }) => { calls.push(`read ${maxId}`); return read(); },
    readReactions: () => { calls.push("readReactions"); return readReactions(); },
  }),
}));
vi.mock("../api/cache.ts", () => ({ keep: async () => undefined, kept: async () => undefined }));
vi.mock("../api/live.ts", () => ({ live: { add: () => () => undefined, did: () => undefined } }));
vi.mock("../chats/chat_list.ts", () => ({ chatList: { get: (id: number) => chats.get(id), refresh: async () => undefined } }));
const { History } = await import("./history.ts");

const to = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, n) => last - n);
const ids = (history: InstanceType<typeof History>): number[] => history.window.messages.map((each) => each.id);

// The newest 50 of messages 1 to `last`.
async function opened(last = 200): Promise<InstanceType<typeof History>> {
  const history = new History(1, undefined);
  void history.toEnd();
  await settled();
  await asked.shift()!.answer(...to(last - 49, last));
  return history;
}

beforeEach(() => {
  asked.length = 0;
  calls.length = 0;
  chats.clear();
  read = async () => undefined;
});

test("a page of the former place does not come into the new one", async () => {
  const history = await opened();
  void history.older();
  await settled();
  const older = asked.shift()!;
  void history.jump(20);
  await settled();
  await asked.shift()!.answer(...to(1, 45));
  await older.answer(...to(101, 150));
  expect(ids(history)).toEqual(to(1, 45).reverse());
  expect(history.window.atEnd).toBe(false);
});

test("nor before it, nor does its failure show there", async () => {
  const history = await opened();
  void history.older();
  await settled();
  const older = asked.shift()!;
  void history.jump(20);
  await settled();
  await older.fail();
  await asked.shift()!.answer(...to(1, 45));
  expect(history.failed).toBeUndefined();
  expect(ids(history)).toEqual(to(1, 45).reverse());
});

test("of two jumps the later one counts", async () => {
  const history = await opened();
  void history.jump(100);
  void history.jump(20);
  await settled();
  const [first, second] = asked.splice(0);
  await second!.answer(...to(1, 45));
  await first!.answer(...to(76, 125));
  expect(ids(history)).toEqual(to(1, 45).reverse());
  expect(history.target?.id).toBe(20);
});

test("after a lost connection a reader who has scrolled up stays there", async () => {
  const history = await opened();
  history.atBottom = false;
  const before = history.target;
  void history.refresh();
  await settled();
  await asked.shift()!.answer(...to(153, 202));
  expect(ids(history)).toEqual(to(151, 202).reverse());
  expect(history.target).toBe(before);
});

test("where more came than fits, the rest comes when the reader gets there", async () => {
  const history = await opened();
  history.atBottom = false;
  const before = history.target;
  void history.refresh();
  await settled();
  await asked.shift()!.answer(...to(351, 400));
  expect(ids(history)).toEqual(to(151, 200).reverse());
  expect(history.window.atEnd).toBe(false);
  expect(history.target).toBe(before);
});

test("whoever was at the end is at the end again", async () => {
  const history = await opened();
  void history.refresh();
  await settled();
  await asked.shift()!.answer(...to(351, 400));
  expect(ids(history)).toEqual(to(351, 400).reverse());
  expect(history.target).toMatchObject({ id: 400, at: "end" });
});

test("what is being loaded meanwhile does not stand in the way", async () => {
  const history = await opened();
  void history.older();
  void history.refresh();
  await settled();
  await asked.shift()!.answer(...to(101, 150));
  await asked.shift()!.answer(...to(153, 202));
  expect(ids(history)).toEqual(to(101, 202).reverse());
});

test("a message that comes while the end is fetched is not lost", async () => {
  const history = await opened();
  void history.toEnd();
  await settled();
  history.arrived({ id: 201, chat: { id: 1 }, raw: {} } as never);
  await asked.shift()!.answer(...to(151, 200));
  expect(ids(history).at(-1)).toBe(201);
});

test("reactions are read once, however much one scrolls meanwhile", async () => {
  const history = await opened();
  chats.set(1, { reactions: 2 });
  let done = () => undefined as void;
  readReactions = () => new Promise((resolve) => { done = resolve; });
  for (let n = 0; n < 3; n += 1) void history.readContents([]);
  done();
  await settled();
  expect(calls).toEqual(["readReactions"]);
});

test("a date is where its first message is", async () => {
  const history = await opened();
  void history.jumpToDate(new Date(100_000));
  await settled();
  const jump = asked.shift()!;
  expect(jump.request).toMatchObject({ offsetDate: 100, offsetId: 0, addOffset: -25 });
  await jump.answer(...to(75, 124));
  expect(history.target).toMatchObject({ id: 100, at: "middle" });
  expect(history.window).toMatchObject({ atStart: false, atEnd: false });
});

test.each<[string, typeof thread, object, object]>([
  ["many are unread: the first of them", { unreadCount: 30, readInboxMaxId: 120 }, { offsetId: 120, addOffset: -25 }, { id: 121, at: "unread" }],
  ["nothing was ever read: the beginning", { unreadCount: 60 }, { offsetId: 1, addOffset: -25 }, { id: 100, at: "unread" }],
  ["few are unread: the end, from the first of them", { unreadCount: 3, readInboxMaxId: 146 }, { offsetId: 0, addOffset: 0 }, { id: 147, at: "unread" }],
])("a thread of which %s", async (_, read, request, target) => {
  thread = read;
  const history = new History(1, 77);
  const close = history.open();
  await settled();
  const first = asked.shift()!;
  expect(first.request).toMatchObject(request);
  await first.answer(...to(100, 149));
  expect(history.target).toMatchObject(target);
  expect(history.unreadFrom).toBe((read as { readInboxMaxId?: number }).readInboxMaxId ?? 0);
  close();
});

test("what is read while one scrolls is told now and then, the newest last", async () => {
  vi.useFakeTimers();
  const history = new History(1, undefined);
  for (let id = 1; id <= 100; id += 1) void history.read(id);
  await vi.advanceTimersByTimeAsync(200);
  expect(calls).toEqual(["read 1"]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(calls).toEqual(["read 1", "read 100"]);
  vi.useRealTimers();
});

test("what could not be told is told with what is read next", async () => {
  vi.useFakeTimers();
  const history = new History(1, undefined);
  read = async () => { throw new Error("no"); };
  await history.read(7);
  read = async () => undefined;
  void history.read(8);
  await vi.advanceTimersByTimeAsync(1000);
  expect(calls).toEqual(["read 7", "read 8"]);
  vi.useRealTimers();
});

// Closed, and opened again; the server is asked for the end.
async function reopened(history: InstanceType<typeof History>): Promise<Asked> {
  history.open()();
  history.open();
  await settled();
  return asked.at(-1)!;
}

test("what was deleted while it was closed is gone when it is opened again", async () => {
  const history = await opened();
  const again = await reopened(history);
  expect(ids(history)).toEqual(to(151, 200).reverse());
  await again.answer(...to(141, 190));
  expect(ids(history)).toEqual(to(141, 190).reverse());
});

test("a message that comes while that is fetched stays", async () => {
  const history = await opened();
  const again = await reopened(history);
  history.arrived({ id: 201, chat: { id: 1 }, raw: {} } as never);
  await again.answer(...to(151, 200));
  expect(ids(history)).toEqual(to(151, 201).reverse());
});

test("a message that was there before is looked for anew: there may be more behind it by now", async () => {
  const history = await opened();
  history.open()();
  history.startAt = 180;
  history.open();
  await settled();
  expect(asked.at(-1)!.request).toMatchObject({ offsetId: 180, addOffset: -25 });
});
