import { expect, test } from "vitest";
import { compareEntries, type Entry } from "./entry.ts";

const entry = (id: number, part: Record<string, unknown>): Entry => ({ id, pinned: 0, last: null, draft: null, ...part }) as unknown as Entry;
const message = (seconds: number) => ({ date: new Date(seconds * 1000) });

test("pinned first, then what is newest, of messages and drafts", () => {
  const list = [
    entry(1, { last: message(10) }),
    entry(2, { last: message(30) }),
    entry(3, { last: message(5), pinned: 1 }),
    entry(4, { last: message(1), pinned: 2 }),
    entry(5, { last: message(2), draft: { text: "begun", date: new Date(20_000) } }),
    entry(6, { last: message(3), draft: { text: "", date: new Date(99_000) } }),
    entry(7, {}),
  ];
  expect(list.sort(compareEntries).map((each) => each.id)).toEqual([4, 3, 2, 5, 1, 6, 7]);
});
