// What a message carries besides its text.
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Message } from "@mtcute/core";
import { plain } from "../history/plain.ts";
import { AudioFile, Voice } from "./sound.tsx";
import { FileCard } from "./file_card.tsx";
import { PhotoTile, VideoTile } from "./tiles.tsx";
import { PollCard } from "./poll_card.tsx";
import { Sensitive } from "./sensitive.tsx";
import { StickerOfSet } from "./sticker_set.tsx";
import { WebPageCard } from "./web_page_card.tsx";
import { Icon } from "../layout/icons.tsx";
import classes from "./media.module.css";

export function MessageMedia({ message, album }: { message: Message; album: readonly Message[] }) {
  const { t } = useTranslation();
  if (album.length > 1) {
    return (
      <div className={classes.album} data-count={Math.min(album.length, 4)} role="group" aria-label={t("media.album")}>
        {album.map((each) => <Sensitive key={each.id} message={each}><One message={each} inAlbum /></Sensitive>)}
      </div>
    );
  }
  return message.media ? <Sensitive message={message}><One message={message} /></Sensitive> : null;
}

function One({ message, inAlbum = false }: { message: Message; inAlbum?: boolean }) {
  const { t } = useTranslation();
  const { media } = message;
  switch (media?.type) {
    case undefined: return null;
    case "photo": return <PhotoTile message={message} photo={media} inAlbum={inAlbum} />;
    case "video": return <VideoTile message={message} video={media} inAlbum={inAlbum} />;
    case "voice": return <Voice message={message} voice={media} />;
    case "audio": return <AudioFile audio={media} />;
    case "sticker": return <StickerOfSet sticker={media} />;
    case "document": return <FileCard document={media} />;
    case "poll": return <PollCard message={message} poll={media} />;
    case "webpage": return <WebPageCard page={media.preview} />;
    case "contact": return <div><Text fw={600} size="sm">{plain(`${media.firstName} ${media.lastName ?? ""}`)}</Text><Text size="sm" dir="ltr">{plain(media.phoneNumber)}</Text></div>;
    case "location":
    case "live_location": return <Text size="sm"><Icon name="place" size={16} /> <bdi dir="ltr">{media.latitude.toFixed(5)}, {media.longitude.toFixed(5)}</bdi></Text>;
    case "venue": return <Text size="sm"><Icon name="place" size={16} /> {plain(media.title)}, {plain(media.address)}</Text>;
    case "dice": return <Text size="xl">{media.emoji} {media.value}</Text>;
    default: return <Text size="sm" c="dimmed">{t("history.unsupported")}</Text>;
  }
}
