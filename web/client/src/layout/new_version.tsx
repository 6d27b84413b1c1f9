// A server that was renewed carries another page. It is offered, never forced: a half-written message stays.
import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePart } from "../api/observable.ts";
import { session } from "../sign_in/session.ts";
import classes from "./frame.module.css";

// The address of the main script has a hash of all that it is made of.
const scriptOf = (html: string): string | undefined => /<script[^>]+src="([^"]+)"/.exec(html)?.[1];

async function changed(): Promise<boolean> {
  try {
    const answer = await fetch("/", { cache: "no-cache" });
    const now = answer.ok ? scriptOf(await answer.text()) : undefined;
    return now !== undefined && document.querySelector(`script[src="${CSS.escape(now)}"], script[src="${now}"]`) === null;
  } catch {
    return false;
  }
}

export function NewVersion() {
  const { t } = useTranslation();
  const connection = usePart(session, (state) => state.connection);
  const [there, setThere] = useState(false);
  // The server restarts when it is renewed, so after each reconnection one looks.
  useEffect(() => {
    if (connection === "connected") void changed().then((yes) => yes && setThere(true));
  }, [connection]);
  if (!there) return null;
  return <div className={classes.banner} role="status">{t("common.newVersion")}<Button size="compact-sm" onClick={() => location.reload()}>{t("common.reload")}</Button></div>;
}
