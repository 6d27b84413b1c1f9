// Files on their way into a message: what they are sent as, and what is shown of them before.
import { fileName } from "../history/plain.ts";
import type { Recorded } from "./recorder.ts";

export interface Attachment {
  key: string;
  file: File;
  name: string;
  type: string;
  kind: "photo" | "video" | "audio" | "voice" | "file";
  preview?: string;  // an address of this page; `release` gives it back
  width?: number;
  height?: number;
  duration?: number;
  waveform?: number[];
}

const photoMax = 10 * 1024 * 1024;
const photos = new Set(["image/jpeg", "image/png", "image/webp"]);
const videos = new Set(["video/mp4", "video/webm", "video/quicktime"]);

let count = 0;

export async function attachmentOf(file: File, asFile = false): Promise<Attachment> {
  const type = file.type || "application/octet-stream";
  const base = { key: `a${(count += 1)}`, file, name: fileName(file.name, "file"), type };
  if (!asFile && photos.has(type) && file.size <= photoMax) {
    try {
      const picture = await createImageBitmap(file);
      const size = { width: picture.width, height: picture.height };
      picture.close();
      return { ...base, kind: "photo", preview: URL.createObjectURL(file), ...size };
    } catch { /* not a picture, whatever it calls itself */ }
  }
  if (!asFile && videos.has(type)) {
    const facts = await probe("video", file);
    if (facts) return { ...base, kind: "video", ...facts };
  }
  if (!asFile && type.startsWith("audio/")) {
    const facts = await probe("audio", file);
    if (facts) return { ...base, kind: "audio", duration: facts.duration };
  }
  return { ...base, kind: "file" };
}

export function voiceOf({ file, seconds, waveform }: Recorded): Attachment {
  return { key: `a${(count += 1)}`, file, name: file.name, type: file.type, kind: "voice", duration: seconds, waveform };
}

// How large and long it is, if the browser can play it.
function probe(tag: "video" | "audio", file: File): Promise<{ width?: number; height?: number; duration: number } | undefined> {
  return new Promise((resolve) => {
    const element = document.createElement(tag);
    const url = URL.createObjectURL(file);
    const end = (facts?: { width?: number; height?: number; duration: number }) => {
      URL.revokeObjectURL(url);
      resolve(facts);
    };
    element.preload = "metadata";
    element.onloadedmetadata = () => end({
      duration: Number.isFinite(element.duration) ? Math.round(element.duration) : 0,
      ...(element instanceof HTMLVideoElement ? { width: element.videoWidth, height: element.videoHeight } : {}),
    });
    element.onerror = () => end();
    setTimeout(() => end(), 5000);
    element.src = url;
  });
}

export function release(attachments: readonly Attachment[]): void {
  for (const each of attachments) if (each.preview) setTimeout(() => URL.revokeObjectURL(each.preview!), 120_000);
}
