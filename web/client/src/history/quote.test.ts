import { expect, test } from "vitest";
import { quoteAt } from "./quote.ts";

test("of several that read the same the marked one is quoted", () => {
  const text = "one and one and one";
  expect([0, 8, 16].map((before) => quoteAt(text, "one", before)?.offset)).toEqual([0, 8, 16]);
});

test("blanks around it are not quoted", () => expect(quoteAt("yes or yes", " yes", 6)).toEqual({ text: "yes", offset: 7 }));
test("what is not drawn moves nothing far", () => expect(quoteAt("\u202eone or\u2066 one", "one", 7)?.offset).toBe(9));
test("nothing, everything, and what is not there is no quote", () => expect(["", "  ", "all of it", "none"].map((each) => quoteAt("all of it", each, 0))).toEqual([undefined, undefined, undefined, undefined]));
