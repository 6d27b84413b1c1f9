// The gates in their order: who passed each, on what evidence; and the form for the one that is next.
import { Alert, Button, NativeSelect, NumberInput, Text, Textarea } from "@mantine/core";
import { useState, type FormEvent, type ReactNode } from "react";
import { dateTime } from "../../../shared/format.ts";
import type { LegalAct, LegalGate, LegalRequest } from "../api/types.ts";
import { failed } from "../layout/notify.ts";
import { Card } from "../layout/page.tsx";
import { useMay, useMeta } from "../session/session.ts";
import { fill, t, wordFor } from "../texts/index.ts";
import { ContributeForm } from "./contribute_form.tsx";
import classes from "./legal.module.css";
import { useApprove, useDisclose, usePass, type Passing } from "./queries.ts";

const all: LegalGate[] = ["authentic", "valid", "suspect", "approved", "logged", "unsealed", "disclosed", "notified"];
const disclosing = (found: LegalRequest): boolean => found.type !== "preservation" && found.type !== "removal";

export function Gates({ found }: { found: LegalRequest }) {
  const gates = disclosing(found) ? all : all.slice(0, 2);
  const next = found.closed_at ? undefined : gates.find((gate) => !found.passed.includes(gate));
  return (
    <Card title={t.legal.gates}>
      {gates.map((gate, index) => <Gate key={gate} found={found} gate={gate} number={index + 1} isNext={gate === next} />)}
    </Card>
  );
}

function Gate({ found, gate, number, isNext }: { found: LegalRequest; gate: LegalGate; number: number; isNext: boolean }) {
  const passed = found.passed.includes(gate);
  const act = found.acts.findLast((one) => one.what === "passed" && one.gate === gate);
  const rules = found.rules?.gates.find((one) => one.gate === gate);
  return (
    <section className={classes.gate} aria-label={t.legal.gateNames[gate]}>
      <div className={classes.gateHead}>
        <span className={`${classes.number} ${passed ? classes.passed : isNext ? classes.current : ""}`} aria-hidden>{passed ? "✓" : number}</span>
        <Text component="h3" fw={600} size="sm">{t.legal.gateNames[gate]}</Text>
        <Text size="sm" c="dimmed">{act ? fill(t.legal.passedBy, { name: act.by?.name || t.legal.machine, at: dateTime(act.at) }) : passed ? t.legal.passed : t.legal.gateTexts[gate]}</Text>
      </div>
      {rules && <Text size="xs" c="dimmed" pl="2.2rem">{rules.cites}{act?.rules && ` · ${act.rules}`}</Text>}
      {act && <Written act={act} />}
      {isNext && <Next found={found} gate={gate} />}
    </section>
  );
}

function Written({ act }: { act: LegalAct }) {
  const rows: [string, string][] = [...(act.evidence ?? []).map((one): [string, string] => [wordFor(t.legal.evidence, one.name), one.text]), ...(act.text ? [[t.legal.remark, act.text] as [string, string]] : []), ...(act.record ? [[t.decide.record, fill(t.cases.ledger, { n: act.record })] as [string, string]] : [])];
  if (rows.length === 0) return null;
  return <dl className={classes.evidence}>{rows.map(([name, text]) => <div key={name}><dt>{name}</dt><dd dir="auto">{text}</dd></div>)}</dl>;
}

function Next({ found, gate }: { found: LegalRequest; gate: LegalGate }) {
  const officer = useMay("legalOfficer");
  const approver = useMay("legalApprover");
  if (found.asked) return <Hint>{t.legal.waitsForAgency}</Hint>;
  switch (gate) {
    case "authentic":
    case "valid":
    case "suspect":
      return officer ? <PassForm found={found} gate={gate} /> : <Hint>{t.legal.officerDoes}</Hint>;
    case "approved":
      return approver ? <ApproveForm found={found} /> : <Hint>{t.legal.approverDoes}</Hint>;
    case "unsealed":
      return <ContributeForm found={found} />;
    case "disclosed":
      return officer ? <DiscloseForm found={found} /> : <Hint>{t.legal.officerDoes}</Hint>;
    default:
      return null;
  }
}

const Hint = ({ children }: { children: ReactNode }) => <Text size="sm" pl="2.2rem">{children}</Text>;

function PassForm({ found, gate }: { found: LegalRequest; gate: "authentic" | "valid" | "suspect" }) {
  const act = usePass(found.id, gate);
  return (
    <>
      {gate === "suspect" && !found.form.suspicion?.trim() && <Alert variant="light" color="red" ml="2.2rem">{t.legal.refuseNotSuspect}</Alert>}
      <EvidenceForm found={found} gate={gate} submit={t.legal.pass} busy={act.isPending} send={(passing) => act.mutate(passing, { onError: failed })} />
    </>
  );
}

function ApproveForm({ found }: { found: LegalRequest }) {
  const act = useApprove(found.id);
  return <EvidenceForm found={found} gate="approved" submit={t.legal.approve} busy={act.isPending} send={(passing) => act.mutate(passing, { onError: failed })} />;
}

function EvidenceForm({ found, gate, submit, busy, send }: { found: LegalRequest; gate: LegalGate; submit: string; busy: boolean; send: (passing: Passing) => void }) {
  const needs = found.rules?.gates.find((one) => one.gate === gate)?.needs ?? [];
  const [evidence, setEvidence] = useState<Record<string, string>>({});
  const [text, setText] = useState("");
  const said = (name: string) => evidence[name]?.trim();
  const complete = needs.every((need) => (need.one_of ? need.one_of.some((one) => said(one.name)) : said(need.name)));
  const go = (event: FormEvent) => {
    event.preventDefault();
    const names = needs.flatMap((need) => need.one_of ?? [need]).map((one) => one.name).filter(said);
    send({ evidence: Object.fromEntries(names.map((name) => [name, said(name)!])), text: text.trim() });
  };
  const set = (name: string) => (value: string) => setEvidence((had) => ({ ...had, [name]: value }));
  return (
    <form className={classes.form} onSubmit={go}>
      {needs.map((need) => need.one_of ? (
        <fieldset key={need.name} className={classes.either}>
          <legend>{wordFor(t.legal.evidence, need.name)}: {need.about}</legend>
          {need.one_of.map((one) => <Piece key={one.name} need={one} value={evidence[one.name] ?? ""} change={set(one.name)} />)}
        </fieldset>
      ) : <Piece key={need.name} need={need} value={evidence[need.name] ?? ""} change={set(need.name)} />)}
      <Textarea label={t.legal.remark} description={t.legal.remarkHint} value={text} onChange={(event) => setText(event.currentTarget.value)} autosize minRows={1} maxLength={4000} />
      <div><Button type="submit" disabled={!complete} loading={busy}>{submit}</Button></div>
    </form>
  );
}

function Piece({ need, value, change }: { need: { name: string; about: string }; value: string; change: (to: string) => void }) {
  const clauses = useMeta()?.clauses ?? [];
  const label = wordFor(t.legal.evidence, need.name);
  if (need.name === "clause") return <NativeSelect label={label} description={need.about} value={value} onChange={(event) => change(event.currentTarget.value)} data={[{ value: "", label: t.decide.chooseClause }, ...clauses.map((one) => ({ value: one.id, label: one.title }))]} />;
  if (need.name === "case") return <NumberInput label={label} description={need.about} value={value} onChange={(to) => change(String(to))} min={1} allowDecimal={false} hideControls />;
  return <Textarea label={label} description={need.about} value={value} onChange={(event) => change(event.currentTarget.value)} autosize minRows={1} maxLength={8000} />;
}

function DiscloseForm({ found }: { found: LegalRequest }) {
  const act = useDisclose(found.id);
  return (
    <div className={classes.form}>
      <Text size="sm">{t.legal.discloseText}</Text>
      <div><Button loading={act.isPending} onClick={() => act.mutate(undefined, { onError: failed })}>{t.legal.disclose}</Button></div>
    </div>
  );
}
