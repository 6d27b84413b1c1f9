// Agencies and their officers: an agency is verified, by a call to a number found independently, before any officer is.
import { Alert, Badge, Button, Code, Modal, MultiSelect, NativeSelect, Stack, Text, TextInput, Textarea } from "@mantine/core";
import { useState } from "react";
import { countryName, dateTime } from "../../../shared/format.ts";
import type { LegalAgency, LegalApplication } from "../api/types.ts";
import { TextDialog } from "../cases/text_dialog.tsx";
import { failed, told } from "../layout/notify.ts";
import { Card, Facts } from "../layout/page.tsx";
import { Answered, Message } from "../layout/states.tsx";
import { useMay } from "../session/session.ts";
import { fill, t, wordFor } from "../texts/index.ts";
import { ActList } from "./act_list.tsx";
import { AgencyHistory } from "./agency_history.tsx";
import { ApplicationFacts, Applications } from "./applications.tsx";
import classes from "./legal.module.css";
import { DeskPage } from "./marks.tsx";
import { isSameNumber } from "./phone.ts";
import { disableOfficer, inviteOfficer, onboardAgency, proposeAgency, resumeAgency, setConflicts, suspendAgency, useAgencies, useAgencyAct, useApplications } from "./queries.ts";

type Dialog = { what: "propose" } | { what: "onboard" | "resume" | "invite" | "suspend" | "conflicts" | "history"; agency: LegalAgency };

export function AgenciesPage() {
  const query = useAgencies();
  const officer = useMay("legalOfficer");
  const applications = useApplications(officer);
  const appliedFor = (agency: LegalAgency) => applications.data?.items.find((one) => one.agency === agency.id);
  const [dialog, setDialog] = useState<Dialog>();
  const [link, setLink] = useState<{ name: string; link: string }>();
  const close = () => setDialog(undefined);
  const suspend = useAgencyAct(suspendAgency);
  const at = dialog && dialog.what !== "propose" ? dialog.agency : undefined;
  return (
    <DeskPage title={t.legal.agencies} lead={t.legal.agenciesLead} actions={officer && <Button onClick={() => setDialog({ what: "propose" })}>{t.legal.addAgency}</Button>}>
      {link && (
        <Alert variant="light" color="green" title={fill(t.staff.linkFor, { name: link.name })} withCloseButton closeButtonLabel={t.common.close} onClose={() => setLink(undefined)}>
          <Text size="sm">{t.legal.linkText}</Text>
          <Code block mt="xs">{link.link}</Code>
        </Alert>
      )}
      {applications.data && <Applications items={applications.data.items} />}
      <Answered query={query} isEmpty={(data) => data.items.length === 0} empty={<Message title={t.legal.noAgencies} />}>
        {({ items, people }) => items.map((agency) => <AgencyCard key={agency.id} agency={agency} application={appliedFor(agency)} people={people} acts={officer} open={(what) => setDialog({ what, agency })} />)}
      </Answered>
      <Modal opened={dialog !== undefined && dialog.what !== "suspend"} onClose={close} title={dialog && (dialog.what === "propose" ? t.legal.addAgency : `${t.legal.dialogs[dialog.what]}: ${dialog.agency.name}`)} size="lg" closeButtonProps={{ "aria-label": t.common.close }}>
        {dialog?.what === "propose" && <Propose done={close} />}
        {(dialog?.what === "onboard" || dialog?.what === "resume") && <Onboard agency={dialog.agency} application={appliedFor(dialog.agency)} done={close} />}
        {dialog?.what === "invite" && <Invite agency={dialog.agency} done={(made) => { setLink(made); close(); }} />}
        {dialog?.what === "conflicts" && <Conflicts agency={dialog.agency} people={query.data?.people ?? []} done={close} />}
        {dialog?.what === "history" && <><AgencyHistory agency={dialog.agency.id} /><Card title={t.legal.acts}><ActList acts={dialog.agency.acts} /></Card></>}
      </Modal>
      <TextDialog opened={dialog?.what === "suspend"} close={close} title={`${t.legal.dialogs.suspend}: ${at?.name ?? ""}`} label={t.escalate.why} submit={t.legal.dialogs.suspend} danger busy={suspend.isPending} act={(text) => suspend.mutate({ id: at!.id, text }, { onSuccess: close, onError: failed })} />
    </DeskPage>
  );
}

function AgencyCard({ agency, application, people, acts, open }: { agency: LegalAgency; application?: LegalApplication; people: { id: number; name: string }[]; acts: boolean; open: (what: "onboard" | "resume" | "invite" | "suspend" | "conflicts" | "history") => void }) {
  const disable = useAgencyAct(disableOfficer);
  const nameOf = (id: number) => people.find((one) => one.id === id)?.name ?? String(id);
  return (
    <Card
      title={<><span dir="auto">{agency.name}</span> <Badge variant="light" color={agency.state === "onboarded" ? "green" : agency.state === "suspended" ? "red" : "gray"} tt="none" c="var(--hg-ink)">{t.legal.agencyStates[agency.state]}</Badge></>}
      actions={
        <div className={classes.buttons}>
          <Button size="compact-sm" variant="default" onClick={() => open("history")}>{t.legal.dialogs.history}</Button>
          {acts && (
            <>
              {agency.state === "proposed" && <Button size="compact-sm" onClick={() => open("onboard")}>{t.legal.dialogs.onboard}</Button>}
              {agency.state === "suspended" && <Button size="compact-sm" onClick={() => open("resume")}>{t.legal.dialogs.resume}</Button>}
              {agency.state === "onboarded" && <Button size="compact-sm" onClick={() => open("invite")}>{t.legal.dialogs.invite}</Button>}
              <Button size="compact-sm" variant="default" onClick={() => open("conflicts")}>{t.legal.dialogs.conflicts}</Button>
              {agency.state !== "suspended" && <Button size="compact-sm" variant="outline" color="red" onClick={() => open("suspend")}>{t.legal.dialogs.suspend}</Button>}
            </>
          )}
        </div>
      }
    >
      <Facts rows={[
        [t.queue.country, countryName(agency.country)], [t.legal.kind, wordFor(t.legal.issuers, agency.kind)], [t.legal.callBack, agency.call_back], [t.legal.numberSource, agency.number_source], [t.legal.domain, agency.domain], [t.legal.notes, agency.notes],
        [t.legal.dailyMost, agency.daily_most], [t.legal.added, dateTime(agency.added_at)], [t.legal.dialogs.conflicts, agency.conflicts.map(nameOf).join(", ")],
      ]} />
      {application && agency.state === "proposed" && (
        <details>
          <summary>{t.legal.appliedFor}</summary>
          <ApplicationFacts application={application} />
        </details>
      )}
      {agency.officers.length > 0 && (
        <ul className={classes.rows}>
          {agency.officers.map((one) => (
            <li key={one.id}>
              <strong dir="auto">{one.name}</strong><span>{one.title}</span><span className="quiet">{t.legal.officerStates[one.state]}</span>
              {acts && one.state !== "disabled" && <Button size="compact-xs" variant="outline" color="red" loading={disable.isPending} onClick={() => disable.mutate(one.id, { onError: failed })} aria-label={fill(t.staff.disableOne, { name: one.name })}>{t.staff.disable}</Button>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Propose({ done }: { done: () => void }) {
  const act = useAgencyAct(proposeAgency);
  const [name, setName] = useState("");
  const [country, setCountry] = useState("");
  const [kind, setKind] = useState("prosecutor");
  const [domain, setDomain] = useState("");
  return (
    <form onSubmit={(event) => { event.preventDefault(); act.mutate({ name: name.trim(), country: country.toUpperCase(), kind, domain: domain.trim() }, { onSuccess: done, onError: failed }); }}>
      <Stack>
        <TextInput label={t.legal.agencyName} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={200} data-autofocus />
        <TextInput label={t.queue.country} description={t.legal.countryHint} value={country} onChange={(event) => setCountry(event.currentTarget.value.slice(0, 2))} />
        <NativeSelect label={t.legal.kind} value={kind} onChange={(event) => setKind(event.currentTarget.value)} data={Object.entries(t.legal.issuers).map(([value, label]) => ({ value, label }))} />
        <TextInput label={t.legal.domain} description={t.legal.domainHint} value={domain} onChange={(event) => setDomain(event.currentTarget.value)} maxLength={200} />
        <Button type="submit" loading={act.isPending} disabled={!name.trim() || country.length !== 2}>{t.legal.addAgency}</Button>
      </Stack>
    </form>
  );
}

// Of a suspended agency: the suspension ends, and it takes a reason.
function Onboard({ agency, application, done }: { agency: LegalAgency; application?: LegalApplication; done: () => void }) {
  const onboard = useAgencyAct(onboardAgency);
  const resume = useAgencyAct(resumeAgency);
  const suspended = agency.state === "suspended";
  const named = application?.form.phone;
  const [callBack, setCallBack] = useState("");
  const [source, setSource] = useState("");
  const [notes, setNotes] = useState("");
  return (
    <form onSubmit={(event) => {
      event.preventDefault();
      const body = { id: agency.id, call_back: callBack.trim(), number_source: source.trim() };
      const then = { onSuccess: () => { told(t.legal.onboarded); done(); }, onError: failed };
      if (suspended) resume.mutate({ ...body, text: notes.trim() }, then);
      else onboard.mutate({ ...body, notes: notes.trim() }, then);
    }}>
      <Stack>
        <Text size="sm">{t.legal.onboardText}</Text>
        {named && <Alert variant="light" color="red">{fill(t.legal.notThisNumber, { number: named })}</Alert>}
        <TextInput label={t.legal.callBack} description={t.legal.callBackHint} value={callBack} onChange={(event) => setCallBack(event.currentTarget.value)} maxLength={300} error={named && isSameNumber(callBack, named) && t.legal.sameNumber} data-autofocus />
        <TextInput label={t.legal.numberSource} description={t.legal.numberSourceHint} value={source} onChange={(event) => setSource(event.currentTarget.value)} maxLength={300} />
        <Textarea label={suspended ? t.escalate.why : t.legal.notes} description={suspended ? t.legal.resumeHint : t.legal.notesHint} value={notes} onChange={(event) => setNotes(event.currentTarget.value)} autosize minRows={3} maxLength={4000} />
        <Button type="submit" loading={onboard.isPending || resume.isPending} disabled={!callBack.trim() || !source.trim() || (suspended && !notes.trim())}>{suspended ? t.legal.dialogs.resume : t.legal.dialogs.onboard}</Button>
      </Stack>
    </form>
  );
}

function Invite({ agency, done }: { agency: LegalAgency; done: (made: { name: string; link: string }) => void }) {
  const act = useAgencyAct(inviteOfficer);
  const [name, setName] = useState("");
  const [title, setTitle] = useState("");
  const [email, setEmail] = useState("");
  return (
    <form onSubmit={(event) => { event.preventDefault(); act.mutate({ id: agency.id, name: name.trim(), title: title.trim(), email: email.trim() }, { onSuccess: (made) => done({ name: name.trim(), link: made.link }), onError: failed }); }}>
      <Stack>
        <TextInput label={t.session.name} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={200} data-autofocus />
        <TextInput label={t.legal.officerTitle} value={title} onChange={(event) => setTitle(event.currentTarget.value)} maxLength={200} />
        <TextInput label={t.legal.email} value={email} onChange={(event) => setEmail(event.currentTarget.value)} maxLength={200} />
        <Button type="submit" loading={act.isPending} disabled={!name.trim()}>{t.legal.dialogs.invite}</Button>
      </Stack>
    </form>
  );
}

function Conflicts({ agency, people, done }: { agency: LegalAgency; people: { id: number; name: string }[]; done: () => void }) {
  const act = useAgencyAct(setConflicts);
  const [chosen, setChosen] = useState(agency.conflicts.map(String));
  const [why, setWhy] = useState("");
  const lifts = agency.conflicts.some((one) => !chosen.includes(String(one)));
  return (
    <Stack>
      <Text size="sm">{t.legal.conflictsText}</Text>
      <MultiSelect label={t.legal.dialogs.conflicts} data={people.map((one) => ({ value: String(one.id), label: one.name }))} value={chosen} onChange={setChosen} />
      <Textarea label={t.escalate.why} description={t.legal.conflictsHint} value={why} onChange={(event) => setWhy(event.currentTarget.value)} autosize minRows={2} maxLength={4000} />
      <Button loading={act.isPending} disabled={lifts && !why.trim()} onClick={() => act.mutate({ id: agency.id, staff: chosen.map(Number), text: why.trim() }, { onSuccess: done, onError: failed })}>{t.common.save}</Button>
    </Stack>
  );
}
