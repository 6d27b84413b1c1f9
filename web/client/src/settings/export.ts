// One's own data as a file, through the server's takeout (core.telegram.org/api/takeout): what the protocol's methods
// answer, as JSON, put together in the browser.
import Long from "long";
import { type tl } from "@mtcute/core";
import { tg } from "../api/client.ts";

// Secrets of this session and what only the server can read are left out.
const left = new Set(["accessHash", "fileReference", "strippedThumb", "bytes"]);

export function readable(value: unknown): unknown {
  if (Long.isLong(value)) return value.toString();
  if (value instanceof Uint8Array) return undefined;
  if (Array.isArray(value)) return value.map(readable);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !left.has(key)).map(([key, each]) => [key, readable(each)]));
}

export interface Progress {
  chats: number;
  of: number;
  messages: number;
}

const pageSize = 100;

// All pages of an answer as one; `list` is what it is a page of.
export async function joined<T extends object>(page: (offset: number) => Promise<T>, list: keyof T): Promise<T> {
  let whole: T = await page(0);
  for (let offset = 0, next: T = whole; ;) {
    const { length } = next[list] as unknown[];
    if (length === 0) return whole;
    offset += length;
    next = await page(offset);
    const more = next as Record<string, unknown>;
    whole = Object.fromEntries(Object.entries(whole).map(([key, value]) => [key, Array.isArray(value) ? [...(value as unknown[]), ...(more[key] as unknown[])] : value])) as T;
  }
}

// A file with all that the account has; `stop` ends it early. TAKEOUT_INIT_DELAY_X: the device is too new.
export async function exportAccount(progress: (now: Progress) => void, stop: AbortSignal): Promise<Blob> {
  const session = await tg().initTakeoutSession({ contacts: true, messageUsers: true, messageChats: true, messageMegagroups: true, messageChannels: true });
  const ask = <T extends tl.RpcMethod>(request: T): Promise<tl.RpcCallReturn[T["_"]]> => session.call(request);
  const parts: string[] = [];
  let first = true;
  const write = (name: string, value: unknown) => {
    parts.push(`${first ? "{" : ","}\n${JSON.stringify(name)}: ${JSON.stringify(readable(value))}`);
    first = false;
  };
  let success = false;
  try {
    write("profile", await ask({ _: "users.getFullUser", id: { _: "inputUserSelf" } }));
    write("sessions", await ask({ _: "account.getAuthorizations" }));
    write("contacts", await ask({ _: "contacts.getContacts", hash: Long.ZERO }));
    write("blocked", await joined((offset) => ask({ _: "contacts.getBlocked", offset, limit: pageSize }), "blocked"));
    write("photos", await joined((offset) => ask({ _: "photos.getUserPhotos", userId: { _: "inputUserSelf" }, offset, maxId: Long.ZERO, limit: pageSize }), "photos"));
    const chats: { id: number; title: string; peer: tl.TypeInputPeer }[] = [];
    for await (const dialog of tg().iterDialogs({ archived: "keep" })) {
      stop.throwIfAborted();
      chats.push({ id: dialog.peer.id, title: dialog.peer.displayName, peer: dialog.peer.inputPeer });
    }
    const now: Progress = { chats: 0, of: chats.length, messages: 0 };
    parts.push(',\n"chats": [');
    for (const chat of chats) {
      progress({ ...now });
      parts.push(`${now.chats > 0 ? "," : ""}\n{"id": ${chat.id}, "title": ${JSON.stringify(chat.title)}, "messages": [`);
      let offsetId = 0;
      for (let more = true, begun = false; more;) {
        stop.throwIfAborted();
        const page = await ask({ _: "messages.getHistory", peer: chat.peer, offsetId, offsetDate: 0, addOffset: 0, limit: pageSize, maxId: 0, minId: 0, hash: Long.ZERO });
        const messages = "messages" in page ? page.messages : [];
        for (const each of messages) {
          parts.push(`${begun ? "," : ""}\n${JSON.stringify(readable(each))}`);
          begun = true;
        }
        now.messages += messages.length;
        progress({ ...now });
        offsetId = messages.at(-1)?.id ?? 0;
        more = messages.length === pageSize;
      }
      parts.push("]}");
      now.chats += 1;
    }
    progress({ ...now });
    parts.push("\n]\n}\n");
    success = true;
    return new Blob(parts, { type: "application/json" });
  } finally {
    await session.finish(success).catch(() => undefined);
  }
}
