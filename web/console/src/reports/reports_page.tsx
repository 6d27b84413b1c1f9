// Transparency reports: what is out, what waits for somebody to read it, and what is late.
import { Alert, Button, Modal, Stack, Table, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { dateTime } from "../../../shared/format.ts";
import type { PublicReport } from "../api/types.ts";
import { failed } from "../layout/notify.ts";
import { Card, Page } from "../layout/page.tsx";
import { Answered, Message } from "../layout/states.tsx";
import { useMay } from "../session/session.ts";
import { fill, t } from "../texts/index.ts";
import { useDraftReport, usePublicReports } from "./queries.ts";

export function ReportsPage() {
  const drafts = useMay("draftReport");
  const [open, setOpen] = useState(false);
  const query = usePublicReports();
  return (
    <Page title={t.publicReports.title} lead={t.publicReports.lead} actions={drafts && <Button onClick={() => setOpen(true)}>{t.publicReports.make}</Button>}>
      <Answered query={query}>
        {({ items, late }) => (
          <Stack>
            {late.map((one) => (
              <Alert key={one.from + one.to} color="red" variant="light" title={fill(t.publicReports.late, { from: one.from, to: one.to })}>
                {fill(t.publicReports.lateText, { due: one.due })}
              </Alert>
            ))}
            {items.length === 0 ? <Message title={t.publicReports.none} text={t.publicReports.noneText} /> : <List items={items} />}
          </Stack>
        )}
      </Answered>
      <Modal opened={open} onClose={() => setOpen(false)} title={t.publicReports.make} closeButtonProps={{ "aria-label": t.common.close }}>
        {open && <Draft />}
      </Modal>
    </Page>
  );
}

function List({ items }: { items: PublicReport[] }) {
  return (
    <Card flush>
      <Table aria-label={t.publicReports.title}>
        <Table.Thead><Table.Tr><Table.Th>{t.publicReports.period}</Table.Th><Table.Th>{t.publicReports.version}</Table.Th><Table.Th>{t.queue.state}</Table.Th><Table.Th>{t.publicReports.reviewed}</Table.Th><Table.Th>{t.publicReports.published}</Table.Th></Table.Tr></Table.Thead>
        <Table.Tbody>
          {items.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td><Link to={`/reports/${one.id}`}>{fill(t.publicReports.span, { from: one.from, to: one.to })}</Link></Table.Td>
              <Table.Td>{one.version}{one.reason && <Text size="xs" c="dimmed">{one.reason}</Text>}</Table.Td>
              <Table.Td>{t.publicReports.states[one.state]}</Table.Td>
              <Table.Td>{one.reviewed_by ?? "–"}</Table.Td>
              <Table.Td>{one.published_at ? dateTime(one.published_at) : "–"}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}

function Draft() {
  const navigate = useNavigate();
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [reason, setReason] = useState("");
  const draft = useDraftReport();
  const submit = () => draft.mutate({ from, to, ...(reason.trim() ? { reason: reason.trim() } : {}) }, { onSuccess: (made) => void navigate(`/reports/${made.id}`), onError: failed });
  return (
    <form onSubmit={(event) => { event.preventDefault(); submit(); }}>
      <Stack>
        <Text size="sm">{t.publicReports.makeText}</Text>
        <TextInput type="date" label={t.publicReports.from} value={from} onChange={(event) => setFrom(event.currentTarget.value)} required data-autofocus />
        <TextInput type="date" label={t.publicReports.to} description={t.publicReports.toHint} value={to} onChange={(event) => setTo(event.currentTarget.value)} required />
        <Textarea label={t.publicReports.reason} description={t.publicReports.reasonHint} value={reason} onChange={(event) => setReason(event.currentTarget.value)} maxLength={1000} autosize minRows={2} />
        <Button type="submit" loading={draft.isPending} disabled={!from || !to}>{t.publicReports.makeSubmit}</Button>
      </Stack>
    </form>
  );
}
