import { beforeEach, expect, test, vi } from "vitest";
import { tl } from "@mtcute/core";

const seen: unknown[] = [];
let answer: () => Promise<unknown>;
vi.mock("../api/client.ts", () => ({ tg: () => ({ joinChat: () => answer() }) }));
vi.mock("../api/peers.ts", () => ({ peers: { put: (peer: unknown) => seen.push(peer) } }));
vi.mock("../layout/notify.ts", () => ({ told: () => seen.push("told") }));
vi.mock("./chat_list.ts", () => ({ chatList: { refresh: async (id: number) => seen.push(id) } }));
const { join } = await import("./join.ts");

beforeEach(() => { seen.length = 0; });

test("the chat is known and listed afterwards", async () => {
  const chat = { id: -5 };
  answer = async () => chat;
  expect(await join(-5)).toBe(chat);
  expect(seen).toEqual([chat, -5]);
});

test("where somebody has to let one in, that is said, and is no failure", async () => {
  answer = () => Promise.reject(new tl.RpcError(400, "INVITE_REQUEST_SENT"));
  expect(await join("https://t.me/+abc")).toBeUndefined();
  expect(seen).toEqual(["told"]);
});

test("any other refusal is the caller's to tell", async () => {
  answer = () => Promise.reject(new tl.RpcError(400, "CHANNELS_TOO_MUCH"));
  await expect(join(-5)).rejects.toThrow("CHANNELS_TOO_MUCH");
  expect(seen).toEqual([]);
});
