// Films and music are played while they are fetched. The player asks for parts of /stream/KEY; the service worker (sw.ts) takes
// that and asks this page, which has the account, for the bytes. Nothing of it is kept.
import type { FileDownloadLocation } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { safeType } from "./blobs.ts";
import { partOf, pieceSize } from "./range.ts";

// What the service worker asks, with a port for the answer.
export interface Wanted {
  stream: string;
  range: string | null;
}

export interface Given {
  status: 206 | 404 | 416 | 502;
  headers: Record<string, string>;
  bytes?: Uint8Array<ArrayBuffer>;
}

interface Stream {
  location: FileDownloadLocation;
  size: number;
  type: string;
}

const streams = new Map<string, Stream>();
let listening = false;

// The address of it for a player of this page; none where there is no service worker (a private window, the first moments), or
// where it is not worth it: then it is to be fetched whole.
export function streamUrl(key: string, location: FileDownloadLocation, size: number | undefined, type: string): string | undefined {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!workers?.controller || size === undefined || size <= pieceSize) return undefined;
  if (!listening) {
    workers.addEventListener("message", (event) => void answer(event.data as Wanted, event.ports[0]));
    workers.startMessages();
    listening = true;
  }
  streams.set(key, { location, size, type: safeType(type) });
  return `/stream/${encodeURIComponent(key)}`;
}

async function answer(wanted: Wanted, port: MessagePort | undefined): Promise<void> {
  port?.postMessage(await give(wanted));
}

export async function give({ stream: key, range }: Wanted): Promise<Given> {
  const stream = streams.get(key);
  if (!stream) return { status: 404, headers: {} };
  const { location, size, type } = stream;
  const part = partOf(range, size);
  if (!part) return { status: 416, headers: { "Content-Range": `bytes */${size}` } };
  try {
    const piece = await tg().downloadChunk({ location, offset: part.piece, limit: pieceSize });
    const bytes = piece.slice(part.start - part.piece, part.end - part.piece);
    if (bytes.length !== part.end - part.start) return { status: 502, headers: {} };
    return {
      status: 206,
      headers: {
        "Accept-Ranges": "bytes", "Cache-Control": "no-store", "Content-Length": String(bytes.length),
        "Content-Range": `bytes ${part.start}-${part.end - 1}/${size}`, "Content-Type": type, "X-Content-Type-Options": "nosniff",
      },
      bytes,
    };
  } catch {
    return { status: 502, headers: {} };
  }
}
