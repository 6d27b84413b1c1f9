// The part of a conversation that is at hand: messages without gaps, oldest first.
export interface Window<M extends { id: number }> {
  messages: readonly M[];
  atStart: boolean;  // there is nothing older
  atEnd: boolean;  // there is nothing newer
}

export const nothing: Window<never> = { messages: [], atStart: false, atEnd: false };

// Both, oldest first; of a message that is in both the one of `newer`.
function union<M extends { id: number }>(older: readonly M[], newer: readonly M[]): M[] {
  const all = new Map<number, M>();
  for (const each of older) all.set(each.id, each);
  for (const each of newer) all.set(each.id, each);
  return [...all.values()].sort((a, b) => a.id - b.id);
}

// A page that was asked for from the window's end in either direction, so that there is no gap between them.
export function extend<M extends { id: number }>(window: Window<M>, page: readonly M[], ends: { atStart?: boolean; atEnd?: boolean }): Window<M> {
  return { messages: union(window.messages, page), atStart: window.atStart || ends.atStart === true, atEnd: window.atEnd || ends.atEnd === true };
}

// A message that just came. Where newer ones are missing it is not for this window. It may come after a newer one (what was
// sent here, after a bot's answer to it): between two of the window, which has no gaps, it has its place, and before the
// first where there is nothing older.
export function arrive<M extends { id: number }>(window: Window<M>, message: M): Window<M> {
  const newest = window.messages.at(-1);
  const oldest = window.messages[0];
  const inside = oldest !== undefined && newest !== undefined && (window.atStart || message.id >= oldest.id) && message.id <= newest.id;
  if (!inside && !(window.atEnd && (newest === undefined || message.id > newest.id))) return window;
  return { ...window, messages: union(window.messages, [message]) };
}

// Changed, if it is there.
export function replace<M extends { id: number }>(window: Window<M>, id: number, change: (message: M) => M): Window<M> {
  const at = window.messages.findIndex((each) => each.id === id);
  if (at < 0) return window;
  const messages = [...window.messages];
  messages[at] = change(messages[at]!);
  return { ...window, messages };
}

export function remove<M extends { id: number }>(window: Window<M>, ids: readonly number[]): Window<M> {
  const gone = new Set(ids);
  const messages = window.messages.filter((each) => !gone.has(each.id));
  return messages.length === window.messages.length ? window : { ...window, messages };
}

// Keeps a long walk through a conversation from keeping all of it: drops from the end away from where one reads.
export function trim<M extends { id: number }>(window: Window<M>, max: number, keep: "start" | "end"): Window<M> {
  if (window.messages.length <= max) return window;
  return keep === "start"
    ? { messages: window.messages.slice(0, max), atStart: window.atStart, atEnd: false }
    : { messages: window.messages.slice(-max), atStart: false, atEnd: window.atEnd };
}
