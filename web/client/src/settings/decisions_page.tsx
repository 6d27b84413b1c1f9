// What one reported and what was decided, about that and about oneself; the way to an appeal and to one's own ledger entry.
import { Button, Group, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import { tg } from "../api/client.ts";
import { errorText } from "../api/errors.ts";
import { plain } from "../history/plain.ts";
import { fullTime } from "../layout/formats.ts";
import { More } from "../layout/more.tsx";
import { Page } from "../layout/page.tsx";
import { Empty, Failed, Loading } from "../layout/states.tsx";
import { useAct } from "../layout/use_act.ts";
import { beginBot } from "../links/follow.tsx";
import { type Letter, letters } from "../report/letters.ts";
import page from "../layout/page.module.css";
import classes from "../report/report.module.css";

export function DecisionsPage() {
  const { t } = useTranslation();
  const found = useInfiniteQuery({ queryKey: ["letters"], staleTime: 0, queryFn: ({ pageParam }) => letters(pageParam), initialPageParam: 0, getNextPageParam: (last) => last.next });
  const all = found.data?.pages.flatMap((each) => each.letters) ?? [];
  return (
    <Page title={t("settings.decisions")} back="/settings">
      <Text>{t("report.decisionsLead")}</Text>
      <Group><Button variant="default" component={Link} to="/settings/ledger">{t("ledger.title")}</Button></Group>
      {found.error ? <Failed text={errorText(found.error)} again={() => void found.refetch()} /> : !found.data ? <Loading /> : all.length === 0 && !found.hasNextPage ? <Empty title={t("report.noLetters")} text={t("report.noLettersText")} />
        : <ul className={classes.letters} aria-label={t("settings.decisions")}>{all.map((each) => <li key={each.id}><OneLetter letter={each} /></li>)}</ul>}
      <More of={found} />
    </Page>
  );
}

function OneLetter({ letter }: { letter: Letter }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { busy, act } = useAct();
  const appeal = async (parameter: string) => {
    await beginBot("searchreport", parameter);
    await navigate(`/chat/${(await tg().getPeer("searchreport")).id}`);
  };
  return (
    <article className={classes.letter} data-case={letter.case}>
      <div className={page.row}>
        <Text component="h2" size="md" fw={600}>{t("report.case", { number: letter.case })}</Text>
        <Text size="sm" c="dimmed">{fullTime(letter.date)}</Text>
      </div>
      <Text size="sm" className={classes.words} dir="auto">{plain(letter.text)}</Text>
      <Group gap="xs">
        {letter.appeal !== undefined && <Button size="compact-sm" loading={busy} onClick={() => void act(() => appeal(letter.appeal!))}>{t("report.appeal")}</Button>}
        <Button size="compact-sm" variant="default" component={Link} to={`/settings/ledger/${letter.case}`}>{t("ledger.check")}</Button>
      </Group>
    </article>
  );
}
