import { expect, test } from "vitest";
import type { Message, tl } from "@mtcute/core";
import type { Entry } from "./entry.ts";
import { isToBeTold } from "./to_be_told.ts";

const now = 1_700_000_000_000;
const message = (part: object = {}) => ({ id: 5, isOutgoing: false, isMention: false, date: new Date(now - 1000), chat: { type: "user" }, ...part }) as Message;
const entry = (part: object = {}) => ({ archived: false, muted: false, readIn: 4, raw: { notifySettings: {} }, ...part }) as unknown as Entry;
const settings = (muteUntil?: number) => ({ _: "peerNotifySettings", muteUntil }) as tl.RawPeerNotifySettings;
const later = now / 1000 + 60;

test.each<[string, Message, Entry | undefined, tl.RawPeerNotifySettings, boolean]>([
  ["a new one", message(), entry(), settings(), true],
  ["one's own", message({ isOutgoing: true }), entry(), settings(), false],
  ["of a muted chat", message(), entry({ muted: true }), settings(), false],
  ["a mention in a muted chat", message({ isMention: true }), entry({ muted: true }), settings(), true],
  ["of an archived chat", message(), entry({ archived: true }), settings(), false],
  ["the first of a chat", message(), undefined, settings(), true],
  ["of a channel that one only looks at", message({ chat: { type: "chat", isMember: false } }), undefined, settings(), false],
  ["read already on another device", message(), entry({ readIn: 5 }), settings(), false],
  ["of a kind that is muted", message(), entry(), settings(later), false],
  ["of a kind that is muted no more", message(), entry(), settings(now / 1000 - 60), true],
  ["of a chat that is told of though its kind is muted", message(), entry({ raw: { notifySettings: { muteUntil: 0 } } }), settings(later), true],
  ["that came while one was away", message({ date: new Date(now - 3_600_000) }), entry(), settings(), false],
])("%s", (_, given, where, kind, wanted) => expect(isToBeTold(given, where, kind, now)).toBe(wanted));
