// A file of any kind: saved when asked for, never opened.
import { ActionIcon, Progress, Text } from "@mantine/core";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { RawDocument } from "@mtcute/core";
import { fileName } from "../history/plain.ts";
import { size } from "../layout/formats.ts";
import { failed } from "../layout/notify.ts";
import { fetchBlob } from "./blobs.ts";
import { saveAs } from "./save.ts";
import { Icon } from "../layout/icons.tsx";
import classes from "./media.module.css";

export function FileCard({ document }: { document: RawDocument }) {
  const { t } = useTranslation();
  const [share, setShare] = useState<number>();
  const stop = useRef<AbortController | undefined>(undefined);
  const name = fileName(document.fileName, t("media.file"));
  const load = async () => {
    stop.current = new AbortController();
    setShare(0);
    try {
      // As bytes, whatever its sender says it is.
      const { url } = await fetchBlob(`file/${document.uniqueFileId}`, document, "application/octet-stream", { stop: stop.current.signal, progress: (done, all) => setShare(all > 0 ? done / all : 0) });
      saveAs(url, name);
    } catch (error) {
      if (!stop.current.signal.aborted) failed(error);
    }
    setShare(undefined);
  };
  return (
    <div className={classes.file}>
      {share === undefined
        ? <ActionIcon size="lg" variant="light" aria-label={`${t("media.download")}: ${name}`} onClick={() => void load()}><Icon name="down" /></ActionIcon>
        : <ActionIcon size="lg" variant="light" aria-label={`${t("common.cancel")}: ${name}`} onClick={() => stop.current?.abort()}><Icon name="close" /></ActionIcon>}
      <span className={classes.fileText}>
        <Text size="sm" fw={600} className="clip" title={name} dir="auto">{name}</Text>
        {share === undefined ? <Text size="xs" c="dimmed">{size(document.fileSize ?? 0)}</Text> : <Progress value={share * 100} size="sm" aria-label={t("common.loading")} />}
      </span>
    </div>
  );
}
