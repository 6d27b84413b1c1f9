// What became of an application, for whoever has its reference.
import { Alert, Anchor, Button, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Link, useLocation } from "react-router";
import { dateTime } from "../../../shared/format.ts";
import { answer, api } from "../api/client.ts";
import classes from "../layout/layout.module.css";
import { Card, Facts, Page } from "../layout/page.tsx";
import { describe } from "../layout/states.tsx";
import { t } from "../texts/index.ts";

export function StandingPage() {
  // Handed on by the page that has just shown it: in memory, not in the address.
  const given = (useLocation().state as { reference?: string } | null)?.reference ?? "";
  const [reference, setReference] = useState(given);
  const look = useMutation({ mutationFn: (of: string) => answer(api.POST("/applications/standing", { body: { reference: of } })) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    look.mutate(reference.trim());
  };
  return (
    <main id="main" className={classes.main} tabIndex={-1}>
      <Page title={t.apply.standing} lead={t.apply.standingLead}>
        <Card>
          <form onSubmit={submit}>
            <Stack>
              <TextInput label={t.apply.reference} value={reference} onChange={(event) => setReference(event.currentTarget.value)} maxLength={64} autoComplete="off" spellCheck={false} />
              <div><Button type="submit" loading={look.isPending} disabled={!reference.trim()}>{t.apply.look}</Button></div>
            </Stack>
          </form>
          {look.isError && <Alert color="red" variant="light" title={t.errors.failed} role="alert">{describe(look.error)}</Alert>}
          {look.data && (
            <div role="status">
              <Text fw={600}>{t.apply.states[look.data.state]}</Text>
              <Facts rows={[[t.apply.received, dateTime(look.data.received_at)], [t.apply.decided, look.data.decided_at && dateTime(look.data.decided_at)], [t.apply.reason, look.data.reason]]} />
            </div>
          )}
        </Card>
        <Anchor component={Link} to="/apply" size="sm">{t.apply.again}</Anchor>
      </Page>
    </main>
  );
}
