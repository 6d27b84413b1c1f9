// Second looks without knowing the first, and how far they agree.
import { Button, Progress, Stack, Table, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { number, percent } from "../../../shared/format.ts";
import { answer, api } from "../api/client.ts";
import type { Agreement, Decide, Sample } from "../api/types.ts";
import { ContentCard } from "../cases/content_card.tsx";
import { DecisionForm } from "../cases/decision_form.tsx";
import { FindingsCard } from "../cases/findings_card.tsx";
import classes from "../cases/cases.module.css";
import { EffectBadge } from "../layout/labels.tsx";
import { failed } from "../layout/notify.ts";
import { Card, Facts, Page } from "../layout/page.tsx";
import { Answered } from "../layout/states.tsx";
import { useMay } from "../session/session.ts";
import { fill, t } from "../texts/index.ts";

export function QualityPage() {
  const works = useMay("work");
  const [sample, setSample] = useState<Sample | null>();
  const next = useMutation({ mutationFn: () => answer(api.POST("/quality/samples/next", {})), onSuccess: (found) => setSample(found ?? null), onError: failed });
  const start = <Button onClick={() => next.mutate()} loading={next.isPending}>{sample === undefined ? t.quality.start : t.quality.next}</Button>;
  return (
    <Page title={t.quality.title} lead={t.quality.lead} wide actions={works && start}>
      {sample === null && <Text role="status">{t.quality.noMore}</Text>}
      {sample && <Look key={sample.id} sample={sample} />}
      <Figures />
    </Page>
  );
}

function Look({ sample }: { sample: Sample }) {
  const queries = useQueryClient();
  const give = useMutation({
    mutationFn: ({ effect, clause }: Decide) => answer(api.POST("/quality/samples/{id}", { params: { path: { id: sample.id } }, body: { effect, ...(clause ? { clause } : {}) } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["agreement"] }),
    onError: failed,
  });
  return (
    <div className={classes.columns}>
      <div className={classes.left}>
        <ContentCard caseId={0} content={{ ...sample.content, media: [] }} findings={sample.findings} shown={new Set()} toggle={() => undefined} />
        <FindingsCard findings={sample.findings} />
      </div>
      <aside className={classes.right} aria-label={t.quality.yours}>
        <Card title={t.quality.yours}>
          {give.data ? (
            <Stack gap="xs" role="status">
              <Text fw={600}>{give.data.agrees ? t.quality.same : t.quality.differs}</Text>
              <Facts rows={[[t.quality.first, <EffectBadge key="effect" effect={give.data.effect} />], [t.decide.clause, give.data.clause], [t.decide.by, give.data.by_machine ? t.events.nobody : t.quality.person], [t.terms.case, fill(t.cases.number, { id: give.data.case_id })]]} />
            </Stack>
          ) : (
            <DecisionForm keys short kinds={[sample.kind]} category={sample.category} effects={sample.effects ?? []} excerpt={sample.content.text} place={sample.title} busy={give.isPending} decide={(decision) => give.mutate(decision)} />
          )}
        </Card>
      </aside>
    </div>
  );
}

function Figures() {
  const query = useQuery({ queryKey: ["agreement"], queryFn: () => answer(api.GET("/quality/agreement")) });
  return <Answered query={query} isEmpty={(data) => data.samples === 0} empty={<Text c="dimmed">{t.quality.none}</Text>}>{(data) => <AgreementCards data={data} />}</Answered>;
}

function AgreementCards({ data }: { data: Agreement }) {
  return (
    <div className={classes.columns}>
      <Card title={t.quality.byCategory}>
        <Table aria-label={t.quality.byCategory}>
          <Table.Tbody>
            {data.categories.map((one) => (
              <Table.Tr key={one.category}>
                <Table.Td w={150}>{t.categories[one.category]}</Table.Td>
                <Table.Td><Progress value={(100 * one.agreed) / Math.max(1, one.samples)} aria-label={t.categories[one.category]} /></Table.Td>
                <Table.Td w={150}>{fill(t.quality.share, { share: percent(one.agreed / Math.max(1, one.samples)), n: number(one.samples) })}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Card>
      <Stack>
        <Card title={t.quality.agreement}>
          <Facts rows={[
            [t.quality.all, fill(t.quality.share, { share: percent(data.agreed / Math.max(1, data.samples)), n: number(data.samples) })],
            [t.quality.mine, data.mine && fill(t.quality.share, { share: percent(data.mine.agreed / Math.max(1, data.mine.samples)), n: number(data.mine.samples) })],
            [t.quality.kappa, data.kappa?.toFixed(2)],
          ]} />
        </Card>
        <Card title={t.quality.pairs}>
          <ul className={classes.rows}>{data.pairs.map((one) => <li key={`${one.first} ${one.second}`}><EffectBadge effect={one.first} /> → <EffectBadge effect={one.second} /> <span className="quiet">{number(one.count)}</span></li>)}</ul>
        </Card>
      </Stack>
    </div>
  );
}
