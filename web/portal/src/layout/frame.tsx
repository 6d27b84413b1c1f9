// The frame around every screen.
import { NativeSelect, Text } from "@mantine/core";
import { Outlet } from "react-router";
import { changeLanguage, languages, type Language } from "../texts/language.ts";
import { nameOf, t } from "../texts/index.ts";
import classes from "./layout.module.css";

export function Frame() {
  return (
    <div className={classes.frame}>
      <a className={classes.skip} href="#main" onClick={(event) => { event.preventDefault(); document.getElementById("main")?.focus(); }}>{t.common.skip}</a>
      <header className={classes.header}>
        <div className={classes.brand}>
          <img src={new URL("../../icon.svg", import.meta.url).href} alt="" width={24} height={24} />
          <Text fw={600}>{t.nav.product}</Text>
          <Text c="dimmed" size="sm">{t.nav.portal}</Text>
        </div>
        <NativeSelect size="xs" aria-label={t.common.languages} value={document.documentElement.lang} onChange={(event) => changeLanguage(event.currentTarget.value as Language)} data={languages.map((value) => ({ value, label: nameOf(value) }))} />
      </header>
      <Outlet />
    </div>
  );
}
