import { Text, Title } from "@mantine/core";
import { encode } from "uqr";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../api/errors.ts";
import { Loading } from "../layout/states.tsx";
import { waitForScan, type Next } from "./steps.ts";
import classes from "./sign_in.module.css";

export function QrStep({ done }: { done: (next: Next) => void }) {
  const { t } = useTranslation();
  const [url, setUrl] = useState("");
  const [error, setError] = useState("");
  useEffect(() => {
    const stop = new AbortController();
    waitForScan(setUrl, stop.signal).then(done, (reason: unknown) => { if (!stop.signal.aborted) setError(errorText(reason)); });
    return () => stop.abort();
    // Once while on screen: `done` is the same for every render that matters.
  }, []);
  return (
    <div className={classes.form}>
      <Title order={2}>{t("sign_in.qrTitle")}</Title>
      <Text size="sm" c="dimmed">{t("sign_in.qrText")}</Text>
      {error ? <Text role="alert" c="red">{error}</Text> : url ? <Picture text={url} /> : <Loading />}
      {url && <Text size="sm" c="dimmed">{t("sign_in.qrLink")}<br /><code className={classes.link}>{url}</code></Text>}
    </div>
  );
}

function Picture({ text }: { text: string }) {
  const { t } = useTranslation();
  const { size, data } = useMemo(() => encode(text, { border: 1 }), [text]);
  const path = data.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")).join("")).join("");
  return <div className={classes.qr}><svg viewBox={`0 0 ${size} ${size}`} width={216} height={216} role="img" aria-label={t("sign_in.qrLabel")} shapeRendering="crispEdges"><path d={path} /></svg></div>;
}
