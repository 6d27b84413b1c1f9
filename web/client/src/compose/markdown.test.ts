import { describe, expect, test } from "vitest";
import { parseMarkdown, toMarkdown } from "./markdown.ts";

// "bold 0+2" for each entity.
const shape = (source: string): [string, ...string[]] => {
  const { text, entities } = parseMarkdown(source);
  return [text, ...entities.map((each) => `${each._.replace("messageEntity", "").toLowerCase()} ${each.offset}+${each.length}`)];
};

describe("parseMarkdown", () => {
  test.each<[string, string[]]>([
    ["hello", ["hello"]],
    ["a **b** c", ["a b c", "bold 2+1"]],
    ["__i__ ~~s~~ ||h||", ["i s h", "italic 0+1", "strike 2+1", "spoiler 4+1"]],
    ["**a __b__**", ["a b", "bold 0+3", "italic 2+1"]],
    ["**a __b** c__", ["a b c", "bold 0+3", "italic 2+3"]],
    ["`x **y**`", ["x **y**", "code 0+7"]],
    ["```js\nlet a;\n```", ["let a;", "pre 0+6"]],
    ["```one line```", ["one line", "pre 0+8"]],
    ["[words](example.org)", ["words", "texturl 0+5"]],
    ["> a\n> b\nc", ["a\nb\nc", "blockquote 0+3"]],
    ["  **b**  ", ["b", "bold 0+1"]],
    ["😀 **b**", ["😀 b", "bold 3+1"]],
  ])("%s", (source, wanted) => expect(shape(source)).toEqual(wanted));

  test.each(["2 ** 3", "a**", "**", "****", "snake_case__name", "`", "``", "[a](javascript:alert(1))", "[a]", "||", "```", "a > b"])("%s is only text", (source) => expect(shape(source)).toEqual([source]));

  test("a backslash makes a sign a sign", () => expect(shape("\\**a**")).toEqual(["**a**"]));
  test("a megabyte of signs takes no time", () => {
    const before = performance.now();
    parseMarkdown("**a __b ||c ~~d `e [f](".repeat(3000));
    expect(performance.now() - before).toBeLessThan(3000);
  });
});

describe("toMarkdown", () => {
  test.each(["hello", "a **b** c", "__i__ ~~s~~ ||h||", "**a __b__**", "`x`", "```js\nlet a;\n```", "[words](http://example.org/)", "> a\n> b\nc", "\\**a\\**"])("%s comes back as it was", (source) => {
    const first = parseMarkdown(source);
    expect(parseMarkdown(toMarkdown(first.text, first.entities))).toEqual(first);
  });
  test("what was sent as text stays text", () => {
    const text = "**not bold** and `not code`";
    expect(parseMarkdown(toMarkdown(text, []))).toEqual({ text, entities: [] });
  });
});
