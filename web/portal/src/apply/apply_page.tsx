// An authority that is not known here applies, without an account.
import { Alert, Button, Checkbox, List, NativeSelect, Stack, Text, TextInput, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Link } from "react-router";
import { countryName } from "../../../shared/format.ts";
import { Problem } from "../../../shared/problem.ts";
import { answer, api } from "../api/client.ts";
import type { Type } from "../api/types.ts";
import classes from "../layout/layout.module.css";
import { Card, Page } from "../layout/page.tsx";
import { describe } from "../layout/states.tsx";
import { fill, t } from "../texts/index.ts";
import { empty, keptDays, missing, toSend, type Field, type Filled } from "./apply.ts";

export function ApplyPage() {
  const [reference, setReference] = useState<string>();
  return (
    <main id="main" className={classes.main} tabIndex={-1}>
      {reference ? <Sent reference={reference} /> : (
        <Page title={t.apply.title} lead={t.apply.lead}>
          <Before />
          <Form sent={setReference} />
        </Page>
      )}
    </main>
  );
}

// What an applicant has to know before they write anything.
function Before() {
  const list = (items: Record<string, string>) => <List size="sm" spacing="xs">{Object.entries(items).map(([name, text]) => <List.Item key={name}>{text}</List.Item>)}</List>;
  return (
    <>
      <Card title={t.apply.next}>{list(t.apply.steps)}</Card>
      <Card title={t.apply.ready}>{list(t.apply.readies)}</Card>
      <Text size="sm" c="dimmed">{fill(t.apply.kept, { n: keptDays })}</Text>
    </>
  );
}

function Form({ sent }: { sent: (reference: string) => void }) {
  const [filled, setFilled] = useState<Filled>(empty);
  const [wrong, setWrong] = useState<Partial<Record<Field, string>>>({});
  const act = useMutation({ mutationFn: (form: Filled) => answer(api.POST("/applications", { body: toSend(form) })) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const lacks = missing(filled);
    setWrong(Object.fromEntries(lacks.map((field) => [field, t.apply.missing])));
    act.reset();
    if (lacks.length > 0) return;
    act.mutate(filled, {
      onSuccess: (made) => sent(made.reference),
      onError: (error) => {
        const field = error instanceof Problem ? error.document.field : undefined;
        if (field !== undefined && field in empty) setWrong({ [field]: t.apply.wrong });
      },
    });
  };
  const set = <Key extends Field>(key: Key, value: Filled[Key]) => setFilled((now) => ({ ...now, [key]: value }));
  const line = (key: Exclude<Field, "types" | "kind">, label: string, maxLength: number, description?: string) =>
    <TextInput label={label} description={description} value={filled[key]} onChange={(event) => set(key, event.currentTarget.value)} maxLength={maxLength} error={wrong[key]} />;
  const words = (key: "address" | "legal_basis" | "text", label: string, maxLength: number, description?: string) =>
    <Textarea label={label} description={description} value={filled[key]} onChange={(event) => set(key, event.currentTarget.value)} maxLength={maxLength} autosize minRows={2} error={wrong[key]} />;
  const country = filled.country.trim().toUpperCase();
  const marked = Object.keys(wrong).length > 0;
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Card title={t.apply.theAuthority}>
          {line("authority", t.apply.authority, 200)}
          <div className={classes.pair}>
            <NativeSelect label={t.apply.kind} value={filled.kind} onChange={(event) => set("kind", event.currentTarget.value as Filled["kind"])} data={[{ value: "", label: "" }, ...Object.entries(t.issuers).map(([value, label]) => ({ value, label }))]} error={wrong.kind} />
            {line("country", t.apply.country, 2, /^[A-Z]{2}$/.test(country) ? countryName(country) : t.apply.countryHint)}
          </div>
          {line("domain", t.apply.domain, 200, t.apply.domainHint)}
          {words("address", t.apply.address, 500)}
        </Card>
        <Card title={t.apply.you} lead={t.apply.youText}>
          <div className={classes.pair}>{line("applicant", t.apply.applicant, 200)}{line("office", t.apply.office, 200)}</div>
          {line("email", t.apply.email, 200)}
          {line("phone", t.apply.phone, 40, t.apply.phoneHint)}
        </Card>
        <Card title={t.apply.competence}>
          {words("legal_basis", t.apply.legalBasis, 2000, t.apply.legalBasisHint)}
          <Checkbox.Group label={t.apply.types} value={filled.types} onChange={(chosen) => set("types", chosen as Type[])} error={wrong.types}>
            <Stack gap="xs" mt="xs">{Object.entries(t.types).map(([value, label]) => <Checkbox key={value} value={value} label={label} />)}</Stack>
          </Checkbox.Group>
          {words("text", t.apply.words, 2000)}
        </Card>
        {marked ? <Alert color="red" variant="light" role="alert">{t.apply.someWrong}</Alert> : act.isError && <Alert color="red" variant="light" title={t.errors.failed} role="alert">{describe(act.error)}</Alert>}
        <div><Button type="submit" size="md" loading={act.isPending}>{t.apply.submit}</Button></div>
      </Stack>
    </form>
  );
}

function Sent({ reference }: { reference: string }) {
  return (
    <Page title={t.apply.sent} lead={t.apply.sentText}>
      <Card title={t.apply.reference}>
        <Text className={classes.mono}>{reference}</Text>
        <div><Button component={Link} to="/apply/standing" state={{ reference }} variant="default">{t.apply.toStanding}</Button></div>
      </Card>
      <Before />
    </Page>
  );
}
