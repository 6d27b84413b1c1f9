// What the service worker is answered when a player asks it for a part of a film.
import { afterEach, expect, test, vi } from "vitest";
import { pieceSize } from "./range.ts";

const film = new Uint8Array(2 * pieceSize + 10).map((_, at) => at % 251);
const asked: object[] = [];
let short = 0;

vi.mock("../api/client.ts", () => ({
  tg: () => ({
    downloadChunk: async ({ location, offset, limit }: { location: string; offset: number; limit: number }) => {
      asked.push({ offset, limit });
      if (location === "lost") throw new Error("no connection");
      return film.subarray(offset, offset + limit - short);
    },
  }),
}));
const { give, streamUrl } = await import("./stream.ts");

const served = (controller: object | null) => vi.stubGlobal("navigator", { serviceWorker: { controller, addEventListener: () => undefined, startMessages: () => undefined } });

afterEach(() => {
  vi.unstubAllGlobals();
  asked.length = 0;
  short = 0;
});

test("a part, with where in the film it is", async () => {
  served({});
  expect(streamUrl("film/1", "there", film.length, "video/mp4")).toBe("/stream/film%2F1");
  const given = await give({ stream: "film/1", range: `bytes=${pieceSize + 3}-` });
  expect(given.status).toBe(206);
  expect(given.headers).toMatchObject({ "Content-Range": `bytes ${pieceSize + 3}-${2 * pieceSize - 1}/${film.length}`, "Content-Type": "video/mp4" });
  expect(given.bytes).toEqual(film.slice(pieceSize + 3, 2 * pieceSize));
  expect(asked).toEqual([{ offset: pieceSize, limit: pieceSize }]);
});

test("what is not there", async () => {
  served({});
  streamUrl("film/1", "there", film.length, "video/mp4");
  streamUrl("film/2", "lost", film.length, "video/mp4");
  expect((await give({ stream: "film/3", range: null })).status).toBe(404);
  expect(await give({ stream: "film/1", range: `bytes=${film.length}-` })).toMatchObject({ status: 416, headers: { "Content-Range": `bytes */${film.length}` } });
  expect((await give({ stream: "film/2", range: null })).status).toBe(502);
  short = 1;  // less came than was said
  expect((await give({ stream: "film/1", range: null })).status).toBe(502);
});

test("of a stranger's type only what can play is said", async () => {
  served({});
  streamUrl("film/4", "there", film.length, "text/html");
  expect((await give({ stream: "film/4", range: null })).headers["Content-Type"]).toBe("application/octet-stream");
});

test("without a service worker, and what is small, is fetched whole", () => {
  served(null);
  expect(streamUrl("film/5", "there", film.length, "video/mp4")).toBeUndefined();
  served({});
  expect(streamUrl("film/5", "there", pieceSize, "video/mp4")).toBeUndefined();
  expect(streamUrl("film/5", "there", undefined, "video/mp4")).toBeUndefined();
  vi.stubGlobal("navigator", {});
  expect(streamUrl("film/5", "there", film.length, "video/mp4")).toBeUndefined();
});
