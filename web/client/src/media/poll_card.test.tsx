// @vitest-environment jsdom
// One votes with what one chose, sees the outcome after it, and can take it back.
import { act, fireEvent, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import type { Message, Poll } from "@mtcute/core";
import { draw } from "../test_page.tsx";

const sendVote = vi.fn<(vote: object) => Promise<void>>(async () => undefined);
vi.mock("../api/client.ts", () => ({ tg: () => ({ sendVote }) }));
const { PollCard } = await import("./poll_card.tsx");

const message = { id: 4, chat: { id: 7 }, isScheduled: false } as unknown as Message;
const poll = (part: object = {}, chosen?: number) => ({
  question: "Tea or coffee?", voters: chosen === undefined ? 0 : 2, isClosed: false, isQuiz: false, isPublic: false, isMultiple: false, solution: null,
  answers: ["Tea", "Coffee", "Neither"].map((text, index) => ({ text, voters: index === chosen ? 2 : 0, chosen: index === chosen, correct: index === 1 })), ...part,
}) as unknown as Poll;
const vote = () => act(async () => void fireEvent.click(screen.getByRole("button", { name: "Vote" })));

beforeEach(() => sendVote.mockClear());

test("one answer of several", async () => {
  draw(<PollCard message={message} poll={poll()} />);
  expect(screen.getByRole("button", { name: "Vote" })).toHaveProperty("disabled", true);
  fireEvent.click(screen.getByRole("radio", { name: "Tea" }));
  fireEvent.click(screen.getByRole("radio", { name: "Coffee" }));
  await vote();
  expect(sendVote).toHaveBeenCalledExactlyOnceWith({ chatId: 7, message: 4, options: [1] });
});

test("several answers", async () => {
  draw(<PollCard message={message} poll={poll({ isMultiple: true })} />);
  for (const name of ["Tea", "Coffee", "Neither", "Tea"]) fireEvent.click(screen.getByRole("checkbox", { name }));
  await vote();
  expect(sendVote).toHaveBeenCalledExactlyOnceWith({ chatId: 7, message: 4, options: [1, 2] });
});

test("what one chose, what the others chose, and back", async () => {
  draw(<PollCard message={message} poll={poll({}, 1)} />);
  expect(screen.queryByRole("radio")).toBeNull();
  expect(screen.getByText(/✓ Coffee/).textContent).toContain("2 votes");
  await act(async () => void fireEvent.click(screen.getByRole("button", { name: "Take back" })));
  expect(sendVote).toHaveBeenCalledExactlyOnceWith({ chatId: 7, message: 4, options: null });
});

test("a closed one is only read", () => {
  draw(<PollCard message={message} poll={poll({ isClosed: true })} />);
  expect(screen.queryByRole("radio")).toBeNull();
  expect(screen.queryByRole("button")).toBeNull();
});
