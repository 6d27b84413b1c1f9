// What stands below one another in a conversation: days, where the unread begins, messages (an album is one row), what is
// being sent.
import type { Message } from "@mtcute/core";
import type { Pending } from "./history.ts";
import { sameDay } from "../layout/formats.ts";

export type Row =
  | { kind: "day"; key: string; date: Date }
  | { kind: "unread"; key: string }
  | { kind: "message"; key: string; id: number; message: Message; album: Message[]; first: boolean }
  | { kind: "service"; key: string; id: number; message: Message }
  | { kind: "pending"; key: string; pending: Pending };

const together = 5 * 60_000;

// `first`: begins a group of messages by one sender, so it has the name above it.
export function rowsOf(messages: readonly Message[], pending: readonly Pending[], unreadFrom: number | undefined): Row[] {
  const rows: Row[] = [];
  let before: Message | undefined;
  let marked = unreadFrom === undefined;
  for (const message of messages) {
    const album = message.groupedIdUnique;
    const last = rows.at(-1);
    if (album !== null && last?.kind === "message" && last.message.groupedIdUnique === album) {
      last.album.push(message);
      before = message;
      continue;
    }
    const newDay = before === undefined || !sameDay(before.date, message.date);
    if (newDay) rows.push({ kind: "day", key: `day ${message.date.getFullYear()}-${message.date.getMonth()}-${message.date.getDate()}`, date: message.date });
    if (!marked && message.id > (unreadFrom ?? 0) && !message.isOutgoing) {
      rows.push({ kind: "unread", key: "unread" });
      marked = true;
    }
    if (message.isService) rows.push({ kind: "service", key: `m${message.id}`, id: message.id, message });
    else {
      const goesOn = !newDay && before !== undefined && !before.isService && before.sender.id === message.sender.id && message.date.getTime() - before.date.getTime() < together;
      rows.push({ kind: "message", key: `m${message.id}`, id: message.id, message, album: [message], first: !goesOn });
    }
    before = message;
  }
  for (const each of pending) rows.push({ kind: "pending", key: each.key, pending: each });
  return rows;
}

const line = 22;
const around = 34;  // padding, border, the line with the time
const name = 22;
const picture = 300;
const card = 70;

// About how high it is before it is drawn, in pixels, where `letters` go into a line: the less that is off, the less moves when it is
// measured.
export function heightOf(row: Row, letters: number): number {
  if (row.kind === "pending") return 64;
  if (row.kind !== "message") return 34;
  const { media } = row.message;
  const text = Math.ceil(Math.max(...row.album.map((each) => each.text.length)) / letters) * line;
  const shown = media === null ? 0 : media.type === "photo" || media.type === "video" ? picture : card;
  return around + text + shown + (row.first ? name : 0);
}
