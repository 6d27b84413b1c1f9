// Voice messages, fetched when they are played, and music, fetched while it is.
import { ActionIcon, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Audio as AudioMedia, Message, RawDocument, Voice as VoiceMedia } from "@mtcute/core";
import { contentsRead } from "../history/contents_read.ts";
import { fileName, plain } from "../history/plain.ts";
import { length } from "../layout/formats.ts";
import { useAct } from "../layout/use_act.ts";
import { fetchBlob } from "./blobs.ts";
import { streamUrl } from "./stream.ts";
import { Icon } from "../layout/icons.tsx";
import classes from "./media.module.css";

export function Voice({ message, voice }: { message: Message; voice: VoiceMedia }) {
  const { t } = useTranslation();
  const heard = () => {
    if (!message.hasUnreadMedia || message.isOutgoing) return;
    void contentsRead(message.chat.id, [message.id]).catch(() => undefined);
  };
  return <Player document={voice} title={t("media.voice")} seconds={voice.duration} begun={heard} waves={voice.waveform} />;
}

export function AudioFile({ audio }: { audio: AudioMedia }) {
  const { t } = useTranslation();
  const title = [audio.performer, audio.title].filter((each) => each).map((each) => plain(each!)).join(" – ");
  return <Player document={audio} title={title || fileName(audio.fileName, t("media.audio"))} seconds={audio.duration} long />;
}

function Player({ document, title, seconds, begun, waves = [], long = false }: { document: RawDocument; title: string; seconds: number; begun?: () => void; waves?: readonly number[]; long?: boolean }) {
  const { t } = useTranslation();
  const [url, setUrl] = useState<string>();
  const { busy, act } = useAct();
  const key = `sound/${document.uniqueFileId}`;
  const whole = async () => setUrl((await fetchBlob(key, document, document.mimeType)).url);
  const load = async () => {
    const stream = long ? streamUrl(key, document, document.fileSize, document.mimeType) : undefined;
    if (stream === undefined) await whole();
    else setUrl(stream);
    begun?.();
  };
  return (
    <div className={classes.sound}>
      {url !== undefined ? <audio src={url} controls autoPlay aria-label={title} onError={() => { if (!url.startsWith("blob:")) void act(whole); }} /> : (
        <>
          <ActionIcon size="lg" radius="xl" loading={busy} aria-label={`${t("media.play")}: ${title}`} onClick={() => void act(load)}><Icon name="play" size={16} /></ActionIcon>
          <span className={classes.fileText}>
            {waves.length > 0 ? <Waves waves={waves} /> : <Text size="sm" fw={600} className="clip" dir="auto">{title}</Text>}
            <Text size="xs" c="dimmed">{length(seconds)}</Text>
          </span>
        </>
      )}
    </div>
  );
}

function Waves({ waves }: { waves: readonly number[] }) {
  const bars = 40;
  const step = waves.length / bars;
  return (
    <svg className={classes.waves} viewBox={`0 0 ${bars * 4} 32`} preserveAspectRatio="none" aria-hidden>
      {Array.from({ length: bars }, (_, n) => {
        const high = 2 + Math.min(31, waves[Math.floor(n * step)] ?? 0) * 0.95;
        return <rect key={n} x={n * 4} y={(32 - high) / 2} width={2.5} height={high} rx={1} />;
      })}
    </svg>
  );
}
