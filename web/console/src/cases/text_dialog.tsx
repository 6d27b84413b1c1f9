// A dialog that asks for a few words and does something with them.
import { Button, Modal, Stack, Textarea } from "@mantine/core";
import { useEffect, useState, type ReactNode } from "react";
import { t } from "../texts/index.ts";

interface Props {
  opened: boolean;
  close: () => void;
  title: string;
  label: string;
  submit: string;
  busy: boolean;
  act: (text: string) => void;
  children?: ReactNode;
  danger?: boolean;
  most?: number;  // characters
}

export function TextDialog({ opened, close, title, label, submit, busy, act, children, danger, most = 4000 }: Props) {
  const [text, setText] = useState("");
  useEffect(() => {
    if (opened) setText("");
  }, [opened]);
  const send = () => text.trim() && !busy && act(text.trim());
  return (
    <Modal opened={opened} onClose={close} title={title} closeButtonProps={{ "aria-label": t.common.close }}>
      <form onSubmit={(event) => { event.preventDefault(); send(); }}>
        <Stack>
          {children}
          <Textarea label={label} value={text} onChange={(event) => setText(event.currentTarget.value)} onKeyDown={(event) => (event.ctrlKey || event.metaKey) && event.key === "Enter" && send()} autosize minRows={3} maxLength={most} data-autofocus />
          <Button type="submit" loading={busy} disabled={!text.trim()} color={danger ? "red" : undefined}>{submit}</Button>
        </Stack>
      </form>
    </Modal>
  );
}
