// A page in the middle column, and one in the panel on the right: a head with the way back, and what is scrolled.
import { ActionIcon, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Head, Main, Panel } from "./columns.tsx";
import { Icon } from "./icons.tsx";
import frame from "./frame.module.css";
import classes from "./page.module.css";

export function Page({ title, back, wide = false, children }: { title: string; back: string; wide?: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Main label={title}>
      <Head>
        <ActionIcon component={Link} to={back} className={frame.only} variant="subtle" color="gray" size="lg" aria-label={t("common.back")}><Icon name="back" turns /></ActionIcon>
        <Text component="h1" fw={600} size="md" className="clip">{title}</Text>
      </Head>
      <div className={classes.scroll}><div className={classes.body} data-wide={wide || undefined}>{children}</div></div>
    </Main>
  );
}

// `back`: to another panel; without it there is only the way out.
export function PanelPage({ title, close, back, children }: { title: string; close: string; back?: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Panel label={title}>
      <Head>
        {back && <ActionIcon component={Link} to={back} variant="subtle" color="gray" size="lg" aria-label={t("common.back")}><Icon name="back" turns /></ActionIcon>}
        <Text component="h2" fw={600} size="md" className="clip" flex={1}>{title}</Text>
        <ActionIcon component={Link} to={close} variant="subtle" color="gray" size="lg" aria-label={t("common.close")}><Icon name="close" /></ActionIcon>
      </Head>
      <div className={classes.panelBody}>{children}</div>
    </Panel>
  );
}

export function Section({ title, children }: { title?: string; children: ReactNode }) {
  return <section className={classes.section} aria-label={title}>{title && <Title order={3} size="h5">{title}</Title>}{children}</section>;
}
