// Health and figures: how much waits, how long it takes, how often we are wrong.
import "@mantine/charts/styles.css";
import { AreaChart, LineChart } from "@mantine/charts";
import { Badge, Button, Group, NativeSelect, Stack, Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { compact, duration, isoDay, number, percent } from "../../../shared/format.ts";
import { answer, api } from "../api/client.ts";
import type { Figures, Health } from "../api/types.ts";
import { Ago } from "../layout/labels.tsx";
import { Card, Page } from "../layout/page.tsx";
import { Answered } from "../layout/states.tsx";
import { fill, t, wordFor } from "../texts/index.ts";
import classes from "./figures.module.css";

export function FiguresPage() {
  const [days, setDays] = useState(30);
  const from = isoDay(Date.now() - (days - 1) * 86_400_000);
  const figures = useQuery({ queryKey: ["figures", from], queryFn: () => answer(api.GET("/figures", { params: { query: { from } } })), refetchInterval: 60_000 });
  const health = useQuery({ queryKey: ["health"], queryFn: () => answer(api.GET("/health")), refetchInterval: 30_000 });
  return (
    <Page title={t.figures.title} lead={t.figures.lead} wide actions={<NativeSelect size="xs" aria-label={t.figures.period} value={String(days)} onChange={(event) => setDays(Number(event.currentTarget.value))} data={[7, 30, 90, 366].map((value) => ({ value: String(value), label: fill(t.figures.days, { n: value }) }))} />}>
      <Answered query={figures}>{(data) => <Numbers figures={data} />}</Answered>
      <Answered query={health}>{(data) => <Parts health={data} />}</Answered>
    </Page>
  );
}

function Numbers({ figures }: { figures: Figures }) {
  const { now, period, series, categories, bases = [] } = figures;
  const tiles: [string, string, string?][] = [
    [t.figures.backlog, compact(now.backlog), fill(t.figures.unassigned, { n: compact(now.unassigned) })],
    [t.figures.overdue, compact(now.overdue), now.oldest_seconds === undefined ? undefined : fill(t.figures.oldest, { time: duration(now.oldest_seconds) })],
    [t.figures.age, duration(now.median_age_seconds)],
    [t.figures.median, duration(period?.median_seconds), period?.in_time === undefined ? undefined : fill(t.figures.inTime, { n: percent(period.in_time) })],
    [t.figures.accuracy, percent(period?.accuracy), t.figures.accuracyHint],
    [t.figures.overturned, percent(period?.overturn_rate), period?.appealed === undefined ? undefined : fill(t.figures.appeals, { n: compact(period.appealed) })],
  ];
  const rows = series.map((one) => ({ ...one, hours: one.median_seconds === undefined ? undefined : Math.round(one.median_seconds / 36) / 100, rate: one.appealed ? (one.overturned ?? 0) / one.appealed : undefined }));
  return (
    <Stack gap="md">
      <dl className={classes.tiles}>
        {tiles.map(([name, value, more]) => <div key={name} className={classes.tile}><dt>{name}</dt><dd>{value}</dd>{more && <dd className={classes.more}>{more}</dd>}</div>)}
      </dl>
      <div className={classes.charts}>
        <Chart title={t.figures.flow} rows={rows} columns={[["opened", t.figures.opened], ["decided", t.figures.decidedAll], ["by_machine", t.figures.byMachine]]} kind="lines" />
        <Chart title={t.figures.backlogByDay} rows={rows} columns={[["backlog", t.figures.backlog]]} kind="area" />
        <Chart title={t.figures.medianByDay} rows={rows} columns={[["hours", t.figures.hours]]} kind="lines" />
        <Chart title={t.figures.appealsByDay} rows={rows} columns={[["appealed", t.figures.appealed], ["overturned", t.figures.overturnedShort]]} kind="lines" />
      </div>
      <Card title={t.figures.byCategory} flush>
        <Table aria-label={t.figures.byCategory}>
          <Table.Thead><Table.Tr><Table.Th>{t.queue.category}</Table.Th><Table.Th>{t.figures.backlog}</Table.Th><Table.Th>{t.figures.overdue}</Table.Th><Table.Th>{t.figures.opened}</Table.Th><Table.Th>{t.figures.decidedAll}</Table.Th><Table.Th>{t.figures.median}</Table.Th><Table.Th>{t.figures.accuracy}</Table.Th><Table.Th>{t.figures.overturned}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {categories.map((one) => (
              <Table.Tr key={one.category}>
                <Table.Td>{t.categories[one.category]}</Table.Td><Table.Td>{number(one.backlog)}</Table.Td><Table.Td>{number(one.overdue ?? 0)}</Table.Td><Table.Td>{number(one.period.opened)}</Table.Td><Table.Td>{number(one.period.decided)}</Table.Td>
                <Table.Td>{duration(one.period.median_seconds)}</Table.Td><Table.Td>{percent(one.period.accuracy)}</Table.Td><Table.Td>{percent(one.period.overturn_rate)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Card>
      {bases.length > 0 && (
        <Card title={t.figures.bases} flush>
          <Table aria-label={t.figures.bases}>
            <Table.Thead><Table.Tr><Table.Th>{t.figures.basis}</Table.Th><Table.Th>{t.figures.decidedAll}</Table.Th><Table.Th>{t.figures.overturnedShort}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {bases.map((one) => (
                <Table.Tr key={`${one.basis} ${one.name ?? ""}`}>
                  <Table.Td>{t.figures.basisNames[one.basis]}{one.name ? `: ${one.name}` : ""}</Table.Td><Table.Td>{number(one.decided)}</Table.Td><Table.Td>{number(one.overturned)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Card>
      )}
    </Stack>
  );
}

const colours = ["ember.6", "blue.6", "gray.6"];

// A chart, and the same numbers as a table for whoever cannot see it.
function Chart({ title, rows, columns, kind }: { title: string; rows: Record<string, string | number | undefined>[]; columns: [string, string][]; kind: "lines" | "area" }) {
  const [table, setTable] = useState(false);
  const Drawn = kind === "area" ? AreaChart : LineChart;
  return (
    <Card title={title} actions={<Button size="compact-xs" variant="subtle" onClick={() => setTable(!table)}>{table ? t.common.chart : t.common.table}</Button>}>
      {table ? (
        <div className={classes.table} tabIndex={0} role="region" aria-label={title}>
          <Table aria-label={title}>
            <Table.Thead><Table.Tr><Table.Th>{t.figures.day}</Table.Th>{columns.map(([key, name]) => <Table.Th key={key}>{name}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>{rows.map((row) => <Table.Tr key={String(row.day)}><Table.Td>{row.day}</Table.Td>{columns.map(([key]) => <Table.Td key={key}>{typeof row[key] === "number" ? number(row[key]) : "–"}</Table.Td>)}</Table.Tr>)}</Table.Tbody>
          </Table>
        </div>
      ) : (
        <div role="img" aria-label={fill(t.figures.chartOf, { title, names: columns.map(([, name]) => name).join(", ") })}>
          <Drawn h={190} data={rows} dataKey="day" series={columns.map(([name, label], index) => ({ name, label, color: colours[index]! }))} withLegend={columns.length > 1} withDots={false} curveType="monotone" valueFormatter={(value) => compact(value)} tickLine="y" lineProps={{ isAnimationActive: false }} areaProps={{ isAnimationActive: false }} lineChartProps={{ accessibilityLayer: false }} areaChartProps={{ accessibilityLayer: false }} />
        </div>
      )}
    </Card>
  );
}

const shade = { ok: "green", warning: "yellow", failing: "red", off: "gray" } as const;

function Parts({ health }: { health: Health }) {
  return (
    <Card title={t.figures.health} actions={<Text size="sm" c="dimmed">{fill(t.figures.version, { version: health.version })} · <Ago at={health.up_since} /></Text>} flush>
      <Table aria-label={t.figures.health}>
        <Table.Tbody>
          {health.parts.map((one) => (
            <Table.Tr key={one.name}>
              <Table.Td w={220}>{wordFor(t.figures.parts, one.name)}</Table.Td>
              <Table.Td w={120}><Badge color={shade[one.status]} variant="outline" className={classes.status}>{t.figures.statuses[one.status]}</Badge></Table.Td>
              <Table.Td><Group gap="md">{one.detail && <Text size="sm">{one.detail}</Text>}<Text size="sm" c="dimmed">{Object.entries(one.facts ?? {}).map(([name, value]) => `${name} ${value}`).join(" · ")}</Text></Group></Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Card>
  );
}
