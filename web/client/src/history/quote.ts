// What somebody marked of a message before opening its menu, and where in it.
import type { Message } from "@mtcute/core";

export interface Quote {
  text: string;
  offset: number;
}

// What is drawn may be shorter than the message (`plain`), so the place is known roughly: of several that read the same the
// nearest is meant. `before`: how much is drawn in front of it.
export function quoteAt(text: string, marked: string, before: number): Quote | undefined {
  const words = marked.trim();
  if (words === "" || words.length >= text.length) return undefined;
  const near = before + marked.length - marked.trimStart().length;
  let offset = -1;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) if (offset < 0 || Math.abs(at - near) < Math.abs(offset - near)) offset = at;
  return offset < 0 ? undefined : { text: words, offset };
}

export function markedOf(message: Message): Quote | undefined {
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return undefined;
  const range = selection.getRangeAt(0);
  const element = range.startContainer.parentElement?.closest("[data-text]");
  if (!element?.contains(range.endContainer) || element.closest("[data-message]")?.getAttribute("data-message") !== String(message.id)) return undefined;
  const before = document.createRange();
  before.setStart(element, 0);
  before.setEnd(range.startContainer, range.startOffset);
  return quoteAt(message.text, range.toString(), before.toString().length);
}
