// One photo or film, as large as the window; arrow keys go to the ones before and after it in the conversation.
import { ActionIcon, Button, Modal, Progress, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Message, Photo, Video } from "@mtcute/core";
import { errorText } from "../api/errors.ts";
import { useFollow } from "../api/observable.ts";
import { nameOf } from "../chats/names.ts";
import type { History } from "../history/history.ts";
import { fullTime } from "../layout/formats.ts";
import { useAct } from "../layout/use_act.ts";
import { withheldOf } from "../report/tombstone.tsx";
import { fetchBlob } from "./blobs.ts";
import { covers } from "./covers.ts";
import { saveAs } from "./save.ts";
import { streamUrl } from "./stream.ts";
import { viewer } from "./viewer_state.ts";
import { Icon } from "../layout/icons.tsx";
import classes from "./media.module.css";

// What is covered in the conversation is not come upon here either.
const isVisual = (message: Message): boolean =>
  (message.media?.type === "photo" || message.media?.type === "video") && withheldOf(message) === undefined && !covers.isCovered(message);

export function MediaViewer({ history }: { history: History }) {
  const { t } = useTranslation();
  const { message } = useFollow(viewer);
  useEffect(() => () => viewer.close(), [history]);
  if (!message || !isVisual(message)) return null;
  const all = history.window.messages.filter(isVisual);
  const at = all.findIndex((each) => each.id === message.id);
  const go = (by: number) => {
    const next = all[at + by];
    if (next) viewer.open(next);
  };
  const media = message.media as Photo | Video;
  return (
    <Modal opened onClose={() => viewer.close()} fullScreen title={`${nameOf(message.sender)}, ${fullTime(message.date)}`} classNames={{ body: classes.viewerBody, content: classes.viewerContent }}
      onKeyDown={(event) => { if (event.key === "ArrowLeft") go(document.dir === "rtl" ? 1 : -1); if (event.key === "ArrowRight") go(document.dir === "rtl" ? -1 : 1); }}>
      <ActionIcon className={classes.sideways} variant="default" size="lg" aria-label={t("media.before")} disabled={at <= 0} onClick={() => go(-1)}><Icon name="back" turns /></ActionIcon>
      <Whole key={message.id} media={media} text={message.text} />
      <ActionIcon className={classes.sideways} variant="default" size="lg" aria-label={t("media.after")} disabled={at < 0 || at >= all.length - 1} onClick={() => go(1)}><Icon name="forward" turns /></ActionIcon>
    </Modal>
  );
}

function Whole({ media, text }: { media: Photo | Video; text: string }) {
  const { t } = useTranslation();
  const key = `whole/${media.type === "photo" ? media.id.toString() : media.uniqueFileId}`;
  const type = media.type === "photo" ? "image/jpeg" : media.mimeType;
  // Where it is played from while it is fetched, unless that fails. What is played again and again is fetched once.
  const [stream, setStream] = useState(() => (media.type === "video" && !media.isAnimation ? streamUrl(key, media, media.fileSize, type) : undefined));
  const [fetched, setFetched] = useState<string>();
  const [error, setError] = useState<unknown>();
  const [share, setShare] = useState(0);
  const { busy, act } = useAct();
  useEffect(() => {
    if (stream !== undefined) return undefined;
    const stop = new AbortController();
    fetchBlob(key, media, type, { stop: stop.signal, progress: (done, all) => setShare(all > 0 ? done / all : 0) })
      .then(({ url }) => setFetched(url), (reason: unknown) => { if (!stop.signal.aborted) setError(reason); });
    return () => stop.abort();
    // `key` stands for the media.
  }, [key, stream]);
  const url = stream ?? fetched;
  const save = async () => saveAs((await fetchBlob(key, media, type)).url, media.type === "photo" ? "photo.jpg" : (media.fileName ?? "video.mp4"));
  return (
    <figure className={classes.whole}>
      {error !== undefined ? <Text role="alert">{errorText(error)}</Text>
        : url === undefined ? <div className={classes.waiting}><Progress value={share * 100} aria-label={t("common.loading")} /></div>
        : media.type === "photo" ? <img src={url} alt={text.slice(0, 200)} />
        : <video src={url} controls autoPlay={!matchMedia("(prefers-reduced-motion: reduce)").matches} loop={media.isAnimation} muted={media.isAnimation} playsInline onError={() => setStream(undefined)} />}
      <figcaption>
        {text && <Text size="sm" dir="auto" lineClamp={3}>{text.slice(0, 1024)}</Text>}
        <Button size="compact-sm" variant="default" disabled={url === undefined} loading={busy} onClick={() => void act(save)}>{t("media.download")}</Button>
      </figcaption>
    </figure>
  );
}
