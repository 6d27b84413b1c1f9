import { Fragment } from "react";
import type { Highlight } from "../api/types.ts";

interface Piece {
  text: string;
  mark?: string;  // the term, "" if none is named
}

// Cuts a text at highlights, which are in bytes of UTF-8. What lies outside or cuts a letter is left unmarked.
export function pieces(text: string, highlights: Highlight[]): Piece[] {
  const bytes = new TextEncoder().encode(text);
  const decoder = new TextDecoder();
  const whole = (at: number) => at === bytes.length || (bytes[at]! & 0xc0) !== 0x80;
  const found: Piece[] = [];
  let at = 0;
  for (const { from, to, term } of [...highlights].sort((a, b) => a.from - b.from)) {
    if (from < at || to <= from || to > bytes.length || !whole(from) || !whole(to)) continue;
    if (from > at) found.push({ text: decoder.decode(bytes.subarray(at, from)) });
    found.push({ text: decoder.decode(bytes.subarray(from, to)), mark: term ?? "" });
    at = to;
  }
  if (at < bytes.length) found.push({ text: decoder.decode(bytes.subarray(at)) });
  return found;
}

export function Highlighted({ text, highlights }: { text: string; highlights: Highlight[] }) {
  return <>{pieces(text, highlights).map((piece, index) => (piece.mark === undefined ? <Fragment key={index}>{piece.text}</Fragment> : <mark key={index} title={piece.mark || undefined}>{piece.text}</mark>))}</>;
}
