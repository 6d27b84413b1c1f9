// Files of the server as addresses that <img>, <audio> and <video> take. Of what strangers send only these types are
// ever handed to the browser as what they say they are; all else is bytes to save, so that nothing of it can run.
import type { FileDownloadLocation } from "@mtcute/core";
import { useEffect, useState } from "react";
import { tg } from "../api/client.ts";

const shown = new Set(["image/jpeg", "image/png", "image/webp", "image/gif", "video/mp4", "video/webm", "video/quicktime", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/webm", "audio/wav", "audio/x-wav", "audio/flac", "audio/aac"]);
const keptMax = 96 * 1024 * 1024;

export const safeType = (type: string): string => {
  const plainType = type.split(";")[0]?.trim().toLowerCase() ?? "";
  return shown.has(plainType) ? plainType : "application/octet-stream";
};

export interface Fetched {
  url: string;
  size: number;
}

// What was fetched last stays until there is too much of it.
const cache = new Map<string, Promise<Fetched>>();
let total = 0;

export function fetchBlob(key: string, location: FileDownloadLocation, type: string, options: { progress?: (done: number, all: number) => void; stop?: AbortSignal } = {}): Promise<Fetched> {
  const there = cache.get(key);
  if (there) {
    cache.delete(key);
    cache.set(key, there);
    return there;
  }
  const made = tg().downloadAsBuffer(location, { progressCallback: options.progress, abortSignal: options.stop }).then((bytes) => {
    total += bytes.length;
    void evict();
    return { url: URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: safeType(type) })), size: bytes.length };
  });
  cache.set(key, made);
  made.catch(() => cache.delete(key));
  return made;
}

async function evict(): Promise<void> {
  for (const [key, each] of [...cache]) {
    if (total <= keptMax) return;
    cache.delete(key);
    const { url, size } = await each;
    total -= size;
    // Pictures on screen are decoded by now; who asks again fetches again.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }
}

// The address, once it is there.
export function useBlob(key: string | undefined, location: FileDownloadLocation | undefined | null, type = "image/jpeg"): { url?: string; failed: boolean } {
  const [state, setState] = useState<{ key?: string; url?: string; failed: boolean }>({ failed: false });
  useEffect(() => {
    if (key === undefined || !location) return undefined;
    let gone = false;
    fetchBlob(key, location, type).then(({ url }) => !gone && setState({ key, url, failed: false }), () => !gone && setState({ key, failed: true }));
    return () => { gone = true; };
    // `key` stands for the location.
  }, [key, type]);
  return state.key === key ? state : { failed: false };
}
