// The shortcuts one types (**bold**, __italic__, ~~struck~~, ||hidden||, `code`, ```block```, [words](address), > quote)
// and what they stand for, there and back. What has no other half is text.
import type { tl } from "@mtcute/core";
import { safeUrl } from "../history/entities.ts";

export interface Formatted {
  text: string;
  entities: tl.TypeMessageEntity[];
}

type Simple = "messageEntityBold" | "messageEntityItalic" | "messageEntityStrike" | "messageEntitySpoiler";
const marks: readonly [string, Simple][] = [["**", "messageEntityBold"], ["__", "messageEntityItalic"], ["~~", "messageEntityStrike"], ["||", "messageEntitySpoiler"]];

export function parseMarkdown(source: string): Formatted {
  const entities: tl.TypeMessageEntity[] = [];
  let text = "";
  const open = new Map<string, number>();
  let quoteFrom = -1;
  const endQuote = () => {
    const end = text.replace(/\n$/, "").length;
    if (quoteFrom >= 0 && end > quoteFrom) entities.push({ _: "messageEntityBlockquote", offset: quoteFrom, length: end - quoteFrom });
    quoteFrom = -1;
  };
  for (let at = 0; at < source.length;) {
    const lineStart = at === 0 || source[at - 1] === "\n";
    if (lineStart) {
      if (source.startsWith("> ", at)) {
        if (quoteFrom < 0) quoteFrom = text.length;
        at += 2;
        continue;
      }
      endQuote();
    }
    if (source[at] === "\\" && /[*_~|`[\\>]/.test(source[at + 1] ?? "")) {
      text += source[at + 1];
      at += 2;
      continue;
    }
    if (source.startsWith("```", at)) {
      const end = source.indexOf("```", at + 3);
      if (end > at + 3) {
        const block = /^(?:([\w+#-]*)\n)?([\s\S]*)$/.exec(source.slice(at + 3, end));
        const inside = (block?.[2] ?? "").replace(/\n$/, "");
        if (inside !== "") {
          entities.push({ _: "messageEntityPre", offset: text.length, length: inside.length, language: block?.[1] ?? "" });
          text += inside;
          at = end + 3;
          continue;
        }
      }
    }
    if (source[at] === "`") {
      const end = source.indexOf("`", at + 1);
      const inside = end > at ? source.slice(at + 1, end) : "";
      if (inside !== "" && !inside.includes("\n")) {
        entities.push({ _: "messageEntityCode", offset: text.length, length: inside.length });
        text += inside;
        at = end + 1;
        continue;
      }
    }
    if (source[at] === "[") {
      const link = /^\[([^\]\n]{1,400})\]\(([^)\s]{1,2000})\)/.exec(source.slice(at, at + 2500));
      const url = link?.[2] === undefined ? undefined : safeUrl(link[2]);
      if (link?.[1] !== undefined && url !== undefined) {
        entities.push({ _: "messageEntityTextUrl", offset: text.length, length: link[1].length, url });
        text += link[1];
        at += link[0].length;
        continue;
      }
    }
    const mark = marks.find(([sign]) => source.startsWith(sign, at));
    if (mark) {
      const [sign, kind] = mark;
      const from = open.get(sign);
      if (from !== undefined && from < text.length) {
        entities.push({ _: kind, offset: from, length: text.length - from });
        open.delete(sign);
        at += sign.length;
        continue;
      }
      // Opens only where it is closed after something.
      const close = source.indexOf(sign, at + sign.length + 1);
      if (from === undefined && close > 0) {
        open.set(sign, text.length);
        at += sign.length;
        continue;
      }
    }
    text += source[at];
    at += 1;
  }
  endQuote();
  return trimmed({ text, entities: entities.sort((a, b) => a.offset - b.offset || b.length - a.length) });
}

function trimmed({ text, entities }: Formatted): Formatted {
  const start = text.length - text.trimStart().length;
  const end = text.trimEnd().length;
  const kept = entities.map((each) => {
    const from = Math.max(each.offset, start);
    const to = Math.min(each.offset + each.length, end);
    return { ...each, offset: from - start, length: to - from };
  });
  return { text: text.slice(start, end), entities: kept.filter((each) => each.length > 0) };
}

const around: Record<string, string> = {
  messageEntityBold: "**", messageEntityItalic: "__", messageEntityStrike: "~~", messageEntitySpoiler: "||", messageEntityCode: "`",
};

// For editing what was sent. Formats that have no shortcut cannot be written: keep_formats.ts.
export function toMarkdown(text: string, entities: readonly tl.TypeMessageEntity[]): string {
  const inserts: { at: number; order: number; sign: string }[] = [];
  const put = (entity: tl.TypeMessageEntity, before: string, after: string) => {
    inserts.push({ at: entity.offset, order: -entity.length, sign: before }, { at: entity.offset + entity.length, order: -1e9 + entity.length, sign: after });
  };
  const literal: [number, number][] = [];
  for (const entity of entities) {
    const sign = around[entity._];
    if (sign !== undefined) put(entity, sign, sign);
    if (entity._ === "messageEntityPre") put(entity, `\`\`\`${entity.language}\n`, "\n```");
    if (entity._ === "messageEntityTextUrl") put(entity, "[", `](${entity.url})`);
    if (entity._ === "messageEntityBlockquote") {
      for (let line = entity.offset; line >= entity.offset && line < entity.offset + entity.length; line = text.indexOf("\n", line) + 1 || text.length) inserts.push({ at: line, order: -1e8, sign: "> " });
    }
    if (entity._ === "messageEntityPre" || entity._ === "messageEntityCode" || entity._ === "messageEntityUrl") literal.push([entity.offset, entity.offset + entity.length]);
  }
  inserts.sort((a, b) => a.at - b.at || a.order - b.order);
  let out = "";
  let next = 0;
  for (let at = 0; at <= text.length; at += 1) {
    for (; next < inserts.length && inserts[next]!.at <= at; next += 1) out += inserts[next]!.sign;
    const sign = text[at] ?? "";
    const isLiteral = literal.some(([from, to]) => at >= from && at < to);
    const twice = /[*_~|]/.test(sign) && (text[at + 1] === sign);
    const lineStart = (at === 0 || text[at - 1] === "\n") && sign === ">";
    out += !isLiteral && (twice || sign === "`" || sign === "\\" || lineStart) ? `\\${sign}` : sign;
  }
  return out;
}
