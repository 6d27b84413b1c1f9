// One line of the chat list.
import type { DraftMessage, Message, Peer, tl } from "@mtcute/core";

export interface Entry {
  id: number;
  peer: Peer;
  last: Message | null;
  unread: number;
  mentions: number;
  reactions: number;
  readIn: number;  // the newest message that was read here
  readOut: number;  // the newest message that the others have read
  pinned: number;  // 0: not; what is higher stands above
  muted: boolean;
  marked: boolean;  // as unread, by hand
  archived: boolean;
  draft: DraftMessage | null;
  raw: tl.RawDialog;
}

const when = (entry: Entry): number => Math.max(entry.last?.date.getTime() ?? 0, entry.draft?.text ? entry.draft.date.getTime() : 0);

export function compareEntries(a: Entry, b: Entry): number {
  return b.pinned - a.pinned || when(b) - when(a) || b.id - a.id;
}
