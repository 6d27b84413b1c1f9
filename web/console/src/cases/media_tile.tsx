// A picture of a case: blurred by the server and grey until the person asks to see it. There is no sound and no film.
import { Button, Text } from "@mantine/core";
import { useState } from "react";
import type { Media } from "../api/types.ts";
import { useSession } from "../session/session.ts";
import { fill, t } from "../texts/index.ts";
import { useExposed } from "../wellness/queries.ts";
import classes from "./media_tile.module.css";

interface Props {
  caseId: number;
  media: Media;
  shown: boolean;
  toggle: () => void;
}

export function MediaTile({ caseId, media, shown, toggle }: Props) {
  const { settings } = useSession();
  const exposed = useExposed();
  const [broken, setBroken] = useState(false);
  const name = fill(t.media.name, { kind: t.media.kinds[media.kind], n: media.index + 1 });
  if (media.closed) return <div className={classes.closed} role="img" aria-label={t.media.closed}><Text size="sm">{t.media.closed}</Text></div>;
  if (media.kind === "audio") return <div className={classes.closed}><Text size="sm">{t.media.audio}</Text></div>;
  const clear = shown || !settings.blur;
  return (
    <figure className={classes.tile}>
      {broken
        ? <div className={classes.closed}><Text size="sm">{t.media.failed}</Text></div>
        : <img key={String(clear)} src={`/api/console/cases/${caseId}/media/${media.index}?blur=${!clear}`} alt={clear ? name : fill(t.media.blurred, { name })} className={settings.grey ? `${classes.picture} ${classes.grey}` : classes.picture} onLoad={() => clear && exposed()} onError={() => setBroken(true)} />}
      <figcaption className={classes.caption}>
        <Text size="xs" c="dimmed">{[name, ...(media.found ?? [])].join(" · ")}</Text>
        {!broken && settings.blur && <Button size="compact-xs" variant="default" onClick={toggle} aria-pressed={shown}>{shown ? t.media.hide : t.media.show}</Button>}
      </figcaption>
    </figure>
  );
}
