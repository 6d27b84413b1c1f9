import { expect, test, vi } from "vitest";

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
let walks: { give: (...ids: number[]) => Promise<void> }[] = [];

// Gives what it is given, and waits for more until it is given nothing.
function walk(): AsyncIterable<object> {
  const waiting: object[] = [];
  let ended = false;
  let wake = () => undefined as void;
  walks.push({
    give: (...ids) => {
      if (ids.length === 0) ended = true;
      waiting.push(...ids.map((id) => ({ peer: { id, type: "user" }, raw: { notifySettings: {} }, lastMessage: null, isPinned: false })));
      wake();
      return settled();
    },
  });
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => {
        while (waiting.length === 0 && !ended) await new Promise<void>((resolve) => { wake = resolve; });
        const value = waiting.shift();
        return value ? { done: false, value } : { done: true, value: undefined };
      },
    }),
  };
}

vi.mock("../api/client.ts", () => ({ tg: () => ({ iterDialogs: walk, getFolders: async () => ({ filters: [] }) }) }));
vi.mock("../api/live.ts", () => ({ live: { add: () => undefined } }));
vi.mock("../api/peers.ts", () => ({ isChannelId: () => false, peers: { put: () => undefined } }));
vi.mock("../api/cache.ts", () => ({ keep: async () => undefined, kept: async () => undefined }));
const { ChatList } = await import("./chat_list.ts");

test("a second start while the first is under way is the first", async () => {
  const list = new ChatList();
  const starts = [list.start(), list.start()];
  await settled();
  await walks[0]!.give(1, 2);
  starts.push(list.start());
  await walks[0]!.give(3);
  await walks[0]!.give();
  await Promise.all(starts);
  expect(walks).toHaveLength(1);
  expect(list.failed).toBeUndefined();
  expect(list.all().map((each) => each.id).sort()).toEqual([1, 2, 3]);
});

test("a start while a page is on its way begins anew after it", async () => {
  walks = [];
  const list = new ChatList();
  const page = list.more();
  await settled();
  await walks[0]!.give(1);
  const start = list.start();
  await settled();
  await walks[0]!.give(2);
  await walks[0]!.give();
  await page;
  await settled();
  await walks[1]!.give(1, 2, 3);
  await walks[1]!.give();
  await start;
  expect(list.failed).toBeUndefined();
  expect(list.all().map((each) => each.id).sort()).toEqual([1, 2, 3]);
});

test("whoever hears of a page may ask for the next", async () => {
  walks = [];
  const list = new ChatList();
  list.subscribe(() => { if (list.hasMore && list.loaded) void list.more(); });
  void list.start();
  await settled();
  await walks[0]!.give(...Array.from({ length: 130 }, (_, n) => n + 1));
  await walks[0]!.give();
  expect([list.all().length, list.hasMore]).toEqual([130, false]);
});
