import { expect, test } from "vitest";
import { parseLink } from "./link.ts";

test.each([
  ["https://t.me/alice_news", { to: "name", username: "alice_news" }],
  ["t.me/alice_news/12", { to: "name", username: "alice_news", message: 12 }],
  ["https://t.me/alice_talk/7/12", { to: "name", username: "alice_talk", message: 12 }],
  ["https://t.me/s/alice_news/12", { to: "name", username: "alice_news", message: 12 }],
  ["tg://resolve?domain=searchreport&start=appeal_12", { to: "name", username: "searchreport", start: "appeal_12" }],
  ["https://t.me/searchreport?start=Y2F0", { to: "name", username: "searchreport", start: "Y2F0" }],
  ["https://t.me/+AbC-9_x", { to: "invite", hash: "AbC-9_x" }],
  ["https://t.me/joinchat/AbC", { to: "invite", hash: "AbC" }],
  ["tg://join?invite=AbC", { to: "invite", hash: "AbC" }],
  ["https://t.me/c/77/3", { to: "channel", channel: 77, message: 3 }],
  ["tg://privatepost?channel=77&post=3", { to: "channel", channel: 77, message: 3 }],
])("%s", (address, link) => {
  expect(parseLink(address)).toEqual(link);
});

test.each(["https://example.org/alice_news", "javascript:alert(1)", "https://t.me/", "https://t.me/x", "https://t.me/a b", "tg://settings", "https://t.me.evil.example/alice_news", "tg://resolve?domain=../../x", "https://t.me/c/77", "", "https://"])("%s is not for here", (address) => {
  expect(parseLink(address)).toBeUndefined();
});

test("what a bot is begun with holds nothing but what a parameter may", () => {
  expect(parseLink("https://t.me/some_bot?start=%2Fban%20everybody")).toEqual({ to: "name", username: "some_bot" });
});
