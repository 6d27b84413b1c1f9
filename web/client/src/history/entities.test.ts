import type { tl } from "@mtcute/core";
import { describe, expect, test } from "vitest";
import { type Piece, pieces, safeUrl } from "./entities.ts";

const at = (name: "Bold" | "Italic" | "Code" | "Url" | "Hashtag", offset: number, length: number): tl.TypeMessageEntity => ({ _: `messageEntity${name}`, offset, length });

// "[bold:ab][plain: c]"
function drawn(text: string, tree: readonly Piece[]): string {
  return tree.map((piece) => `[${piece.what.kind}:${piece.inside.length > 0 ? drawn(text, piece.inside) : text.slice(piece.start, piece.end)}]`).join("");
}
const draw = (text: string, ...entities: tl.TypeMessageEntity[]): string => drawn(text, pieces(text, entities));

describe("pieces", () => {
  test("text alone", () => expect(draw("hello")).toBe("[plain:hello]"));
  test("in a row", () => expect(draw("a b c", at("Bold", 0, 1), at("Italic", 4, 1))).toBe("[bold:a][plain: b ][italic:c]"));
  test("one in another", () => expect(draw("abcd", at("Italic", 1, 2), at("Bold", 0, 4))).toBe("[bold:[plain:a][italic:bc][plain:d]]"));
  test("over the same text", () => expect(draw("ab", at("Bold", 0, 2), at("Italic", 0, 2))).toBe("[bold:[italic:ab]]"));
  test("overlapping ones are cut in two", () => expect(draw("abcd", at("Bold", 0, 3), at("Italic", 2, 2))).toBe("[bold:[plain:ab][italic:c]][italic:d]"));
  test("what reaches out of the text ends with it", () => expect(draw("ab", at("Bold", 1, 500), at("Code", 7, 3), at("Code", -4, 2))).toBe("[plain:a][bold:b]"));
  test("offsets count in UTF-16, as the schema does", () => expect(draw("😀x", at("Bold", 2, 1))).toBe("[plain:😀][bold:x]"));
  test("a thousand of them", () => {
    const many = Array.from({ length: 1000 }, (_, n) => at("Bold", n % 50, 60));
    expect(draw("x".repeat(100), ...many).replaceAll(/[^x]/g, "")).toHaveLength(100);
  });
});

describe("safeUrl", () => {
  test.each([
    ["https://example.org/a b", "https://example.org/a%20b"],
    ["example.org", "http://example.org/"],
    ["example.org:8080/x", "http://example.org:8080/x"],
    ["mailto:a@example.org", "mailto:a@example.org"],
    ["tg://resolve?domain=news", "tg://resolve?domain=news"],
  ])("%s", (text, url) => expect(safeUrl(text)).toBe(url));
  test.each(["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>1</script>", "vbscript:x", "file:///etc/passwd", "blob:https://a/b", " \u0001javascript:alert(1)", "http://"])("not %s", (text) => {
    const url = safeUrl(text);
    expect(url === undefined || url.startsWith("http://")).toBe(true);
  });
});
