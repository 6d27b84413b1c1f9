// One transparency report: read it, add words, publish it. Its figures are made with the draft; nobody changes them here.
import { Alert, Anchor, Button, Group, Stack, Table, Text, Textarea } from "@mantine/core";
import { useState } from "react";
import { useParams } from "react-router";
import { dateTime, number } from "../../../shared/format.ts";
import type { WholePublicReport } from "../api/types.ts";
import { TextDialog } from "../cases/text_dialog.tsx";
import { failed, told } from "../layout/notify.ts";
import { Card, Facts, Page } from "../layout/page.tsx";
import { Answered } from "../layout/states.tsx";
import { useMay } from "../session/session.ts";
import { fill, t } from "../texts/index.ts";
import { useDraftReport, usePublicReport, usePublishReport, useReviewReport } from "./queries.ts";

export function ReportPage() {
  const { id } = useParams();
  const query = usePublicReport(Number(id));
  return <Answered query={query}>{(report) => <Whole key={`${report.id} ${report.state} ${report.made_at}`} report={report} />}</Answered>;
}

function Whole({ report }: { report: WholePublicReport }) {
  const out = report.state === "published";
  return (
    <Page title={fill(t.publicReports.of, { from: report.from, to: report.to })} lead={t.publicReports.stateTexts[report.state]} actions={<Actions report={report} />}>
      <Stack>
        <Card title={t.publicReports.about}>
          <Facts rows={[
            [t.publicReports.version, number(report.version)],
            [t.publicReports.reason, report.reason],
            [t.publicReports.made, dateTime(report.made_at)],
            [t.publicReports.reviewed, report.reviewed_by && fill(t.publicReports.reviewedBy, { name: report.reviewed_by, at: dateTime(report.reviewed_at ?? 0) })],
            [t.publicReports.published, report.published_at && dateTime(report.published_at)],
            [t.publicReports.previous, report.previous],
            [t.publicReports.leaves, report.tallies[0] && fill(t.publicReports.leavesText, { first: number(report.tallies[0].first), end: number(report.tallies[0].end) })],
          ]} />
          {out && <Anchor href={`/transparency/reports/${report.name}`}>{t.publicReports.public}</Anchor>}
        </Card>
        <Words report={report} />
        {report.tallies.map((one) => (
          <Card key={one.book} title={t.publicReports.books[one.book]} flush={one.counts.length > 0}>
            {one.counts.length > 0 && <Table aria-label={t.publicReports.books[one.book]}><Table.Tbody>{one.counts.map((each) => <Table.Tr key={each.cell}><Table.Th scope="row"><code>{each.cell}</code></Table.Th><Table.Td>{number(each.count)}</Table.Td></Table.Tr>)}</Table.Tbody></Table>}
            <Text size="sm" c="dimmed" p={one.counts.length > 0 ? "sm" : 0}>{fill(t.publicReports.hidden, { sum: number(one.hidden_sum), cells: number(one.hidden_cells) })}</Text>
          </Card>
        ))}
        {report.figures.map((one) => <Figure key={one.id} figure={one} />)}
      </Stack>
    </Page>
  );
}

function Figure({ figure }: { figure: WholePublicReport["figures"][number] }) {
  return (
    <Card title={figure.title} flush={figure.rows.length > 0}>
      <Text size="sm" c="dimmed" p={figure.rows.length > 0 ? "sm" : 0}>{figure.source}</Text>
      {figure.rows.length > 0 ? (
        <Table aria-label={figure.title}>
          <Table.Thead><Table.Tr>{[...figure.labels, ...figure.values].map((head) => <Table.Th key={head}>{head}</Table.Th>)}</Table.Tr></Table.Thead>
          <Table.Tbody>
            {figure.rows.map((row) => (
              <Table.Tr key={row.labels.join("/")}>
                {row.labels.map((label, i) => <Table.Th key={i} scope="row">{label}</Table.Th>)}
                {row.values.map((value, i) => <Table.Td key={i}>{value === null ? t.publicReports.tooSmall : number(value)}</Table.Td>)}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      ) : <Text size="sm">{t.publicReports.nothing}</Text>}
    </Card>
  );
}

function Words({ report }: { report: WholePublicReport }) {
  const may = useMay("reviewReport");
  const [words, setWords] = useState(report.words);
  const review = useReviewReport(report.id);
  const write = may && report.state !== "published";
  if (!write && !report.words) return null;
  return (
    <Card title={t.publicReports.words}>
      {write ? (
        <Stack align="stretch">
          <Textarea aria-label={t.publicReports.words} description={t.publicReports.wordsHint} value={words} onChange={(event) => setWords(event.currentTarget.value)} autosize minRows={3} maxLength={60_000} />
          <Group><Button loading={review.isPending} onClick={() => review.mutate(words, { onSuccess: () => told(t.publicReports.reviewDone), onError: failed })}>{t.publicReports.review}</Button></Group>
        </Stack>
      ) : report.words.split(/\n\s*\n/).map((paragraph, i) => <Text key={i} size="sm" mb="xs">{paragraph}</Text>)}
    </Card>
  );
}

function Actions({ report }: { report: WholePublicReport }) {
  const mayPublish = useMay("publishReport");
  const mayDraft = useMay("draftReport");
  const publish = usePublishReport(report.id);
  const draft = useDraftReport();
  const [sure, setSure] = useState(false);
  const [again, setAgain] = useState(false);
  const made = { onSuccess: () => { setAgain(false); told(t.publicReports.made); }, onError: failed };
  if (report.state === "published") {
    if (!mayDraft) return null;
    return (
      <>
        <Button variant="default" loading={draft.isPending} onClick={() => setAgain(true)}>{t.publicReports.correct}</Button>
        <TextDialog opened={again} close={() => setAgain(false)} title={t.publicReports.correct} label={t.publicReports.reasonHint} submit={t.publicReports.makeSubmit} busy={draft.isPending} act={(reason) => draft.mutate({ from: report.from, to: report.to, reason }, made)} />
      </>
    );
  }
  const go = () => publish.mutate(undefined, { onSuccess: () => told(t.publicReports.publishDone), onError: failed });
  return (
    <Group>
      {mayDraft && <Button variant="default" loading={draft.isPending} onClick={() => draft.mutate({ from: report.from, to: report.to, ...(report.reason ? { reason: report.reason } : {}) }, made)}>{t.publicReports.anew}</Button>}
      {mayPublish && report.state === "reviewed" && !sure && <Button onClick={() => setSure(true)}>{t.publicReports.publish}</Button>}
      {sure && (
        <Alert variant="light" color="orange" title={t.publicReports.sure}>
          <Group mt="xs"><Button color="orange" loading={publish.isPending} onClick={go}>{t.publicReports.publishSure}</Button><Button variant="default" onClick={() => setSure(false)}>{t.common.cancel}</Button></Group>
        </Alert>
      )}
    </Group>
  );
}
