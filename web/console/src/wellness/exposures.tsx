// How much the person has looked at, and the reminder to stop for a while.
import { Button, Modal, Popover, Progress, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { fill, t } from "../texts/index.ts";
import { useTakeBreak, useWellness } from "./queries.ts";

export function Exposures() {
  const { data } = useWellness();
  const take = useTakeBreak();
  const [resting, setResting] = useState(false);
  const [later, setLater] = useState(0);  // reminded again after this many
  const due = data?.break_due && data.exposures >= later;
  useEffect(() => {
    if (data && !data.break_due) setLater(0);
  }, [data]);
  if (!data) return null;
  const rest = () => {
    take.mutate();
    setResting(true);
  };
  return (
    <>
      <Popover position="bottom-end" width={260}>
        <Popover.Target>
          <Button size="compact-sm" variant={data.break_due ? "light" : "subtle"} color={data.break_due ? "red" : "gray"} c={data.break_due ? undefined : "var(--hg-ink)"} aria-label={fill(t.wellness.counterLabel, { n: data.exposures, all: data.break_after })}>
            {fill(t.wellness.counter, { n: data.exposures, all: data.break_after })}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <Stack gap="xs">
            <Text size="sm">{fill(t.wellness.explained, { n: data.exposures, today: data.today })}</Text>
            <Progress value={Math.min(100, (100 * data.exposures) / data.break_after)} aria-label={t.wellness.untilBreak} />
            <Button size="xs" variant="default" onClick={rest}>{t.wellness.takeBreak}</Button>
          </Stack>
        </Popover.Dropdown>
      </Popover>
      <Modal opened={Boolean(due) && !resting} onClose={() => setLater(data.exposures + 10)} title={t.wellness.dueTitle} centered closeButtonProps={{ "aria-label": t.common.close }}>
        <Stack>
          <Text size="sm">{fill(t.wellness.dueText, { n: data.exposures })}</Text>
          <Button onClick={rest} data-autofocus>{t.wellness.takeBreak}</Button>
          <Button variant="default" onClick={() => setLater(data.exposures + 10)}>{t.wellness.later}</Button>
        </Stack>
      </Modal>
      <Modal opened={resting} onClose={() => setResting(false)} title={t.wellness.restTitle} fullScreen closeButtonProps={{ "aria-label": t.common.close }}>
        <Stack align="center" pt="15vh" maw={420} mx="auto">
          <Text ta="center">{t.wellness.restText}</Text>
          <Button variant="default" onClick={() => setResting(false)}>{t.wellness.back}</Button>
        </Stack>
      </Modal>
    </>
  );
}
