// A message's text as a tree of pieces, from the flat list of entities that the server sends: they may nest and, from
// strangers, overlap or reach out of the text.
import type { tl } from "@mtcute/core";

export type Kind =
  | { kind: "bold" | "italic" | "underline" | "strike" | "spoiler" | "code" | "quote" | "hashtag" | "mention" | "command" | "phone" | "plain" }
  | { kind: "pre"; language: string }
  | { kind: "link"; url: string }
  | { kind: "person"; userId: number };

export interface Piece {
  start: number;
  end: number;
  what: Kind;
  inside: Piece[];  // empty: the text itself
}

function kindOf(entity: tl.TypeMessageEntity, text: string): Kind | undefined {
  switch (entity._) {
    case "messageEntityBold": return { kind: "bold" };
    case "messageEntityItalic": return { kind: "italic" };
    case "messageEntityUnderline": return { kind: "underline" };
    case "messageEntityStrike": return { kind: "strike" };
    case "messageEntitySpoiler": return { kind: "spoiler" };
    case "messageEntityCode": return { kind: "code" };
    case "messageEntityBlockquote": return { kind: "quote" };
    case "messageEntityHashtag":
    case "messageEntityCashtag": return { kind: "hashtag" };
    case "messageEntityMention": return { kind: "mention" };
    case "messageEntityBotCommand": return { kind: "command" };
    case "messageEntityPhone": return { kind: "phone" };
    case "messageEntityPre": return { kind: "pre", language: entity.language };
    case "messageEntityMentionName": return { kind: "person", userId: entity.userId };
    case "messageEntityUrl": {
      const url = safeUrl(text.slice(entity.offset, entity.offset + entity.length));
      return url === undefined ? undefined : { kind: "link", url };
    }
    case "messageEntityEmail": {
      const url = safeUrl(`mailto:${text.slice(entity.offset, entity.offset + entity.length)}`);
      return url === undefined ? undefined : { kind: "link", url };
    }
    case "messageEntityTextUrl": {
      const url = safeUrl(entity.url);
      return url === undefined ? undefined : { kind: "link", url };
    }
    default: return undefined;
  }
}

// Addresses that may be behind a link: what a stranger writes must not run (javascript:, data:) or open programs.
export function safeUrl(text: string): string | undefined {
  const candidate = /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[\w.-]+:\d/.test(text) ? text : `http://${text}`;
  try {
    const url = new URL(candidate);
    return ["http:", "https:", "mailto:", "tg:"].includes(url.protocol) ? url.href : undefined;
  } catch {
    return undefined;
  }
}

// More than any text needs; overlapping ones are cut into pieces, which takes its time.
const entitiesMax = 200;

interface Span {
  start: number;
  end: number;
  what: Kind;
}

export function pieces(text: string, entities: readonly tl.TypeMessageEntity[]): Piece[] {
  const spans: Span[] = [];
  for (const entity of entities.slice(0, entitiesMax)) {
    const start = Math.max(0, entity.offset);
    const end = Math.min(text.length, entity.offset + entity.length);
    const what = start < end ? kindOf(entity, text) : undefined;
    if (what) spans.push({ start, end, what });
  }
  // The longer one outside.
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  return within(0, text.length, spans);
}

function within(start: number, end: number, spans: readonly Span[]): Piece[] {
  const out: Piece[] = [];
  let at = start;
  for (let i = 0; i < spans.length;) {
    const outer = spans[i]!;
    if (outer.start > at) out.push({ start: at, end: outer.start, what: { kind: "plain" }, inside: [] });
    const until = Math.min(outer.end, end);
    const inner: Span[] = [];
    const rest: Span[] = [];
    let next = i + 1;
    for (; next < spans.length && spans[next]!.start < until; next += 1) {
      const each = spans[next]!;
      inner.push({ ...each, end: Math.min(each.end, until) });
      // What overlaps is cut in two.
      if (each.end > until) rest.push({ ...each, start: until });
    }
    out.push({ start: outer.start, end: until, what: outer.what, inside: inner.length > 0 ? within(outer.start, until, inner) : [] });
    at = until;
    if (rest.length > 0) {
      const after = [...rest, ...spans.slice(next)].sort((a, b) => a.start - b.start || b.end - a.end);
      return [...out, ...within(at, end, after)];
    }
    i = next;
  }
  if (at < end) out.push({ start: at, end, what: { kind: "plain" }, inside: [] });
  return out;
}
