import Long from "long";
import { expect, test } from "vitest";
import { joined, readable } from "./export.ts";

test("an export has what one reads, and no secrets", () => {
  const message = { _: "message", id: 3, message: "hello", media: { _: "messageMediaPhoto", photo: { _: "photo", id: Long.fromString("5400000000000000001"), accessHash: Long.ONE, fileReference: Uint8Array.of(1), sizes: [{ _: "photoStrippedSize", bytes: Uint8Array.of(1) }] } } };
  expect(JSON.parse(JSON.stringify(readable(message)))).toEqual({ _: "message", id: 3, message: "hello", media: { _: "messageMediaPhoto", photo: { _: "photo", id: "5400000000000000001", sizes: [{ _: "photoStrippedSize" }] } } });
});

test("what comes in pages is whole", async () => {
  const all = Array.from({ length: 250 }, (_, n) => n);
  const page = async (offset: number) => ({ _: "slice", count: 250, blocked: all.slice(offset, offset + 100), users: all.slice(offset, offset + 100).map((n) => `user ${n}`) });
  expect(await joined(page, "blocked")).toEqual({ _: "slice", count: 250, blocked: all, users: all.map((n) => `user ${n}`) });
});
