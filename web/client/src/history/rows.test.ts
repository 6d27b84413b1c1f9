// @vitest-environment jsdom
import { expect, test } from "vitest";
import type { Message } from "@mtcute/core";
import { heightOf, rowsOf } from "./rows.ts";

const at = (id: number, text: string, more: object = {}) => ({
  id, text, date: new Date(2026, 0, 1, 12, 0, id), sender: { id: 1 }, isService: false, isOutgoing: false, groupedIdUnique: null, media: null, ...more,
}) as unknown as Message;
const heights = (...messages: Message[]) => rowsOf(messages, [], undefined).slice(1).map((row) => heightOf(row, 50));

test("what is longer, or has a picture, is taken to be higher before it is drawn", () => {
  const [first, next, long, photo] = heights(at(1, "one line"), at(2, "one line"), at(3, "x".repeat(500)), at(4, "", { media: { type: "photo" } }));
  expect(first).toBeGreaterThan(next!);  // it has the name above it
  expect(long! - next!).toBe(9 * 22);
  expect(photo).toBeGreaterThan(long!);
});

test("an album is one row, with the text of the one that has it", () => {
  const album = { groupedIdUnique: "7", media: { type: "photo" } };
  expect(heights(at(1, "", album), at(2, "x".repeat(100), album))).toEqual([34 + 2 * 22 + 300 + 22]);
});

test("a message that arrives at midnight has its day above it", () => {
  const kinds = rowsOf([at(1, "a"), at(2, "b", { date: new Date(2026, 0, 2) })], [], 1).map((row) => row.kind);
  expect(kinds).toEqual(["day", "message", "day", "unread", "message"]);
});
