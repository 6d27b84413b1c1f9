import { expect, test } from "vitest";
import { tokenOf } from "./login_token.ts";

test("a link that a device shows", () => {
  expect(tokenOf("tg://login?token=AAECAwQFBgcICQoLDA0ODw")).toEqual(Uint8Array.from({ length: 16 }, (_, at) => at));
  expect(tokenOf("  tg://login?token=AAECAwQFBgcICQoLDA0ODw==\n")).toHaveLength(16);
});

test.each(["", "https://example.org/login?token=AAECAwQFBgcICQoLDA0ODw", "tg://login?token=", "tg://login?token=a b", "tg://login?token=AAECAwQFBgcICQoLDA0OD"])("%s is none", (link) => {
  expect(tokenOf(link)).toBeUndefined();
});
