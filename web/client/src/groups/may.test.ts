import { expect, test } from "vitest";
import { allowedOf, bannedOf, memberRights } from "./may.ts";

test("what is allowed comes back as it was given", () => {
  for (const allowed of [new Set(memberRights), new Set(memberRights.slice(0, 3)), new Set<(typeof memberRights)[number]>(["sendPlain"])]) {
    expect(allowedOf({ _: "chatBannedRights", untilDate: 0, ...bannedOf(allowed) })).toEqual(allowed);
  }
});

test("nobody who may write anything is kept from writing at all", () => {
  expect(bannedOf(new Set(["sendPhotos"])).sendMessages).toBe(false);
  expect(bannedOf(new Set()).sendMessages).toBe(true);
});

test("nobody is put out by a restriction", () => {
  expect(bannedOf(new Set()).viewMessages).not.toBe(true);
});
