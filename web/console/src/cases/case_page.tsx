// One case: all that is known on the left, what to do on the right.
import { Anchor, Button, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useEffect, useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { compact, dateTime, now } from "../../../shared/format.ts";
import { useKeys } from "../../../shared/keys.tsx";
import { isProblem } from "../../../shared/problem.ts";
import type { Case, Decide, Decided, QueueFilter } from "../api/types.ts";
import { CategoryBadge, ClaimedBy, Due, EffectBadge, Severity, StateBadge, Where } from "../layout/labels.tsx";
import { failed, told } from "../layout/notify.ts";
import { Card, Facts } from "../layout/page.tsx";
import { Answered } from "../layout/states.tsx";
import { memory } from "../queue/memory.ts";
import { useClaim, useClaimNext, useRelease } from "../queue/queries.ts";
import { useMay, useSession } from "../session/session.ts";
import { fill, t } from "../texts/index.ts";
import { ContentCard } from "./content_card.tsx";
import { DecisionForm } from "./decision_form.tsx";
import { FindingsCard } from "./findings_card.tsx";
import { AuthorCard, PlaceCard } from "./people_cards.tsx";
import { useCase, useDecide, useSecondReview, useUndo } from "./queries.ts";
import { CaseTabs } from "./tabs.tsx";
import { TextDialog } from "./text_dialog.tsx";
import { EscalateDialog, NoteDialog, NotesCard } from "./notes.tsx";
import classes from "./cases.module.css";
import page from "../layout/page.module.css";

export function CasePage() {
  const id = Number(useParams().id);
  const query = useCase(id);
  const takeBack = useTakeBack();
  // Here, so that it works while the next case is still on its way.
  useKeys(t.keys.deciding, [{ keys: "u", text: t.keys.undo, run: () => lastDecided !== undefined && takeBack(lastDecided) }], useMay("work"));
  return <Answered query={query}>{(found) => <OpenCase key={id} found={found} />}</Answered>;
}

function OpenCase({ found }: { found: Case }) {
  const { summary, can } = found;
  const { id } = summary;
  const session = useSession();
  const works = useMay("work");
  const navigate = useNavigate();
  const [shown, setShown] = useState<ReadonlySet<number>>(new Set());
  const [dialog, setDialog] = useState<"note" | "escalate" | "undo">();
  const claim = useClaim();
  const release = useRelease();
  const claimNext = useClaimNext();
  const decide = useDecide(id);
  const second = useSecondReview(id);
  const undo = useUndo();
  useKeptClaim(found, () => claim.mutate(summary));

  const back = () => void navigate(memory.address);
  const next = () => claimNext.mutate(memory.filter ? (JSON.parse(memory.filter) as QueueFilter) : {}, {
    onSuccess: (claimed) => {
      if (claimed) return void navigate(`/cases/${claimed.case.id}`);
      told(t.queue.nothingWaits);
      return back();
    },
    onError: failed,
  });
  const takeBack = useTakeBack();
  const decided = (outcome: Decided) => {
    const waits = outcome.case.state === "awaiting_second";
    const note = `decided-${id}`;
    told(
      <>
        <Text size="sm">{waits ? t.decide.waits : fill(t.decide.decided, { effect: t.effects[outcome.decision?.effect ?? "allow"] })}</Text>
        {!waits && outcome.undo_until !== undefined && <Button size="compact-xs" variant="default" mt={4} onClick={() => { notifications.hide(note); takeBack(id); }}>{t.decide.undo} <kbd>u</kbd></Button>}
      </>,
      fill(t.cases.number, { id }),
      note,
    );
    lastDecided = waits ? undefined : id;
    next();
  };
  const submit = (decision: Decide) => decide.mutate({ decision, version: summary.version }, { onSuccess: decided, onError: failed });
  const take = () => claim.mutate(summary, { onError: (error) => (isProblem(error, "CASE_TAKEN") ? told(error.message, t.queue.tooLate) : failed(error)) });
  const toggle = (index: number) => setShown((had) => {
    const changed = new Set(had);
    if (!changed.delete(index)) changed.add(index);
    return changed;
  });

  useKeys(fill(t.cases.number, { id }), [
    { keys: "Escape", text: t.keys.back, run: back },
    ...(works ? [
      { keys: "c", text: t.keys.claim, run: () => can.claim && take() },
      { keys: "n", text: t.keys.claimNext, run: next },
      { keys: "b", text: t.keys.media, run: () => setShown(shown.size > 0 ? new Set() : new Set(found.content.media.map((one) => one.index))) },
      { keys: "e", text: t.keys.escalate, run: () => can.escalate && setDialog("escalate") },
      { keys: "o", text: t.keys.note, run: () => can.note && setDialog("note") },
      ...(can.undo ? [{ keys: "u", text: t.keys.undo, run: () => setDialog("undo") }] : []),
      ...(can.second_review ? [{ keys: "y", text: t.keys.confirm, run: () => second.mutate({ verdict: "confirm" }, { onError: failed }) }] : []),
    ] : []),
  ], dialog === undefined);

  const mine = summary.claim?.by.id === session.id;
  return (
    <div className={page.wide}>
      <div>
        <Anchor component={Link} to={memory.address} size="sm">{t.cases.backToQueue}</Anchor>
        <div className={classes.heading}>
          <Severity value={summary.severity} />
          <Title order={1}><span className="quiet">{fill(t.cases.number, { id })}</span> <span dir="auto">{summary.title}</span></Title>
          <CategoryBadge category={summary.category} />
          <StateBadge state={summary.state} />
        </div>
        <div className={classes.meta}>
          <span>{t.kinds[summary.kind]}</span>
          {summary.state === "open" && <Due at={summary.due_at} />}
          <span>{fill(t.queue.reportsReach, { reports: compact(summary.reports), reach: compact(summary.reach) })}</span>
          <Where country={summary.country} language={summary.language} />
          <span>{fill(t.cases.from, { sources: summary.sources.map((one) => t.sources[one]).join(", ") })}</span>
          <ClaimedBy claim={summary.claim} me={session.id} />
        </div>
      </div>
      <div className={classes.columns}>
        <div className={classes.left}>
          {found.order && <Card title={t.order.title}><Facts rows={[[t.order.authority, found.order.authority], [t.order.reference, found.order.reference], [t.order.received, dateTime(found.order.received_at)], [t.order.due, <Due key="due" at={found.order.due_at} />]]} /></Card>}
          {found.term
            ? <Card title={t.cases.term}><Text>{fill(t.cases.termText, { term: found.term.text })} <Anchor component={Link} to={`/terms/${found.term.id}`}>{t.cases.openTerm}</Anchor></Text></Card>
            : <ContentCard caseId={id} content={found.content} findings={found.findings} shown={shown} toggle={toggle} />}
          <FindingsCard findings={found.findings} />
          <CaseTabs found={found} />
        </div>
        <aside className={classes.right} aria-label={t.cases.actions}>
          {found.decision && (
            <Card title={summary.state === "awaiting_second" ? t.decide.awaiting : t.decide.decision}>
              <Facts rows={[
                [t.decide.effect, <EffectBadge key="effect" effect={found.decision.effect} />],
                [t.decide.clause, found.decision.clause],
                [t.decide.by, found.decision.by?.name ?? t.events.nobody],
                [t.decide.at, dateTime(found.decision.at)],
                [t.decide.ends, found.decision.ends_at && dateTime(found.decision.ends_at)],
                [t.decide.reasonShort, found.decision.reason],
                [t.decide.record, found.decision.record && fill(t.cases.ledger, { n: found.decision.record })],
              ]} />
              {can.second_review && (
                <div className={classes.actions}>
                  <Button size="xs" color="red" loading={second.isPending} onClick={() => second.mutate({ verdict: "confirm" }, { onError: failed })}>{t.decide.confirm} <kbd>y</kbd></Button>
                  <Button size="xs" variant="default" onClick={() => second.mutate({ verdict: "refuse", note: t.decide.refused }, { onError: failed })}>{t.decide.refuse}</Button>
                </div>
              )}
              {can.undo && <Button size="xs" variant="default" mt="xs" onClick={() => setDialog("undo")}>{t.decide.undo}</Button>}
            </Card>
          )}
          {works && summary.state === "open" && (
            <Card title={t.decide.title} actions={can.claim && (mine ? <Button size="compact-xs" variant="default" onClick={() => release.mutate(summary, { onError: failed })}>{t.cases.release}</Button> : <Button size="compact-xs" variant="default" loading={claim.isPending} onClick={take}>{t.cases.claim} <kbd>c</kbd></Button>)}>
              {can.decide
                ? <DecisionForm keys kinds={[summary.kind]} category={summary.category} effects={can.effects} excerpt={(found.content.text || summary.excerpt) ?? ""} place={summary.title} busy={decide.isPending} decide={submit} />
                : <Text size="sm" c="dimmed">{found.term ? t.cases.decideTerm : summary.claim ? fill(t.cases.claimedBy, { name: summary.claim.by.name }) : t.cases.cannot}</Text>}
              {can.escalate && <Button size="xs" variant="subtle" mt="xs" fullWidth onClick={() => setDialog("escalate")}>{t.cases.escalate} <kbd>e</kbd></Button>}
            </Card>
          )}
          <NotesCard notes={found.notes} add={can.note ? () => setDialog("note") : undefined} />
          {found.author && <AuthorCard author={found.author} caseId={id} />}
          {found.place && <PlaceCard place={found.place} caseId={id} />}
        </aside>
      </div>
      <NoteDialog id={id} opened={dialog === "note"} close={() => setDialog(undefined)} />
      <EscalateDialog id={id} opened={dialog === "escalate"} close={() => setDialog(undefined)} done={next} />
      <TextDialog opened={dialog === "undo"} close={() => setDialog(undefined)} title={t.decide.undoTitle} label={t.decide.undoWhy} submit={t.decide.undo} busy={undo.isPending} act={(reason) => undo.mutate({ id, reason, reopen: true }, { onSuccess: () => { setDialog(undefined); told(fill(t.decide.undone, { id })); }, onError: failed })} />
    </div>
  );
}

// What "u" takes back after the next case has opened.
let lastDecided: number | undefined;

function useTakeBack(): (id: number) => void {
  const undo = useUndo();
  const navigate = useNavigate();
  return (id) => undo.mutate({ id, reason: t.decide.undoReason, reopen: true }, {
    onSuccess: () => {
      lastDecided = undefined;
      told(fill(t.decide.undone, { id }));
      void navigate(`/cases/${id}`);
    },
    onError: failed,
  });
}

// A claim that runs out while the person is still reading is kept.
function useKeptClaim(found: Case, keep: () => void): void {
  const me = useSession().id;
  const until = found.summary.claim?.by.id === me && found.summary.state === "open" ? found.summary.claim.until : undefined;
  useEffect(() => {
    if (until === undefined) return undefined;
    const timer = setTimeout(() => document.visibilityState === "visible" && keep(), Math.max(5, until - now() - 60) * 1000);
    return () => clearTimeout(timer);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `keep` is new with every drawing; the time is what counts
  }, [until]);
}
