// Photos and films in a conversation, small; a click opens the viewer.
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Message, Photo, Video } from "@mtcute/core";
import { length } from "../layout/formats.ts";
import { useBlob } from "./blobs.ts";
import { sizeFor, thumbUrl } from "./thumb.ts";
import { viewer } from "./viewer_state.ts";
import { Icon } from "../layout/icons.tsx";
import classes from "./media.module.css";

const widest = 400;
const tallest = 420;

// So that nothing moves when the picture comes.
function box(width: number, height: number, inAlbum: boolean): { width?: string; aspectRatio: string } {
  if (inAlbum) return { aspectRatio: "1" };
  const w = Math.max(1, width || widest);
  const h = Math.max(1, height || widest);
  const scale = Math.min(1, widest / w, tallest / h);
  return { width: `${Math.max(120, Math.round(w * scale))}px`, aspectRatio: `${Math.min(3, Math.max(0.4, w / h))}` };
}

export function PhotoTile({ message, photo, inAlbum }: { message: Message; photo: Photo; inAlbum: boolean }) {
  const { t } = useTranslation();
  const small = sizeFor(photo.thumbnails, inAlbum ? 320 : 800);
  const { url, failed } = useBlob(`photo/${photo.id.toString()}/${small?.type ?? ""}`, small ?? photo);
  const before = thumbUrl(photo.thumbnails);
  return (
    <button type="button" className={classes.tile} style={box(photo.width, photo.height, inAlbum)} aria-label={t("media.photo")} onClick={() => viewer.open(message)}>
      {before && !url && <img className={classes.soft} src={before} alt="" />}
      {url && <img src={url} alt={message.text.slice(0, 200)} data-loaded />}
      {failed && <Text size="xs" c="dimmed">{t("media.failed")}</Text>}
    </button>
  );
}

export function VideoTile({ message, video, inAlbum }: { message: Message; video: Video; inAlbum: boolean }) {
  const { t } = useTranslation();
  const still = sizeFor(video.thumbnails, 320);
  const { url } = useBlob(still ? `still/${video.uniqueFileId}` : undefined, still);
  const before = thumbUrl(video.thumbnails);
  return (
    <button type="button" className={classes.tile} style={box(video.width, video.height, inAlbum)} aria-label={`${video.isAnimation ? t("media.gif") : t("media.video")}, ${length(video.duration)}`} onClick={() => viewer.open(message)}>
      {(url ?? before) && <img className={url ? undefined : classes.soft} src={url ?? before} alt="" />}
      <span className={classes.play} aria-hidden><Icon name="play" /></span>
      <span className={classes.badge} aria-hidden>{video.isAnimation ? t("media.gif") : length(video.duration)}</span>
    </button>
  );
}
