import { afterEach, expect, test, vi } from "vitest";
import { localInput } from "./local_input.ts";

afterEach(() => { vi.unstubAllEnvs(); });

test.each([
  ["Pacific/Auckland", "2026-03-02T20:30:00Z", "2026-03-03T09:30"],
  ["America/Los_Angeles", "2026-03-03T02:30:00Z", "2026-03-02T18:30"],
  ["America/Los_Angeles", "2026-07-03T02:30:00Z", "2026-07-02T19:30"],
  ["Asia/Kolkata", "2026-03-02T20:30:00Z", "2026-03-03T02:00"],
])("in %s", (zone, at, here) => {
  vi.stubEnv("TZ", zone);
  const date = new Date(at);
  expect(localInput(date, "datetime-local")).toBe(here);
  expect(localInput(date, "date")).toBe(here.slice(0, 10));
  // What is read from the field is the same moment.
  expect(new Date(localInput(date, "datetime-local")).getTime()).toBe(date.getTime());
});
