// What a place shows while there is nothing in it.
import { Button, Loader, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useRouteError } from "react-router";
import { Main } from "./columns.tsx";
import classes from "./frame.module.css";

export function Loading() {
  const { t } = useTranslation();
  return <div className={classes.center} role="status"><Loader size="sm" aria-hidden /><span className="unseen">{t("common.loading")}</span></div>;
}

export function Empty({ title, text }: { title: string; text?: string }) {
  return <div className={classes.center}><Text fw={600}>{title}</Text>{text && <Text c="dimmed" size="sm">{text}</Text>}</div>;
}

export function Failed({ text, again }: { text: string; again?: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.center} role="alert">
      <Text fw={600}>{t("errors.failed")}</Text>
      <Text c="dimmed" size="sm">{text}</Text>
      {again && <Button variant="default" onClick={again}>{t("common.again")}</Button>}
    </div>
  );
}

export function NoChat() {
  const { t } = useTranslation();
  return <Main><div className={classes.center}><Text c="dimmed">{t("chats.choose")}</Text></div></Main>;
}

export function Nowhere() {
  const { t } = useTranslation();
  return <Main><div className={classes.center}><Title order={1}>{t("common.nowhere")}</Title><Text c="dimmed">{t("common.nowhereText")}</Text><Button component="a" href="#/">{t("common.back")}</Button></div></Main>;
}

export function Broken() {
  const { t } = useTranslation();
  console.error(useRouteError());
  return <div className={classes.center} role="alert"><Title order={1}>{t("common.broken")}</Title><Text c="dimmed">{t("common.brokenText")}</Text><Button onClick={() => location.reload()}>{t("common.reload")}</Button></div>;
}
