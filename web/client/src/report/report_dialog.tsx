// A report, asked for in the server's own words: its tree of options, one question after another, then the case number.
import { Button, Stack, Text, Textarea } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { tl } from "@mtcute/core";
import { errorText } from "../api/errors.ts";
import { plain } from "../history/plain.ts";
import { Loading } from "../layout/states.tsx";
import { type Letter, letterSince, newestLetter } from "./letters.ts";
import classes from "./report.module.css";

// The server's next question for this option and these words.
export type Report = (option: Uint8Array, words: string) => Promise<tl.TypeReportResult>;

type State = { at: "asking" } | { at: "answer"; answer: tl.TypeReportResult } | { at: "done"; letter: Letter | undefined } | { at: "failed"; error: unknown };

export function ReportDialog({ report, close }: { report: Report; close: () => void }) {
  const { t } = useTranslation();
  const [state, setState] = useState<State>({ at: "asking" });
  const [words, setWords] = useState("");
  const began = useRef<Promise<number>>(undefined);
  const step = async (option: Uint8Array, text: string) => {
    setState({ at: "asking" });
    try {
      began.current ??= newestLetter();
      const last = await began.current;
      const answer = await report(option, text);
      if (answer._ === "reportResultReported") setState({ at: "done", letter: await letterSince(last).catch(() => undefined) });
      else setState({ at: "answer", answer });
    } catch (error) {
      setState({ at: "failed", error });
    }
  };
  // The first question, once.
  useEffect(() => { void step(new Uint8Array(0), ""); }, []);

  if (state.at === "asking") return <Loading />;
  if (state.at === "failed") return <Stack><Text role="alert">{errorText(state.error)}</Text><Button variant="default" onClick={close}>{t("common.close")}</Button></Stack>;
  if (state.at === "done") {
    return (
      <Stack>
        <Text fw={600} role="status">{t("report.thanks")}</Text>
        <Text className={classes.words} dir="auto">{state.letter ? plain(state.letter.text) : t("report.again")}</Text>
        <Text size="sm" c="dimmed">{t("report.outcome")}</Text>
        <Button component="a" href="#/settings/decisions" variant="default" onClick={close}>{t("report.decisions")}</Button>
        <Button onClick={close} data-autofocus>{t("common.done")}</Button>
      </Stack>
    );
  }
  const { answer } = state;
  if (answer._ === "reportResultChooseOption") {
    return (
      <Stack>
        <Text fw={600} dir="auto">{plain(answer.title)}</Text>
        <ul className={classes.options}>
          {answer.options.map((each, at) => <li key={each.text}><Button className={classes.option} variant="default" justify="flex-start" onClick={() => void step(each.option, "")} data-autofocus={at === 0 || undefined}><span dir="auto">{plain(each.text)}</span></Button></li>)}
        </ul>
      </Stack>
    );
  }
  if (answer._ !== "reportResultAddComment") return null;
  return (
    <form onSubmit={(event) => { event.preventDefault(); void step(answer.option, words); }}>
      <Stack>
        <Textarea label={answer.optional ? t("report.words") : t("report.wordsNeeded")} description={t("report.wordsText")} required={!answer.optional} autosize minRows={3} maxRows={8} maxLength={1024} value={words} onChange={(event) => setWords(event.currentTarget.value)} dir="auto" data-autofocus />
        <Button type="submit" disabled={!answer.optional && words.trim() === ""}>{t("report.send")}</Button>
      </Stack>
    </form>
  );
}
