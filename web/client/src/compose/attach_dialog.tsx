// What is about to be sent, once more before it is.
import { ActionIcon, Button, Checkbox, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { size } from "../layout/formats.ts";
import type { Attachment } from "./attachments.ts";
import { parseMarkdown, type Formatted } from "./markdown.ts";
import { Icon } from "../layout/icons.tsx";
import classes from "./compose.module.css";

interface Properties {
  attachments: readonly Attachment[];
  caption: string;
  change: (attachments: readonly Attachment[]) => void;
  close: () => void;
  send: (attachments: readonly Attachment[], caption: Formatted) => void;
}

export function AttachDialog({ attachments, caption: first, change, close, send }: Properties) {
  const { t } = useTranslation();
  const [caption, setCaption] = useState(first);
  const [asFiles, setAsFiles] = useState(false);
  const finish = () => send(asFiles ? attachments.map((each) => ({ ...each, kind: "file" as const })) : attachments, parseMarkdown(caption));
  return (
    <Modal opened onClose={close} title={t("compose.sendFiles", { count: attachments.length })}>
      <form onSubmit={(event) => { event.preventDefault(); finish(); }}>
        <Stack gap="sm">
          <ul className={classes.files}>
            {attachments.map((each) => (
              <li key={each.key}>
                {each.preview ? <img src={each.preview} alt="" /> : <span aria-hidden className={classes.fileSign}><Icon name="file" size={26} /></span>}
                <span className={classes.fileName}><Text size="sm" className="clip" dir="auto">{each.name}</Text><Text size="xs" c="dimmed">{size(each.file.size)}</Text></span>
                <ActionIcon variant="subtle" color="gray" aria-label={`${t("common.remove")}: ${each.name}`} onClick={() => { const left = attachments.filter((other) => other !== each); if (left.length > 0) change(left); else close(); }}><Icon name="close" size={16} /></ActionIcon>
              </li>
            ))}
          </ul>
          {attachments.some((each) => each.kind !== "file") && <Checkbox label={t("compose.asFiles")} checked={asFiles} onChange={(event) => setAsFiles(event.currentTarget.checked)} />}
          <Textarea label={t("compose.caption")} autosize minRows={1} maxRows={6} maxLength={1024} value={caption} onChange={(event) => setCaption(event.currentTarget.value)} dir="auto" data-autofocus
            onKeyDown={(event) => { if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) { event.preventDefault(); finish(); } }} />
          <Group justify="flex-end"><Button variant="default" onClick={close}>{t("common.cancel")}</Button><Button type="submit">{t("compose.send")}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}
