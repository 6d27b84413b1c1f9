import { expect, test } from "vitest";
import { caseOf } from "./letters.ts";

test.each([
  ["Thank you for your report: it is case 12. A moderator will look at it.", 12],
  ["Thank you for your report of 2026-11-28 (case 7). A moderator has looked at it.", 7],
  ["Case 31. It is entered in the transparency log of this server.", 31],
  ["Your code is 12345.", undefined],
  ["in any case, hello", undefined],
])("%s", (text, number) => expect(caseOf(text)).toBe(number));
