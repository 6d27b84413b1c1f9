// The left column with what can be set.
import { ActionIcon, NavLink, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useLocation } from "react-router";
import { Columns, Head, Main } from "../layout/columns.tsx";
import { Icon } from "../layout/icons.tsx";
import page from "../layout/page.module.css";

export const settingsPages = ["profile", "privacy", "notifications", "folders", "security", "devices", "appearance", "decisions", "data"] as const;

export function SettingsArea() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const open = pathname.split("/")[2];
  return (
    <Columns open={open === undefined || open === "" ? "side" : "main"} label={t("common.settings")} side={(
      <>
        <Head>
          <ActionIcon component={Link} to="/" variant="subtle" color="gray" size="lg" aria-label={t("common.back")}><Icon name="back" turns /></ActionIcon>
          <Text component="h1" fw={600} size="md">{t("common.settings")}</Text>
        </Head>
        {settingsPages.map((each) => <NavLink key={each} component={Link} to={`/settings/${each}`} label={t(`settings.${each}`)} description={t(`settings.about.${each}`)} active={open === each} aria-current={open === each ? "page" : undefined} />)}
      </>
    )}>
      <Outlet />
    </Columns>
  );
}

export function NoSetting() {
  const { t } = useTranslation();
  return <Main label={t("common.settings")}><div className={page.body}><Text c="dimmed">{t("settings.choose")}</Text></div></Main>;
}
