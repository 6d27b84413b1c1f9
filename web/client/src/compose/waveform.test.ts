import { expect, test } from "vitest";
import { bars } from "./waveform.ts";

test("the loudest is 31, and each number is the peak of its part", () => {
  expect(bars(Float32Array.of(0, 0.1, -0.4, 0.2, 0, 0.05), 3)).toEqual([8, 31, 4]);
});

test("silence, and fewer samples than numbers, are no trouble", () => {
  expect(bars(new Float32Array(500), 4)).toEqual([0, 0, 0, 0]);
  expect(bars(Float32Array.of(1), 3)).toEqual([0, 0, 31]);
  expect(bars(new Float32Array(0))).toHaveLength(100);
});
