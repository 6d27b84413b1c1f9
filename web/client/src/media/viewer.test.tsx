// @vitest-environment jsdom
// What is covered is neither to be reached in the conversation nor come upon in the viewer.
import { act, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { Message } from "@mtcute/core";
import type { History } from "../history/history.ts";
import { draw } from "../test_page.tsx";

vi.mock("../api/client.ts", () => ({ tg: () => ({}) }));
vi.mock("./blobs.ts", () => ({ fetchBlob: async (key: string) => ({ url: `blob:${key}`, size: 1 }) }));
vi.mock("./stream.ts", () => ({ streamUrl: (key: string) => `/stream/${key}` }));
const { Sensitive } = await import("./sensitive.tsx");
const { MediaViewer } = await import("./viewer.tsx");
const { viewer } = await import("./viewer_state.ts");

const photo = (id: number, reason?: string) => ({
  id, text: `photo ${id}`, date: new Date(0), chat: { id: 7 }, sender: { type: "user", displayName: "Eve" }, media: { type: "photo", id, hasSpoiler: false },
  raw: { _: "message", restrictionReason: reason ? [{ platform: "all", reason, text: "" }] : undefined },
}) as unknown as Message;
const history = (...messages: Message[]) => ({ window: { messages } }) as unknown as History;
const shown = () => screen.getByText(/^photo \d$/).textContent;
const press = (key: string) => fireEvent.keyDown(screen.getByText(/^photo \d$/), { key });

afterEach(() => act(() => viewer.close()));

test("a covered picture cannot be reached until it is asked for", () => {
  draw(<Sensitive message={photo(1, "sensitive")}><button type="button">the picture</button></Sensitive>);
  expect(screen.getByText("Marked as sensitive")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "the picture" })).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Show" }));
  expect(screen.getByRole("button", { name: "the picture" })).toBeTruthy();
  expect(screen.queryByText("Marked as sensitive")).toBeNull();
});

test("the arrows leave out what is covered, and what was taken down", async () => {
  const all = [photo(2), photo(3, "sensitive"), photo(4, "copyright"), photo(5)];
  draw(<MediaViewer history={history(...all)} />);
  await act(async () => viewer.open(all[0]!));
  expect(shown()).toBe("photo 2");
  await act(async () => void press("ArrowRight"));
  expect(shown()).toBe("photo 5");
  await act(async () => void press("ArrowLeft"));
  expect(shown()).toBe("photo 2");
  fireEvent.keyDown(screen.getByText("photo 2"), { key: "ArrowLeft" });
  expect(shown()).toBe("photo 2");
});

test("what was asked for is among them", async () => {
  const all = [photo(6), photo(7, "sensitive"), photo(8)];
  draw(<><Sensitive message={all[1]!}>nothing</Sensitive><MediaViewer history={history(...all)} /></>);
  fireEvent.click(screen.getByRole("button", { name: "Show" }));
  await act(async () => viewer.open(all[0]!));
  await act(async () => void press("ArrowRight"));
  expect(shown()).toBe("photo 7");
});

const film = (id: number, isAnimation = false) => ({ ...photo(id), media: { type: "video", uniqueFileId: `f${id}`, mimeType: "video/mp4", isAnimation } }) as unknown as Message;
const playing = () => document.querySelector("video")?.getAttribute("src");

test("a film plays while it is fetched; where that fails it is fetched whole", async () => {
  draw(<MediaViewer history={history(film(9))} />);
  await act(async () => viewer.open(film(9)));
  expect(playing()).toBe("/stream/whole/f9");
  await act(async () => void fireEvent.error(document.querySelector("video")!));
  expect(playing()).toBe("blob:whole/f9");
});

test("what is played again and again is fetched whole", async () => {
  draw(<MediaViewer history={history(film(10, true))} />);
  await act(async () => viewer.open(film(10, true)));
  expect(playing()).toBe("blob:whole/f10");
});
