// Opens one's own entry of a case and checks it here: that it says what the server claims, and lies in the signed log.
import { Anchor, Button, NumberInput, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { errorText } from "../api/errors.ts";
import { plain } from "../history/plain.ts";
import { Page } from "../layout/page.tsx";
import { fieldName, fieldValue } from "./entry_words.ts";
import { checkEntry, openEntry, type Said } from "./own_entry.ts";
import page from "../layout/page.module.css";

type State = { at: "idle" } | { at: "busy" } | { at: "words"; words: string } | { at: "said"; said: Said } | { at: "failed"; error: unknown };

export function OwnEntryPage() {
  const { t } = useTranslation();
  const given = Number(useParams().case);
  const [number, setNumber] = useState<number | string>(Number.isSafeInteger(given) && given > 0 ? given : "");
  const [state, setState] = useState<State>({ at: "idle" });
  const run = async (wanted: number) => {
    setState({ at: "busy" });
    try {
      const opened = await openEntry(wanted);
      setState("words" in opened ? { at: "words", words: opened.words } : { at: "said", said: await checkEntry(opened) });
    } catch (error) {
      setState({ at: "failed", error });
    }
  };
  useEffect(() => { if (given > 0) void run(given); }, [given]);
  return (
    <Page title={t("ledger.title")} back="/settings/decisions">
      <Text>{t("ledger.lead")}</Text>
      <form className={page.section} onSubmit={(event) => { event.preventDefault(); if (typeof number === "number") void run(number); }}>
        <NumberInput label={t("ledger.case")} value={number} onChange={setNumber} min={1} allowDecimal={false} hideControls required />
        <div><Button type="submit" loading={state.at === "busy"} disabled={typeof number !== "number"}>{t("ledger.check")}</Button></div>
      </form>
      <div role="status">
        {state.at === "words" && <div className={page.notice}><Text className={page.words} dir="auto">{plain(state.words)}</Text></div>}
        {state.at === "failed" && <div className={page.notice}><Text role="alert">{errorText(state.error)}</Text></div>}
        {state.at === "said" && <Verdict said={state.said} />}
      </div>
      <Text size="sm"><Anchor href="/transparency" target="_blank">{t("ledger.reports")}</Anchor></Text>
    </Page>
  );
}

function Verdict({ said }: { said: Said }) {
  const { t } = useTranslation();
  if (!said.holds) return <div className={page.notice} data-verdict={said.wrong ? "wrong" : "unchecked"}><Text fw={600} c="red">{said.wrong ? t("ledger.wrong") : t("ledger.unchecked")}</Text><Text dir="auto">{said.why}</Text></div>;
  return (
    <div className={page.notice} data-verdict="holds">
      <Text fw={600}><span aria-hidden>✔ </span>{t("ledger.holds")}</Text>
      <Text size="sm">{t("ledger.holdsText", { index: said.index, tree: said.tree })}</Text>
      <dl className={page.facts}>
        {Object.entries(said.fields).map(([name, value]) => <Fact key={name} name={name} value={fieldValue(name, value)} />)}
      </dl>
      <Text size="sm" c="dimmed">{t("ledger.key")}<br /><bdi className={page.mono}>{said.key}</bdi></Text>
    </div>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return <><dt>{fieldName(name)}</dt><dd><bdi>{value || "–"}</bdi></dd></>;
}
