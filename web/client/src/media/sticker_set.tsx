// A sticker in a conversation; a click shows the set that it is of, to be added to one's own.
import { Button, Modal, Stack, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Sticker } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { errorText } from "../api/errors.ts";
import { plain } from "../history/plain.ts";
import { Loading } from "../layout/states.tsx";
import { useAct } from "../layout/use_act.ts";
import { StickerPicture } from "./sticker.tsx";
import classes from "./media.module.css";

export function StickerOfSet({ sticker }: { sticker: Sticker }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  if (!sticker.hasStickerSet) return <StickerPicture sticker={sticker} size={160} />;
  return (
    <>
      <button type="button" className={classes.sticker} aria-label={`${t("media.sticker")} ${sticker.emoji}`} onClick={() => setOpen(true)}><StickerPicture sticker={sticker} size={160} /></button>
      {open && <SetDialog sticker={sticker} close={() => setOpen(false)} />}
    </>
  );
}

function SetDialog({ sticker, close }: { sticker: Sticker; close: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { busy, act } = useAct();
  const id = sticker.inputStickerSet;
  const set = useQuery({ queryKey: ["sticker set of", sticker.uniqueFileId], queryFn: () => tg().getStickerSet(id!), enabled: id !== null });
  const add = async () => {
    if (!set.data) return;
    await tg().call({ _: "messages.installStickerSet", stickerset: set.data.inputStickerSet, archived: false });
    await queries.invalidateQueries({ queryKey: ["sticker sets"] });
    close();
  };
  return (
    <Modal opened onClose={close} title={set.data ? plain(set.data.title) : t("media.sticker")}>
      {set.error ? <Text role="alert">{errorText(set.error)}</Text> : !set.data ? <Loading /> : (
        <Stack>
          <div className={classes.set}>{set.data.stickers.map((each) => <StickerPicture key={each.sticker.uniqueFileId} sticker={each.sticker} size={72} />)}</div>
          {set.data.installedDate === null ? <Button loading={busy} onClick={() => void act(add)} data-autofocus>{t("media.addSet")}</Button> : <Text size="sm" c="dimmed">{t("media.hasSet")}</Text>}
        </Stack>
      )}
    </Modal>
  );
}
