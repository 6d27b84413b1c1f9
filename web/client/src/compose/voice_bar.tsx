// In the composer's place while something is being said.
import { ActionIcon, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { length } from "../layout/formats.ts";
import { Icon } from "../layout/icons.tsx";
import { failed } from "../layout/notify.ts";
import type { Recorded, Recorder } from "./recorder.ts";
import classes from "./compose.module.css";

export function VoiceBar({ recorder, close, send }: { recorder: Recorder; close: () => void; send: (recorded: Recorded) => void }) {
  const { t } = useTranslation();
  const [seconds, setSeconds] = useState(0);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    // Who goes elsewhere has not sent it.
    return () => { clearInterval(timer); recorder.cancel(); };
  }, [recorder]);
  const finish = () => {
    setBusy(true);
    recorder.stop().then(send).catch(failed).finally(close);
  };
  return (
    <div className={classes.composer} role="group" aria-label={t("compose.recording")} onKeyDown={(event) => { if (event.key === "Escape") close(); }}>
      <ActionIcon size={38} variant="subtle" color="gray" aria-label={t("common.cancel")} onClick={close} disabled={busy}><Icon name="close" /></ActionIcon>
      <span className={classes.recording}><span aria-hidden className={classes.live} /><Text size="sm" role="timer" aria-label={t("compose.recorded")}>{length(seconds)}</Text></span>
      <ActionIcon size={38} variant="filled" aria-label={t("compose.send")} loading={busy} onClick={finish} autoFocus><Icon name="send" turns /></ActionIcon>
    </div>
  );
}
