// An appeal: what the person says, beside what was decided. Whoever decided then does not decide now.
import { Anchor, Button, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { dateTime } from "../../../shared/format.ts";
import type { Appeal } from "../api/types.ts";
import { ContentCard } from "../cases/content_card.tsx";
import { FindingsCard } from "../cases/findings_card.tsx";
import { AuthorCard } from "../cases/people_cards.tsx";
import { CaseTabs } from "../cases/tabs.tsx";
import classes from "../cases/cases.module.css";
import { CategoryBadge, ClaimedBy, EffectBadge } from "../layout/labels.tsx";
import { failed, told } from "../layout/notify.ts";
import { Card, Facts, Page } from "../layout/page.tsx";
import { Answered } from "../layout/states.tsx";
import { useMay, useSession } from "../session/session.ts";
import { fill, t } from "../texts/index.ts";
import { useAppeal, useClaimAppeal, useDecideAppeal } from "./queries.ts";

export function AppealPage() {
  const id = Number(useParams().id);
  const query = useAppeal(id);
  return <Answered query={query}>{(found) => <OpenAppeal key={id} found={found} />}</Answered>;
}

function OpenAppeal({ found }: { found: Appeal }) {
  const { summary } = found;
  const [shown, setShown] = useState<ReadonlySet<number>>(new Set());
  const works = useMay("work");
  const me = useSession().id;
  const toggle = (index: number) => setShown((had) => new Set(had.has(index) ? [...had].filter((one) => one !== index) : [...had, index]));
  return (
    <Page wide title={<>{fill(t.appeals.number, { id: summary.id })} <CategoryBadge category={summary.category} /></>} lead={<Anchor component={Link} to="/appeals">{t.appeals.back}</Anchor>}>
      <div className={classes.columns}>
        <div className={classes.left}>
          <Card title={t.appeals.says}>
            <div className={classes.text} dir="auto">{found.text}</div>
            {found.translation && <div className={classes.text}>{found.translation}</div>}
            <Facts rows={[[t.appeals.filed, dateTime(summary.filed_at)], [t.appeals.from, summary.by_reporter ? t.appeals.byReporter : t.appeals.byAffected], [t.appeals.through, t.appeals.sources[found.source]]]} />
          </Card>
          <ContentCard caseId={summary.case_id} content={found.case.content} findings={found.case.findings} shown={shown} toggle={toggle} />
          <FindingsCard findings={found.case.findings} />
          <CaseTabs found={found.case} />
        </div>
        <aside className={classes.right} aria-label={t.cases.actions}>
          <Card title={t.appeals.decided} actions={<Anchor component={Link} size="xs" to={`/cases/${summary.case_id}`}>{fill(t.cases.number, { id: summary.case_id })}</Anchor>}>
            <Facts rows={[
              [t.decide.effect, <EffectBadge key="effect" effect={summary.effect} />],
              [t.decide.by, found.case.decision?.by?.name ?? (summary.by_machine ? t.events.nobody : undefined)],
              [t.decide.clause, found.case.decision?.clause],
              [t.decide.reasonShort, found.case.decision?.reason],
            ]} />
          </Card>
          {found.answer
            ? <Card title={t.appeals.states[found.answer.verdict]}><Text size="sm">{found.answer.reason}</Text><Text size="xs" c="dimmed">{summary.decided_by?.name}{found.answer.record ? ` · ${fill(t.cases.ledger, { n: found.answer.record })}` : ""}</Text></Card>
            : works && (summary.can_decide ? <Verdict id={summary.id} byReporter={summary.by_reporter} claimed={<ClaimedBy claim={summary.claim} me={me} />} /> : <Card title={t.appeals.decide}><Text size="sm" c="dimmed">{t.appeals.own}</Text></Card>)}
          {found.case.author && <AuthorCard author={found.case.author} caseId={summary.case_id} />}
        </aside>
      </div>
    </Page>
  );
}

function Verdict({ id, byReporter, claimed }: { id: number; byReporter: boolean; claimed: React.ReactNode }) {
  const [reason, setReason] = useState("");
  const [note, setNote] = useState("");
  const claim = useClaimAppeal(id);
  const decide = useDecideAppeal(id);
  const navigate = useNavigate();
  const settle = (verdict: "upheld" | "rejected") => decide.mutate({ verdict, reason: reason.trim(), ...(note.trim() ? { note: note.trim() } : {}) }, {
    onSuccess: () => {
      told(t.appeals.told, t.appeals.states[verdict]);
      void navigate("/appeals");
    },
    onError: failed,
  });
  return (
    <Card title={t.appeals.decide} actions={<>{claimed}<Button size="compact-xs" variant="default" loading={claim.isPending} onClick={() => claim.mutate(undefined, { onError: failed })}>{t.cases.claim}</Button></>}>
      <Textarea label={t.appeals.reason} description={t.appeals.reasonHint} value={reason} onChange={(event) => setReason(event.currentTarget.value)} autosize minRows={3} maxLength={4000} />
      <Textarea label={t.notes.text} value={note} onChange={(event) => setNote(event.currentTarget.value)} autosize minRows={1} maxLength={4000} mt="xs" />
      <Button fullWidth mt="sm" disabled={!reason.trim()} loading={decide.isPending} onClick={() => settle("upheld")}>{byReporter ? t.appeals.openAgain : t.appeals.uphold}</Button>
      <Button fullWidth mt="xs" variant="default" disabled={!reason.trim()} loading={decide.isPending} onClick={() => settle("rejected")}>{t.appeals.reject}</Button>
    </Card>
  );
}
