// What is covered until it is asked for; what the server withholds is not there to be seen.
import { Button, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Message } from "@mtcute/core";
import { usePart } from "../api/observable.ts";
import { covers, isSensitive } from "./covers.ts";
import classes from "./media.module.css";

export function Sensitive({ message, children }: { message: Message; children: ReactNode }) {
  const { t } = useTranslation();
  const covered = usePart(covers, (all) => all.isCovered(message));
  if (!covered) return children;
  return (
    <div className={classes.covered}>
      <div className={classes.blurred} inert aria-hidden>{children}</div>
      <div className={classes.cover}>
        {isSensitive(message) && <Text size="sm" fw={600}>{t("media.sensitive")}</Text>}
        <Button size="compact-sm" variant="default" onClick={() => covers.show(message)}>{t("media.show")}</Button>
      </div>
    </div>
  );
}
