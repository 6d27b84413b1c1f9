import { expect, test } from "vitest";
import { partOf, pieceSize } from "./range.ts";

const film = 10 * pieceSize + 100;

test.each<[string, string | null, object | undefined]>([
  ["nothing said: the first piece", null, { start: 0, end: pieceSize, piece: 0 }],
  ["all of it: the first piece", "bytes=0-", { start: 0, end: pieceSize, piece: 0 }],
  ["a few bytes: no more than those", "bytes=10-19", { start: 10, end: 20, piece: 0 }],
  ["from within a piece: up to its end", `bytes=${pieceSize + 7}-`, { start: pieceSize + 7, end: 2 * pieceSize, piece: pieceSize }],
  ["the last piece is shorter", `bytes=${10 * pieceSize}-`, { start: 10 * pieceSize, end: film, piece: 10 * pieceSize }],
  ["the last bytes", "bytes=-60", { start: film - 60, end: film, piece: 10 * pieceSize }],
  ["more than there is from the end", `bytes=-${2 * film}`, { start: 0, end: pieceSize, piece: 0 }],
  ["behind the end", `bytes=${film}-`, undefined],
  ["backwards", "bytes=20-10", undefined],
  ["several at once: as if nothing was said", "bytes=0-1,5-6", { start: 0, end: pieceSize, piece: 0 }],
])("%s", (_, header, part) => expect(partOf(header, film)).toEqual(part));
