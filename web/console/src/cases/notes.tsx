import { Button, NativeSelect, Text } from "@mantine/core";
import { useState } from "react";
import type { Case } from "../api/types.ts";
import { Ago } from "../layout/labels.tsx";
import { failed, told } from "../layout/notify.ts";
import { Card } from "../layout/page.tsx";
import { useMeta } from "../session/session.ts";
import { fill, t } from "../texts/index.ts";
import classes from "./cases.module.css";
import { useAddNote, useEscalate } from "./queries.ts";
import { TextDialog } from "./text_dialog.tsx";

export function NotesCard({ notes, add }: { notes: Case["notes"]; add?: () => void }) {
  return (
    <Card title={t.notes.title} actions={add && <Button size="compact-xs" variant="default" onClick={add}>{t.notes.add} <kbd>o</kbd></Button>}>
      {notes.length === 0
        ? <Text size="sm" c="dimmed">{t.notes.none}</Text>
        : (
          <ul className={classes.rows}>
            {notes.map((one) => <li key={one.id}><div className={classes.rowHead}><strong>{one.by.name}</strong><span className="quiet"><Ago at={one.at} /></span></div><div className={classes.quote}>{one.text}</div></li>)}
          </ul>
        )}
    </Card>
  );
}

interface DialogProps {
  id: number;
  opened: boolean;
  close: () => void;
}

export function NoteDialog({ id, opened, close }: DialogProps) {
  const add = useAddNote(id);
  return <TextDialog opened={opened} close={close} title={t.notes.add} label={t.notes.text} submit={t.notes.save} busy={add.isPending} act={(text) => add.mutate(text, { onSuccess: close, onError: failed })} />;
}

export function EscalateDialog({ id, opened, close, done }: DialogProps & { done: () => void }) {
  const escalate = useEscalate(id);
  const meta = useMeta();
  const [queue, setQueue] = useState("");
  return (
    <TextDialog
      opened={opened}
      close={close}
      title={t.escalate.title}
      label={t.escalate.why}
      submit={t.escalate.submit}
      busy={escalate.isPending}
      act={(note) => escalate.mutate({ note, ...(queue ? { queue } : {}) }, { onSuccess: () => { close(); told(fill(t.escalate.done, { id })); done(); }, onError: failed })}
    >
      <NativeSelect label={t.escalate.to} value={queue} onChange={(event) => setQueue(event.currentTarget.value)} data={[{ value: "", label: t.escalate.seniors }, ...(meta?.queues ?? []).map((one) => ({ value: one.id, label: one.title }))]} />
    </TextDialog>
  );
}
