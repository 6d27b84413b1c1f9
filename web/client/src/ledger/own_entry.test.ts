import { expect, test, vi } from "vitest";

vi.mock("./worker.ts?worker&url", () => ({ default: "" }));
vi.mock("../api/client.ts", () => ({ tg: () => undefined }));
const { openingHead, readAnswer } = await import("./own_entry.ts");

const about = "What follows opens your own entry: https://chat.example.org/ledger/proof/41\n\nA program checks both.";
const opening = `${openingHead}\nfield cell AA== BB==\nblinding CC==`;

test("the opening and its place in the log are taken from the bot's two messages", () => {
  expect(readAnswer([opening, about])).toEqual({ opening, leaf: 41 });
});

test("what the bot says instead is shown", () => {
  expect(readAnswer(["ask again in a minute"])).toEqual({ words: "ask again in a minute" });
});

test("half an answer is none yet", () => {
  expect(readAnswer([about])).toBeUndefined();
  expect(readAnswer([])).toBeUndefined();
  expect(readAnswer([opening])).toBeUndefined();
});
