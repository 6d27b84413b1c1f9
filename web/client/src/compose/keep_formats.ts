// While one edits, what is written with shortcuts (markdown.ts) can be seen and changed. The rest (underlined words, people
// mentioned without a username, ...) has no shortcut: it stays on the words that it was on.
import type { tl } from "@mtcute/core";
import type { Formatted } from "./markdown.ts";

const unwritten = new Set<tl.TypeMessageEntity["_"]>(["messageEntityUnderline", "messageEntityMentionName", "messageEntityCustomEmoji"]);

export function keepFormats(before: { text: string; entities: readonly tl.TypeMessageEntity[] }, after: Formatted): Formatted {
  const kept = before.entities.filter((each) => unwritten.has(each._));
  if (kept.length === 0) return after;
  // What was changed lies between what is the same at the beginning and at the end.
  const shorter = Math.min(before.text.length, after.text.length);
  let start = 0;
  while (start < shorter && before.text[start] === after.text[start]) start += 1;
  let end = 0;
  while (end < shorter - start && before.text.at(-1 - end) === after.text.at(-1 - end)) end += 1;
  const endBefore = before.text.length - end;
  const endAfter = after.text.length - end;
  const placed = kept.flatMap((each) => {
    const stop = each.offset + each.length;
    const from = each.offset <= start ? each.offset : each.offset >= endBefore ? each.offset + endAfter - endBefore : endAfter;
    const to = stop <= start ? stop : stop >= endBefore ? stop + endAfter - endBefore : start;
    return to > from ? [{ ...each, offset: from, length: to - from }] : [];
  });
  return { text: after.text, entities: [...after.entities, ...placed].sort((a, b) => a.offset - b.offset || b.length - a.length) };
}
