// What is covered, and until when.
import { expect, test } from "vitest";
import type { Message } from "@mtcute/core";
import { covers } from "./covers.ts";

const message = (id: number, reason?: string, hasSpoiler = false) =>
  ({ id, chat: { id: 7 }, media: { type: "photo", hasSpoiler }, raw: { _: "message", restrictionReason: reason ? [{ platform: "all", reason, text: "" }] : undefined } }) as unknown as Message;

test("what is marked as sensitive, and what its sender hid", () => {
  expect([message(1), message(2, "sensitive"), message(3, undefined, true), message(4, "copyright")].map((each) => covers.isCovered(each))).toEqual([false, true, true, false]);
});

test("until it is asked for, that one alone", () => {
  covers.show(message(2, "sensitive"));
  expect(covers.isCovered(message(2, "sensitive"))).toBe(false);
  expect(covers.isCovered(message(5, "sensitive"))).toBe(true);
});
