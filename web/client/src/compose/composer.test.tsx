// @vitest-environment jsdom
// What is written is sent as it was meant; an edit keeps what cannot be written; a bot is begun with.
import { act, cleanup, fireEvent, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import type { Message, Peer } from "@mtcute/core";
import { Observable } from "../api/observable.ts";
import { ChatContext, type ChatContextValue } from "../history/context.ts";
import type { History } from "../history/history.ts";
import { draw } from "../test_page.tsx";

vi.mock("../api/client.ts", () => ({ tg: () => ({}) }));
vi.mock("./drafts.ts", () => ({ draftOf: () => "", saveDraft: async () => undefined }));
vi.mock("./says_typing.ts", () => ({ saysTyping: () => undefined }));
vi.mock("./sticker_picker.tsx", () => ({ StickerPicker: () => null }));
const [sendText, edit] = [vi.fn(), vi.fn(async () => undefined)];
vi.mock("./send.ts", () => ({ sendText, edit, sendFiles: vi.fn() }));
const record = vi.fn();
vi.mock("./recorder.ts", () => ({ mayRecord: () => true, record }));
const { Composer } = await import("./composer.tsx");

class Conversation extends Observable {
  window = { messages: [] as Message[], atStart: true, atEnd: true };
  pending = [];
  loadedOnce = true;
}
const person = { id: 5, type: "user", isDeleted: false, isBot: false, displayName: "Eve" } as unknown as Peer;

function open(part: Partial<ChatContextValue> = {}) {
  const value = {
    history: new Conversation() as unknown as History, peer: person, chat: 5, thread: undefined, reply: undefined, setReply: vi.fn(), editing: undefined, setEditing: vi.fn(), asked: undefined, ask: vi.fn(), ...part,
  };
  draw(<ChatContext value={value}><Composer peer={value.peer} /></ChatContext>);
  return value;
}
const field = () => screen.getByRole("textbox", { name: "Message" });
const write = (text: string) => act(async () => {
  fireEvent.change(field(), { target: { value: text } });
  fireEvent.keyDown(field(), { key: "Enter" });
});

beforeEach(() => [sendText, edit].forEach((each) => each.mockClear()));

test("shortcuts are formats, and the field is empty afterwards", async () => {
  const { history } = open();
  await write("a **bold** word");
  expect(sendText).toHaveBeenCalledExactlyOnceWith(history, { text: "a bold word", entities: [{ _: "messageEntityBold", offset: 2, length: 4 }] }, { reply: undefined });
  expect(field()).toHaveProperty("value", "");
});

test("nothing, and more than a message has room for, is not sent", async () => {
  open();
  await write("   ");
  await write("x".repeat(4097));
  expect(screen.getByText("1 character too long")).toBeTruthy();
  expect(sendText).not.toHaveBeenCalled();
});

test("an edit keeps what has no shortcut", async () => {
  const editing = { id: 9, text: "an underlined word", sender: person, media: null, raw: { _: "message", entities: [{ _: "messageEntityUnderline", offset: 3, length: 10 }] } } as unknown as Message;
  const { history, setEditing } = open({ editing });
  expect(field()).toHaveProperty("value", "an underlined word");
  await write("here is an underlined word");
  expect(edit).toHaveBeenCalledExactlyOnceWith(history, editing, { text: "here is an underlined word", entities: [{ _: "messageEntityUnderline", offset: 11, length: 10 }] });
  expect(setEditing).toHaveBeenCalledWith(undefined);
});

test("an empty chat with a bot has a button to begin with", () => {
  const { history } = open({ peer: { ...person, isBot: true } as unknown as Peer });
  expect(screen.queryByRole("textbox")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Start" }));
  expect(sendText).toHaveBeenCalledExactlyOnceWith(history, { text: "/start", entities: [] });
});

test("who goes elsewhere before the browser has let them record leaves no microphone open", async () => {
  const [stop, cancel] = [vi.fn(), vi.fn()];
  let allow = (_: unknown) => {};
  record.mockReturnValue(new Promise((resolve) => { allow = resolve; }));
  open();
  const button = screen.getByRole("button", { name: "Record a voice message" });
  fireEvent.click(button);
  fireEvent.click(button);
  expect(record).toHaveBeenCalledOnce();
  cleanup();
  await act(async () => allow({ stop, cancel }));
  expect(cancel).toHaveBeenCalledOnce();
});
