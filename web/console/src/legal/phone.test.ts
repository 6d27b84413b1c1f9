import { expect, test } from "vitest";
import { isSameNumber } from "./phone.ts";

test("a number is the same in any spelling", () => {
  expect(isSameNumber("030 / 1234-567, the registry", "+49 (30) 1234567")).toBe(true);
  expect(isSameNumber("+49 30 1234567", "030 1234567")).toBe(true);
  expect(isSameNumber("110", "110")).toBe(true);
});

test("another number is not, and neither is nothing", () => {
  expect(isSameNumber("+49 30 7654321", "+49 30 1234567")).toBe(false);
  expect(isSameNumber("", "+49 30 1234567")).toBe(false);
  expect(isSameNumber("+49 30 1", "-")).toBe(false);
});
