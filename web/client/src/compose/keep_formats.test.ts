import { expect, test } from "vitest";
import type { tl } from "@mtcute/core";
import { keepFormats } from "./keep_formats.ts";
import { parseMarkdown, toMarkdown } from "./markdown.ts";

const text = "one two three";
const underlined: tl.TypeMessageEntity = { _: "messageEntityUnderline", offset: 4, length: 3 };
const kept = (after: string) => keepFormats({ text, entities: [underlined] }, parseMarkdown(after)).entities.map((each) => parseMarkdown(after).text.slice(each.offset, each.offset + each.length));

test.each([
  ["nothing is changed", "one two three", ["two"]],
  ["something before it", "a hundred and two three", ["two"]],
  ["something after it", "one two, then three", ["two"]],
  ["a letter in it", "one twxo three", ["twxo"]],
  ["it is replaced", "one and three", ["and"]],
  ["it is gone", "one", []],
  ["everything is gone", "four", []],
])("underlined words stay underlined: %s", (_, after, wanted) => expect(kept(after)).toEqual(wanted));

test("beside what is written with shortcuts", () => {
  const entities: tl.TypeMessageEntity[] = [{ _: "messageEntityBold", offset: 0, length: 3 }, underlined, { _: "messageEntityMentionName", offset: 8, length: 5, userId: 7 }];
  expect(keepFormats({ text, entities }, parseMarkdown(toMarkdown(text, entities)))).toEqual({ text, entities });
});
