import { describe, expect, test } from "vitest";
import { arrive, extend, nothing, remove, replace, trim, type Window } from "./window.ts";

interface M { id: number; text?: string }
const some = (...ids: number[]): M[] => ids.map((id) => ({ id }));
const ids = (window: Window<M>): number[] => window.messages.map((each) => each.id);
const end: Window<M> = { messages: some(5, 6, 7), atStart: false, atEnd: true };

describe("extend", () => {
  test("a page comes newest first and is put in order, without doubles", () => {
    expect(ids(extend(end, some(5, 4, 3), {}))).toEqual([3, 4, 5, 6, 7]);
  });
  test("of a message that is there twice the page's counts", () => {
    expect(extend(end, [{ id: 6, text: "edited" }], {}).messages[1]?.text).toBe("edited");
  });
  test("ends once reached stay reached", () => {
    expect(extend({ ...end, atStart: true }, [], {})).toMatchObject({ atStart: true, atEnd: true });
    expect(extend(nothing as Window<M>, some(1), { atStart: true })).toMatchObject({ atStart: true, atEnd: false });
  });
});

describe("arrive", () => {
  test("a new message goes to the end", () => expect(ids(arrive(end, { id: 9 }))).toEqual([5, 6, 7, 9]));
  test("and into an empty conversation", () => expect(ids(arrive({ messages: [], atStart: true, atEnd: true }, { id: 1 }))).toEqual([1]));
  test("the same again changes nothing but itself", () => expect(ids(arrive(end, { id: 7 }))).toEqual([5, 6, 7]));
  test("where newer ones are missing it would leave a hole", () => {
    const middle = { ...end, atEnd: false };
    expect(arrive(middle, { id: 9 })).toBe(middle);
  });
  test("one that comes after a newer one takes its place", () => expect(ids(arrive({ ...end, messages: some(5, 7, 8) }, { id: 6 }))).toEqual([5, 6, 7, 8]));
  test("also before the first, where there is nothing older: a bot answered before the server did", () => {
    expect(ids(arrive({ messages: some(2), atStart: true, atEnd: true }, { id: 1 }))).toEqual([1, 2]);
  });
  test("one that is older than all of it is not for it", () => expect(arrive(end, { id: 2 })).toBe(end));
});

test("replace changes what is there and nothing else", () => {
  expect(replace(end, 6, (each) => ({ ...each, text: "new" })).messages).toEqual([{ id: 5 }, { id: 6, text: "new" }, { id: 7 }]);
  expect(replace(end, 8, (each) => each)).toBe(end);
});

test("remove", () => {
  expect(ids(remove(end, [6, 100]))).toEqual([5, 7]);
  expect(remove(end, [100])).toBe(end);
});

test("trim drops from the far end and remembers that it did", () => {
  expect(trim({ ...end, atStart: true }, 2, "start")).toEqual({ messages: some(5, 6), atStart: true, atEnd: false });
  expect(trim({ ...end, atStart: true }, 2, "end")).toEqual({ messages: some(6, 7), atStart: false, atEnd: true });
  expect(trim(end, 3, "end")).toBe(end);
});
