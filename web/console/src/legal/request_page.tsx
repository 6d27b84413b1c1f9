// A request: on one side what the agency says and brought, on the other the gates with the evidence.
import { Alert, Anchor, Button, Text } from "@mantine/core";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { download } from "../../../shared/download.ts";
import { dateTime } from "../../../shared/format.ts";
import type { LegalRequest } from "../api/types.ts";
import { Due } from "../layout/labels.tsx";
import { failed } from "../layout/notify.ts";
import { Card, Facts, Page } from "../layout/page.tsx";
import { Answered } from "../layout/states.tsx";
import { fill, t, wordFor } from "../texts/index.ts";
import { ActList } from "./act_list.tsx";
import { AgencyHistory } from "./agency_history.tsx";
import { Decisions } from "./decisions.tsx";
import { FilesCard } from "./files_card.tsx";
import { Gates } from "./gates.tsx";
import classes from "./legal.module.css";
import { LegalState, outcomeOf, RequestLink } from "./marks.tsx";
import { useLegalRequest, warrantOf } from "./queries.ts";

export function LegalRequestPage() {
  const id = Number(useParams().id);
  const query = useLegalRequest(id);
  return <Answered query={query}>{(found) => <OpenRequest key={id} found={found} />}</Answered>;
}

function OpenRequest({ found }: { found: LegalRequest }) {
  return (
    <Page
      wide
      title={<>{fill(t.legal.number, { id: found.id })} <LegalState request={found} /></>}
      lead={<><Anchor component={Link} to="/legal">{t.legal.back}</Anchor> · {t.legal.types[found.type]} · {found.jurisdiction.title} ({found.jurisdiction.version})</>}
      actions={<Decisions found={found} />}
    >
      {found.outcome && <Alert variant="light" color={found.state === "refused" ? "red" : "gray"}>{outcomeOf(found)}{found.case !== undefined && ` ${found.case}`}{found.closed_at && ` · ${dateTime(found.closed_at)}`}</Alert>}
      <div className={classes.sides}>
        <div className={classes.side}>
          <Card title={t.legal.asks}><Form found={found} /><Warrant found={found} /></Card>
          <FilesCard found={found} />
          <Card title={t.legal.asker}>
            <Facts rows={[
              [t.legal.agency, found.agency.name], [t.legal.kind, wordFor(t.legal.issuers, found.agency.kind)], [t.legal.callBack, found.agency.call_back], [t.legal.numberSource, found.agency.number_source],
              [t.legal.officer, [found.officer.name, found.officer.title].filter(Boolean).join(", ")], [t.legal.email, found.officer.email],
            ]} />
          </Card>
          <AgencyHistory agency={found.agency.id} except={found.id} />
          <Alike found={found} />
        </div>
        <div className={classes.side}>
          <Clocks found={found} />
          <Decision found={found} />
          <Gates found={found} />
          <Card title={t.legal.acts}><ActList acts={found.acts} /></Card>
        </div>
      </div>
    </Page>
  );
}

function Form({ found: { form, ...found } }: { found: LegalRequest }) {
  const time = (value?: number) => (value ? dateTime(value) : undefined);
  const wants = [form.wants_phone && t.legal.wantsPhone, form.wants_addresses && t.legal.wantsAddresses].filter(Boolean).join(", ");
  const account = !found.passed.includes("authentic") ? t.legal.accountLater : found.account ? fill(t.legal.accountIs, { id: found.account }) : t.legal.accountNone;
  return (
    <Facts rows={[
      [t.legal.identifiers[form.identifier_kind], form.identifier], [t.legal.asOf, time(form.as_of)], [t.legal.account, account], [t.legal.wants, wants], [t.legal.period, form.wants_addresses ? `${time(form.from)} – ${time(form.to)}` : undefined],
      [t.legal.issuer, [wordFor(t.legal.issuers, form.issuer), form.issuer_name].filter(Boolean).join(": ")], [t.legal.validator, form.validator && [wordFor(t.legal.issuers, form.validator), form.validator_name].filter(Boolean).join(": ")],
      [t.legal.issued, time(form.issued_at)], [t.legal.expires, time(form.expires_at)], [t.legal.caseNumber, form.case_number], [t.legal.offence, form.offence], [t.legal.legalBasis, form.legal_basis],
      [t.legal.suspicion, form.suspicion || <span className={classes.bad}>{t.legal.noSuspicion}</span>], [t.legal.necessity, form.necessity], [t.legal.emergency, form.emergency], [t.legal.gag, form.gag_until ? fill(t.legal.gagUntil, { at: dateTime(form.gag_until), why: form.gag_reason ?? t.legal.gagNoReason }) : undefined],
      [t.legal.language, form.language],
    ]} />
  );
}

function Clocks({ found }: { found: LegalRequest }) {
  const running = found.clocks.filter((one) => !one.done_at);
  if (running.length === 0) return null;
  return (
    <Card title={t.legal.clocks}>
      <Facts rows={running.map((one) => [t.legal.clockKinds[one.kind], <span key={one.kind}><Due at={one.due_at} /> <Text span size="sm" c="dimmed">{dateTime(one.due_at)}</Text></span>])} />
    </Card>
  );
}

// For systems that exchange requests in that shape; what asks for no data has none.
function Warrant({ found }: { found: LegalRequest }) {
  const [busy, setBusy] = useState(false);
  if (found.type === "preservation" || found.type === "removal") return null;
  const save = async () => {
    setBusy(true);
    try {
      download(`request-${found.id}.xml`, (await warrantOf(found.id)).document, "application/xml");
    } catch (error) {
      failed(error);
    }
    setBusy(false);
  };
  return (
    <div>
      <Button size="compact-xs" variant="default" mt="xs" loading={busy} onClick={() => void save()}>{t.legal.warrant}</Button>
      <Text size="xs" c="dimmed">{t.legal.warrantHint}</Text>
    </div>
  );
}

// What the moderators decided of a removal order; the agency is told the same.
function Decision({ found: { decision } }: { found: LegalRequest }) {
  if (!decision) return null;
  return (
    <Card title={t.legal.decision}>
      <Facts rows={[[t.legal.outcome, wordFor(t.legal.outcomes, decision.outcome)], [t.legal.decisionEffect, decision.effect && wordFor(t.effects, decision.effect)], [t.legal.decisionClause, decision.clause], [t.legal.decidedAt, dateTime(decision.at)]]} />
    </Card>
  );
}

function Alike({ found }: { found: LegalRequest }) {
  return (
    <Card title={t.legal.alike}>
      {found.alike.length === 0 ? <Text size="sm" c="dimmed">{t.legal.alikeNone}</Text> : (
        <ul className={classes.rows}>
          {found.alike.map((one) => (
            <li key={one.id}><RequestLink id={one.id} /><span>{t.legal.types[one.type]}</span><LegalState request={one} /><span className="quiet">{outcomeOf(one)} {dateTime(one.received_at)}</span></li>
          ))}
        </ul>
      )}
    </Card>
  );
}
