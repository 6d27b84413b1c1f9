// The tiny picture that comes with a message, for until the real one is there.
import type { Thumbnail } from "@mtcute/core";

export function thumbUrl(thumbnails: readonly Thumbnail[]): string | undefined {
  const strip = thumbnails.find((each) => each.type === "i");
  if (!strip) return undefined;
  const place = typeof strip.location === "function" ? strip.location() : strip.location;
  if (!(place instanceof Uint8Array)) return undefined;
  const known = made.get(strip.raw);
  if (known !== undefined) return known;
  const url = URL.createObjectURL(new Blob([place as Uint8Array<ArrayBuffer>], { type: "image/jpeg" }));
  made.set(strip.raw, url);
  return url;
}

const made = new WeakMap<object, string>();

// The smallest size that is at least so wide; else the largest.
export function sizeFor(thumbnails: readonly Thumbnail[], width: number): Thumbnail | undefined {
  const pictures = thumbnails.filter((each) => !each.isVideo && each.type !== "i" && each.type !== "j" && each.width > 0).sort((a, b) => a.width - b.width);
  return pictures.find((each) => each.width >= width) ?? pictures.at(-1);
}
