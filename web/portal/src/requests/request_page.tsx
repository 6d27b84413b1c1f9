// One request: where it stands, what was said, its files, and the answer.
import { Alert, Anchor, Button, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { isAbandoned } from "../../../shared/passkeys.ts";
import { dateTime } from "../../../shared/format.ts";
import type { OwnRequest } from "../api/types.ts";
import classes from "../layout/layout.module.css";
import { Card, Facts, Page } from "../layout/page.tsx";
import { Answered, failed, told } from "../layout/states.tsx";
import { fill, t, wordFor } from "../texts/index.ts";
import { AnswerCard } from "./answer_card.tsx";
import { EntriesCard } from "./entries_card.tsx";
import { FilesCard } from "./files_card.tsx";
import { useAnswer, useRequest, useWithdraw } from "./queries.ts";
import { outcomeOf, StateBadge } from "./requests_page.tsx";

export function RequestPage() {
  const id = Number(useParams().id);
  const query = useRequest(id);
  return <Answered query={query}>{(request) => <OpenRequest key={id} request={request} />}</Answered>;
}

function OpenRequest({ request }: { request: OwnRequest }) {
  const [withdrawing, setWithdrawing] = useState(false);
  const open = request.closed_at === undefined;
  return (
    <Page
      title={<>{fill(t.requests.number, { id: request.id })} <StateBadge request={request} /></>}
      lead={<><Anchor component={Link} to="/">{t.common.back}</Anchor> · {fill(t.request.lead, { type: t.types[request.type], at: dateTime(request.received_at) })}{open && ` · ${fill(t.request.dueBy, { at: dateTime(request.due_at) })}`}</>}
      actions={open && <Button variant="default" onClick={() => setWithdrawing(true)}>{t.request.withdraw}</Button>}
    >
      {request.state === "refused" && <Alert color="red" variant="light" title={fill(t.request.refused, { ground: outcomeOf(request) })} />}
      {request.asked && open && <Asked request={request} />}
      <AnswerCard request={request} />
      <DecisionCard request={request} />
      <Card title={t.request.what}><Form request={request} /></Card>
      <FilesCard request={request} />
      <Card title={t.request.story}>
        <ul className={classes.rows}>
          {request.words.map((word) => (
            <li key={`${word.at} ${word.what}`}>
              <strong>{wordFor(t.words, word.what)}</strong>
              <Text span size="sm" c="dimmed">{dateTime(word.at)}</Text>
              {word.text && <span className={classes.said} dir="auto">{word.text}</span>}
            </li>
          ))}
        </ul>
      </Card>
      <EntriesCard id={request.id} />
      <Modal opened={withdrawing} onClose={() => setWithdrawing(false)} title={t.request.withdraw} closeButtonProps={{ "aria-label": t.common.close }}>
        {withdrawing && <Withdraw id={request.id} close={() => setWithdrawing(false)} />}
      </Modal>
    </Page>
  );
}

// What became of a removal order.
function DecisionCard({ request }: { request: OwnRequest }) {
  const made = request.decision;
  if (!made && request.outcome !== "handed") return null;
  return (
    <Card title={t.request.decision}>
      {!made ? <Text size="sm">{t.request.decisionNone}</Text> : (
        <>
          <Facts rows={[[t.request.outcome, wordFor(t.outcomes, made.outcome)], [t.request.effect, made.effect && t.request.effects[made.effect]], [t.request.clause, made.clause], [t.request.decisionAt, dateTime(made.at)]]} />
          <Text size="sm" c="dimmed">{t.request.decisionLog}</Text>
        </>
      )}
    </Card>
  );
}

function Asked({ request }: { request: OwnRequest }) {
  const [text, setText] = useState("");
  const act = useAnswer(request.id);
  const question = request.words.findLast((word) => word.what === "asked");
  return (
    <Alert color="yellow" variant="light" title={t.request.question}>
      <Stack gap="sm">
        <Text size="sm" className={classes.said} dir="auto">{question?.text}</Text>
        <Textarea label={t.request.answer} value={text} onChange={(event) => setText(event.currentTarget.value)} autosize minRows={3} maxLength={4000} />
        <div className={classes.buttons}>
          <Button disabled={!text.trim()} loading={act.isPending} onClick={() => act.mutate(text.trim(), { onSuccess: () => told(t.request.answered), onError: failed })}>{t.request.answerSend}</Button>
          <Button component={Link} to={`/requests/${request.id}/correct`} variant="default">{t.request.correct}</Button>
        </div>
        <Text size="xs" c="dimmed">{t.request.correctHint}</Text>
      </Stack>
    </Alert>
  );
}

function Withdraw({ id, close }: { id: number; close: () => void }) {
  const [text, setText] = useState("");
  const act = useWithdraw(id);
  const submit = () => act.mutate(text.trim(), { onSuccess: () => { told(t.request.withdrawn); close(); }, onError: (error) => isAbandoned(error) || failed(error) });
  return (
    <Stack>
      <Text size="sm">{t.request.withdrawText}</Text>
      <Textarea label={t.request.why} value={text} onChange={(event) => setText(event.currentTarget.value)} autosize minRows={2} maxLength={4000} data-autofocus />
      <Button color="red" loading={act.isPending} onClick={submit}>{t.request.withdraw}</Button>
    </Stack>
  );
}

function Form({ request: { form } }: { request: OwnRequest }) {
  const time = (value?: number) => (value ? dateTime(value) : undefined);
  const wants = [form.wants_phone && t.form.wantsPhone, form.wants_addresses && t.form.wantsAddresses].filter(Boolean).join(", ");
  return (
    <Facts rows={[
      [t.form.kinds[form.identifier_kind], form.identifier], [t.form.asOf, time(form.as_of)], [t.form.wants, wants], [t.form.from, time(form.from)], [t.form.to, time(form.to)],
      [t.form.issuer, wordFor(t.issuers, form.issuer)], [t.form.issuerName, form.issuer_name], [t.form.validator, wordFor(t.issuers, form.validator)], [t.form.validatorName, form.validator_name], [t.form.issuedAt, time(form.issued_at)], [t.form.expiresAt, time(form.expires_at)],
      [t.form.caseNumber, form.case_number], [t.form.offence, form.offence], [t.form.legalBasis, form.legal_basis], [t.form.suspicion, form.suspicion], [t.form.necessity, form.necessity], [t.form.emergency, form.emergency],
      [t.form.gagUntil, time(form.gag_until)], [t.form.gagReason, form.gag_reason], [t.form.language, form.language],
    ]} />
  );
}
