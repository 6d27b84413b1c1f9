import { expect, test, vi } from "vitest";
import { User } from "@mtcute/core";

vi.mock("./client.ts", () => ({ tg: () => undefined }));
vi.mock("./live.ts", () => ({ live: { add: () => undefined } }));
vi.useFakeTimers({ now: 1_000_000 });
const { peers } = await import("./peers.ts");

const online = (until: number) => new User({ _: "user", id: 1, firstName: "Ada", status: { _: "userStatusOnline", expires: until } });
const status = () => { const peer = peers.get(1); return peer?.type === "user" ? peer.status : undefined; };

test("whoever is there is there until the time that the server said", () => {
  let told = 0;
  peers.put(online(1010));
  peers.subscribe(() => { told += 1; });
  vi.advanceTimersByTime(9_000);
  expect(status()).toBe("online");
  vi.advanceTimersByTime(2_000);
  expect(status()).toBe("offline");
  expect(told).toBe(1);
});

test("a later time that is told meanwhile counts", () => {
  peers.put(online(1030));
  vi.advanceTimersByTime(10_000);
  peers.put(online(1060));
  vi.advanceTimersByTime(15_000);
  expect(status()).toBe("online");
});

test("what was true an hour ago is not any more", () => {
  peers.put(online(100));
  expect(status()).toBe("offline");
});
