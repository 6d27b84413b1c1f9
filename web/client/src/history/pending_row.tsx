import { Anchor, Progress, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { errorText } from "../api/errors.ts";
import type { History, Pending } from "./history.ts";
import { plain } from "./plain.ts";
import classes from "./history.module.css";

export function PendingRow({ pending, history }: { pending: Pending; history: History }) {
  const { t } = useTranslation();
  return (
    <div className={classes.message} data-mine data-pending={pending.state}>
      <div className={classes.bubble}>
        {pending.file && (
          <div>
            {pending.file.preview && <img className={classes.preview} src={pending.file.preview} alt="" />}
            <Text size="sm" fw={600} className="clip">{plain(pending.file.name)}</Text>
            {pending.state === "sending" && <Progress value={pending.file.progress * 100} aria-label={t("history.sending")} size="sm" my={4} />}
          </div>
        )}
        {pending.text && <div className={classes.text} dir="auto" data-text>{plain(pending.text)}</div>}
        <span className={classes.meta}>
          {pending.state === "sending" ? <span>{t("history.sending")}</span> : <Text span size="xs" c="red" role="alert">{t("history.notSent")}: {errorText(pending.error)}</Text>}
          {pending.state === "sending" && pending.file && <Anchor component="button" size="xs" onClick={pending.cancel}>{t("common.cancel")}</Anchor>}
          {pending.state === "failed" && <Anchor component="button" size="xs" onClick={pending.again}>{t("history.retry")}</Anchor>}
          {pending.state === "failed" && <Anchor component="button" size="xs" onClick={() => history.removePending(pending.key)}>{t("history.discard")}</Anchor>}
        </span>
      </div>
    </div>
  );
}
