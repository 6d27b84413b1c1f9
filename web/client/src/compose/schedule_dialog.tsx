import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { localInput } from "../layout/local_input.ts";

export function ScheduleDialog({ close, done }: { close: () => void; done: (at: Date) => void }) {
  const { t } = useTranslation();
  const [at, setAt] = useState(() => localInput(new Date(Date.now() + 3_600_000), "datetime-local"));
  const date = new Date(at);
  const good = date.getTime() > Date.now() + 10_000;
  return (
    <Modal opened onClose={close} title={t("compose.schedule")}>
      <Stack>
        <TextInput type="datetime-local" label={t("compose.when")} value={at} min={localInput(new Date(), "datetime-local")} onChange={(event) => setAt(event.currentTarget.value)} error={good ? undefined : t("compose.past")} data-autofocus />
        <Group justify="flex-end"><Button variant="default" onClick={close}>{t("common.cancel")}</Button><Button disabled={!good} onClick={() => done(date)}>{t("compose.scheduleIt")}</Button></Group>
      </Stack>
    </Modal>
  );
}
