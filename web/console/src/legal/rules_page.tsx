// By which rules the desk decides, and the key that the journal is sealed to.
import { Accordion, Button, List, Text } from "@mantine/core";
import { download } from "../../../shared/download.ts";
import { dateTime, duration, number } from "../../../shared/format.ts";
import type { LegalCertificate, LegalJurisdiction } from "../api/types.ts";
import { Card, Facts } from "../layout/page.tsx";
import { Answered } from "../layout/states.tsx";
import { fill, t, wordFor } from "../texts/index.ts";
import classes from "./legal.module.css";
import { DeskPage } from "./marks.tsx";
import { useJournal, useJurisdictions } from "./queries.ts";

export function LegalRulesPage() {
  const journal = useJournal();
  const rules = useJurisdictions();
  return (
    <DeskPage title={t.legal.rules} lead={t.legal.rulesLead}>
      <Answered query={journal}>
        {(found) => (
          <Card title={t.legal.journal}>
            <Facts rows={[[t.legal.journalRows, number(found.rows)], [t.legal.journalHolds, number(found.holds)], [t.legal.journalOldest, found.oldest ? dateTime(found.oldest) : undefined]]} />
            {found.keys.length === 0 && <Text size="sm" className={classes.bad}>{t.legal.noKey}</Text>}
            {found.keys.map((key) => (
              <Facts key={key.number} rows={[
                [fill(t.legal.keyNumber, { n: key.number }), <span key="print" className={classes.mono}>{key.fingerprint}</span>],
                [t.legal.shares, `${key.members.map((one) => `${one.share}: ${one.name}`).join(", ")} · ${fill(t.legal.threshold, { n: key.threshold })}`],
                [t.legal.installed, `${dateTime(key.installed_at)}${key.retired_at ? ` – ${dateTime(key.retired_at)}` : ""}`],
              ]} />
            ))}
          </Card>
        )}
      </Answered>
      <Answered query={journal}>{(found) => <AnswerKeys signer={found.answers_signed_by} certificate={found.answers_certificate} />}</Answered>
      <Answered query={rules}>{({ items }) => <>{items.map((one) => <Jurisdiction key={one.name} found={one} />)}</>}</Answered>
    </DeskPage>
  );
}

const warningSeconds = 30 * 86_400;

// What an agency has to be told, to know an answer from a forged one.
function AnswerKeys({ signer, certificate }: { signer: string; certificate: LegalCertificate }) {
  return (
    <Card title={t.legal.answerKeys}>
      <Facts rows={[
        [t.legal.ed25519, <span key="signer" className={classes.mono}>{signer}</span>],
        [t.legal.certificate, <span key="print" className={classes.mono}>{certificate.sha256}</span>],
        [t.legal.certificateOf, certificate.subject],
        [t.legal.certifiedBy, certificate.self_signed ? t.legal.selfSigned : certificate.issuer],
        [t.legal.validUntil, dateTime(certificate.valid_to)],
      ]} />
      {certificate.valid_to - Date.now() / 1000 < warningSeconds && <Text size="sm" role="alert" className={classes.bad}>{t.legal.certificateEnds}</Text>}
      <Text size="sm" c="dimmed">{t.legal.answerKeysText}</Text>
      <div><Button variant="default" mt="xs" onClick={() => download("answers.pem", certificate.pem, "application/x-pem-file")}>{t.legal.saveCertificate}</Button></div>
    </Card>
  );
}

function Jurisdiction({ found }: { found: LegalJurisdiction }) {
  return (
    <Card title={found.title}>
      <Text size="sm" c="dimmed">{found.version} · {found.countries.join(", ") || t.legal.allOthers}</Text>
      <Accordion multiple chevronPosition="left">
        {found.types.map((type) => (
          <Accordion.Item key={type.type} value={type.type}>
            <Accordion.Control>{wordFor(t.legal.types, type.type)}</Accordion.Control>
            <Accordion.Panel>
              <Facts rows={[
                [t.legal.cites, type.cites], [t.legal.issuer, type.issuers.map((one) => wordFor(t.legal.issuers, one)).join(", ")], [t.legal.validator, type.validators.map((one) => wordFor(t.legal.issuers, one)).join(", ")],
                [t.legal.answerIn, duration(type.answer_hours * 3600)], [t.legal.fields, type.fields.join(", ")],
              ]} />
              <List size="sm" mt="xs">{type.gates.map((gate) => <List.Item key={gate.gate}><strong>{t.legal.gateNames[gate.gate]}</strong>: {gate.needs.map((need) => wordFor(t.legal.evidence, need.name)).join(", ")} ({gate.cites})</List.Item>)}</List>
            </Accordion.Panel>
          </Accordion.Item>
        ))}
      </Accordion>
    </Card>
  );
}
