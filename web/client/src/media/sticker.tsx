import type { Sticker } from "@mtcute/core";
import { useBlob } from "./blobs.ts";
import { sizeFor } from "./thumb.ts";

// Pictures and short films; of vector animations the still that comes with them, or their emoji.
export function StickerPicture({ sticker, size }: { sticker: Sticker; size: number }) {
  const still = sticker.sourceType === "animated" ? sizeFor(sticker.thumbnails, size) : undefined;
  const location = sticker.sourceType === "animated" ? still : sticker;
  const { url } = useBlob(location ? `sticker/${sticker.uniqueFileId}` : undefined, location, sticker.sourceType === "animated" ? "image/webp" : sticker.mimeType);
  const box = { width: size, height: size, objectFit: "contain" as const };
  if (!url) return <span style={{ ...box, fontSize: size * 0.6, lineHeight: `${size}px`, textAlign: "center" }} aria-hidden>{sticker.emoji}</span>;
  if (sticker.sourceType === "video") return <video src={url} style={box} autoPlay={!matchMedia("(prefers-reduced-motion: reduce)").matches} loop muted playsInline aria-label={sticker.emoji} />;
  return <img src={url} style={box} alt={sticker.emoji} />;
}
