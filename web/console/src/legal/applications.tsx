// Agencies that strangers applied for in the portal. What they wrote is shown as what it is: the word of somebody unknown.
import { Alert, Button, Checkbox, Modal, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { countryName, dateTime } from "../../../shared/format.ts";
import type { LegalApplication } from "../api/types.ts";
import { TextDialog } from "../cases/text_dialog.tsx";
import { failed, told } from "../layout/notify.ts";
import { Card, Facts } from "../layout/page.tsx";
import { fill, t, wordFor } from "../texts/index.ts";
import classes from "./legal.module.css";
import { declineApplication, takeUpApplication, useAgencyAct } from "./queries.ts";

export function Applications({ items }: { items: LegalApplication[] }) {
  const [taking, setTaking] = useState<LegalApplication>();
  const [declining, setDeclining] = useState<LegalApplication>();
  const matters = groups(items);
  if (matters.length === 0) return null;
  return (
    <section aria-label={t.legal.applications} className={classes.side}>
      <Alert variant="light" color="red" title={t.legal.applications}>{t.legal.applicationsLead}</Alert>
      {matters.map((matter) => (
        <Card key={matter[0]!.id} title={<span dir="auto">{matter[0]!.form.authority}</span>}>
          {matter.length > 1 && <Text size="sm">{fill(t.legal.applicationsAlike, { n: matter.length })}</Text>}
          {matter.map((one) => (
            <div key={one.id} className={classes.gate}>
              <ApplicationFacts application={one} />
              <div className={classes.buttons}>
                <Button size="compact-sm" onClick={() => setTaking(one)} aria-label={`${t.legal.takeUp}: ${one.id}`}>{t.legal.takeUp}</Button>
                <Button size="compact-sm" variant="outline" color="red" onClick={() => setDeclining(one)} aria-label={`${t.legal.decline}: ${one.id}`}>{t.legal.decline}</Button>
              </div>
            </div>
          ))}
        </Card>
      ))}
      <Modal opened={taking !== undefined} onClose={() => setTaking(undefined)} title={t.legal.takeUp} size="lg" closeButtonProps={{ "aria-label": t.common.close }}>
        {taking && <TakeUp application={taking} done={() => setTaking(undefined)} />}
      </Modal>
      <Decline application={declining} done={() => setDeclining(undefined)} />
    </section>
  );
}

// Open ones, those for one country and domain together.
function groups(items: LegalApplication[]): LegalApplication[][] {
  const open = items.filter((one) => one.agency === undefined);
  return open.filter((one) => one.alike.every((other) => other > one.id)).map((first) => open.filter((one) => one.id === first.id || first.alike.includes(one.id)));
}

// As it was written, line by line.
const lines = (text: string) => <span className={classes.said} dir="auto">{text}</span>;

export function ApplicationFacts({ application }: { application: LegalApplication }) {
  const { form } = application;
  return (
    <Facts rows={[
      [t.legal.agencyName, form.authority], [t.queue.country, countryName(form.country)], [t.legal.kind, wordFor(t.legal.issuers, form.kind)], [t.legal.domain, form.domain], [t.legal.address, lines(form.address)],
      [t.legal.applicant, `${form.applicant}, ${form.office}`], [t.legal.email, form.email], [t.legal.applicantPhone, <span key="phone" className={classes.bad}>{form.phone}</span>],
      [t.legal.legalBasis, lines(form.legal_basis)], [t.legal.applyTypes, form.types.map((type) => t.legal.types[type]).join(", ")], [t.legal.applyWords, form.text && lines(form.text)], [t.legal.appliedAt, dateTime(application.received_at)],
    ]} />
  );
}

function TakeUp({ application: { id, form }, done }: { application: LegalApplication; done: () => void }) {
  const act = useAgencyAct(takeUpApplication);
  const [name, setName] = useState(form.authority);
  const [country, setCountry] = useState(form.country);
  const [kind, setKind] = useState(form.kind);
  const [domain, setDomain] = useState(form.domain);
  return (
    <form onSubmit={(event) => { event.preventDefault(); act.mutate({ id, name: name.trim(), country: country.toUpperCase(), kind, domain: domain.trim() }, { onSuccess: () => { told(t.legal.takenUp); done(); }, onError: failed }); }}>
      <Stack>
        <Text size="sm">{t.legal.takeUpText}</Text>
        <TextInput label={t.legal.agencyName} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={200} data-autofocus />
        <TextInput label={t.queue.country} description={t.legal.countryHint} value={country} onChange={(event) => setCountry(event.currentTarget.value.slice(0, 2))} />
        <NativeSelect label={t.legal.kind} value={kind} onChange={(event) => setKind(event.currentTarget.value)} data={Object.entries(t.legal.issuers).map(([value, label]) => ({ value, label }))} />
        <TextInput label={t.legal.domain} description={t.legal.domainHint} value={domain} onChange={(event) => setDomain(event.currentTarget.value)} maxLength={200} />
        <Button type="submit" loading={act.isPending} disabled={!name.trim() || country.length !== 2 || !domain.trim()}>{t.legal.takeUp}</Button>
      </Stack>
    </form>
  );
}

function Decline({ application, done }: { application?: LegalApplication; done: () => void }) {
  const act = useAgencyAct(declineApplication);
  const [alike, setAlike] = useState(false);
  const close = () => {
    setAlike(false);
    done();
  };
  const others = application?.alike.length ?? 0;
  return (
    <TextDialog opened={application !== undefined} close={close} title={`${t.legal.decline}: ${application?.form.authority ?? ""}`} label={t.legal.declineReason} submit={t.legal.decline} danger most={1000} busy={act.isPending}
      act={(text) => act.mutate({ id: application!.id, text, alike }, { onSuccess: () => { told(t.legal.declined); close(); }, onError: failed })}>
      <Text size="sm">{t.legal.declineText}</Text>
      {others > 0 && <Checkbox label={fill(t.legal.declineAlike, { n: others })} checked={alike} onChange={(event) => setAlike(event.currentTarget.checked)} />}
    </TextDialog>
  );
}
