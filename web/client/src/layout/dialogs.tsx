// Dialogs that are opened from code: a question before something grave, a form that any screen may ask for.
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Observable, useFollow } from "../api/observable.ts";

interface Dialog {
  key: number;
  title: string;
  body: (close: () => void) => ReactNode;
  closed?: () => void;
}

class Dialogs extends Observable {
  open: Dialog | undefined;
  private count = 0;

  // One at a time: what is open gives way.
  show(title: string, body: Dialog["body"], closed?: () => void): void {
    this.open?.closed?.();
    this.count += 1;
    this.open = { key: this.count, title, body, ...(closed ? { closed } : {}) };
    this.changed();
  }

  close(): void {
    const was = this.open;
    this.open = undefined;
    this.changed();
    was?.closed?.();
  }
}

export const dialogs = new Dialogs();

interface Question {
  title: string;
  text: string;
  yes: string;
  grave?: boolean;
}

// Whether the answer is yes.
export function ask(question: Question): Promise<boolean> {
  return new Promise((resolve) => {
    dialogs.show(question.title, (close) => <Asked question={question} answer={(yes) => { resolve(yes); close(); }} />, () => resolve(false));
  });
}

function Asked({ question, answer }: { question: Question; answer: (yes: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Stack>
      <Text dir="auto">{question.text}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => answer(false)}>{t("common.cancel")}</Button>
        <Button color={question.grave ? "red" : undefined} onClick={() => answer(true)} data-autofocus>{question.yes}</Button>
      </Group>
    </Stack>
  );
}

export function DialogHost() {
  const { open } = useFollow(dialogs);
  // Shown until the closing has been drawn.
  const [last, setLast] = useState<Dialog>();
  if (open && open !== last) setLast(open);
  const shown = open ?? last;
  return (
    <Modal opened={open !== undefined} onClose={() => dialogs.close()} title={shown?.title} onExitTransitionEnd={() => setLast(undefined)}>
      {shown && <div key={shown.key}>{shown.body(() => dialogs.close())}</div>}
    </Modal>
  );
}
