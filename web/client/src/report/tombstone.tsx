// What stands in the place of what was taken down: the words of the rule, as the server says them.
import { Anchor, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Message, tl } from "@mtcute/core";
import { plain } from "../history/plain.ts";
import { rawOf } from "../history/raw.ts";
import classes from "./report.module.css";

// core.telegram.org/constructor/restrictionReason. Sensitive is not withheld: it is covered (media/sensitive.tsx).
export function withheldText(reasons: readonly tl.RawRestrictionReason[] | null | undefined): string | undefined {
  const found = reasons?.find((each) => each.reason !== "sensitive" && (each.platform === "all" || each.platform === "web"));
  return found && plain(found.text);
}

export const withheldOf = (message: Message): string | undefined => withheldText(rawOf(message)?.restrictionReason);

export function Tombstone({ text, own }: { text: string; own: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={classes.tombstone} role="note" aria-label={t("report.withheld")}>
      <Text size="sm" fw={600}>{t("report.withheld")}</Text>
      <Text size="sm" dir="auto" className={classes.words}>{text}</Text>
      {own && <Text size="sm">{t("report.withheldOwn")} <Anchor component={Link} to="/settings/decisions" size="sm">{t("report.decisions")}</Anchor></Text>}
    </div>
  );
}
