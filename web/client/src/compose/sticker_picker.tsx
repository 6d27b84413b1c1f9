// Stickers of the sets that one has, and a few emoji to write.
import { ScrollArea, SegmentedControl, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { tg } from "../api/client.ts";
import { errorText } from "../api/errors.ts";
import type { History } from "../history/history.ts";
import { failed } from "../layout/notify.ts";
import { Loading } from "../layout/states.tsx";
import { StickerPicture } from "../media/sticker.tsx";
import { type How, sendExisting } from "./send.ts";
import classes from "./compose.module.css";

const emoji = "😀 😃 😄 😁 😆 😅 😂 🙂 😉 😊 😍 😘 😎 🤔 😐 🙄 😏 😴 😢 😭 😡 😱 🥳 🤗 👍 👎 👌 👏 🙏 💪 🤝 👋 ✌️ ❤️ 💔 🔥 ✨ 🎉 💯 ✅ ❌ ❓ ❗ ☀️ 🌧️ ☕ 🍕 🎂 🚀 🌍".split(" ");

export function StickerPicker({ history, how, sent, insert }: { history: History; how: How; sent: () => void; insert: (emoji: string) => void }) {
  const { t } = useTranslation();
  const [tab, setTab] = useState("emoji");
  const sets = useQuery({ queryKey: ["sticker sets"], queryFn: () => tg().getInstalledStickers() });
  const set = useQuery({
    queryKey: ["sticker set", tab],
    queryFn: async () => {
      const found = sets.data?.find((each) => each.shortName === tab);
      return found ? tg().getStickerSet(found) : null;
    },
    enabled: tab !== "emoji" && sets.data !== undefined,
  });
  return (
    <div className={classes.picker}>
      <ScrollArea type="auto" offsetScrollbars="x"><SegmentedControl size="xs" value={tab} onChange={setTab} aria-label={t("compose.stickers")} data={[{ value: "emoji", label: t("compose.emoji") }, ...(sets.data ?? []).map((each) => ({ value: each.shortName, label: each.title.slice(0, 20) }))]} /></ScrollArea>
      {tab === "emoji" ? (
        <div className={classes.emoji}>{emoji.map((each) => <button key={each} type="button" aria-label={each} onClick={() => insert(each)}>{each}</button>)}</div>
      ) : set.error ? <Text size="sm">{errorText(set.error)}</Text> : !set.data ? <Loading /> : (
        <div className={classes.stickers}>
          {set.data.stickers.map(({ sticker, emoji: stands }) => (
            <button key={sticker.uniqueFileId} type="button" aria-label={`${t("media.sticker")} ${stands}`} onClick={() => void sendExisting(history, sticker.raw, how).then(sent, failed)}><StickerPicture sticker={sticker} size={64} /></button>
          ))}
        </div>
      )}
      {sets.data?.length === 0 && <Text size="xs" c="dimmed">{t("compose.noStickers")}</Text>}
    </div>
  );
}
