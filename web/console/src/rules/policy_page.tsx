// The policy in force, the rules that people agreed to, and what another policy would have done.
import { Badge, Button, FileInput, Group, Stack, Table, Tabs, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { isoDay, number } from "../../../shared/format.ts";
import type { Policy, Replay } from "../api/types.ts";
import { Ago, EffectBadge } from "../layout/labels.tsx";
import { failed } from "../layout/notify.ts";
import { Card, Facts, Page } from "../layout/page.tsx";
import { Answered } from "../layout/states.tsx";
import { useMay } from "../session/session.ts";
import { fill, t } from "../texts/index.ts";
import { usePolicy, useReplays, useStartReplay } from "./queries.ts";
import classes from "./rules.module.css";

export function PolicyPage() {
  const query = usePolicy();
  const replays = useMay("replay");
  return (
    <Page title={t.policy.title} lead={t.policy.lead}>
      <Answered query={query}>
        {(policy) => (
          <Tabs defaultValue="rules" keepMounted={false}>
            <Tabs.List mb="md">
              <Tabs.Tab value="rules">{t.policy.rules}</Tabs.Tab>
              <Tabs.Tab value="clauses">{t.policy.clauses}</Tabs.Tab>
              <Tabs.Tab value="source">{t.policy.source}</Tabs.Tab>
              {replays && <Tabs.Tab value="replay">{t.policy.replay}</Tabs.Tab>}
            </Tabs.List>
            <Tabs.Panel value="rules"><Rules policy={policy} /></Tabs.Panel>
            <Tabs.Panel value="clauses">
              <Stack>{policy.clauses.map((one) => <Card key={one.id} title={<>{one.title} <Text component="span" size="sm" c="dimmed">{one.id}</Text></>}><Text size="sm">{one.text}</Text></Card>)}</Stack>
            </Tabs.Panel>
            <Tabs.Panel value="source"><pre className={classes.source} tabIndex={0} aria-label={t.policy.source}>{policy.source}</pre></Tabs.Panel>
            {replays && <Tabs.Panel value="replay"><Replays /></Tabs.Panel>}
          </Tabs>
        )}
      </Answered>
    </Page>
  );
}

function Rules({ policy }: { policy: Policy }) {
  const { strikes } = policy;
  return (
    <Stack>
      <Card>
        <Facts rows={[
          [t.policy.version, `${policy.version} · ${fill(t.policy.rulesVersion, { n: policy.rules_version })}`],
          [t.policy.machineMay, policy.machine_may.map((one) => t.effects[one]).join(", ")],
          [t.policy.onFailure, t.policy.failures[policy.on_failure]],
          [t.policy.strikes, strikes && fill(t.policy.strikesText, { how: t.limits[strikes.limit ?? "mute"], limit: strikes.limit_at ?? "–", days: strikes.limit_days ?? "–", ban: strikes.ban_at ?? "–", expire: strikes.expire_days ?? "–" })],
        ]} />
      </Card>
      <Card flush>
        <Table aria-label={t.policy.rules}>
          <Table.Thead><Table.Tr><Table.Th>{t.policy.rule}</Table.Th><Table.Th>{t.queue.category}</Table.Th><Table.Th>{t.policy.atLeast}</Table.Th><Table.Th>{t.decide.effect}</Table.Th><Table.Th>{t.decide.clause}</Table.Th><Table.Th>{t.policy.severity}</Table.Th><Table.Th>{t.policy.only}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {policy.rules.map((one) => (
              <Table.Tr key={one.id}>
                <Table.Td><code>{one.id}</code> {one.mode === "shadow" && <Badge color="gray" variant="outline" size="xs">{t.policy.shadow}</Badge>}</Table.Td>
                <Table.Td>{t.categories[one.category]}</Table.Td>
                <Table.Td>{one.at_least}</Table.Td>
                <Table.Td><EffectBadge effect={one.effect} /></Table.Td>
                <Table.Td>{one.clause}</Table.Td>
                <Table.Td>{one.severity ?? "–"}</Table.Td>
                <Table.Td>{[...(one.places ?? []), ...(one.standing ?? []), ...(one.witnesses ?? []), ...(one.countries ?? [])].join(", ") || t.policy.always}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Card>
    </Stack>
  );
}

function Replays() {
  const query = useReplays(true);
  const start = useStartReplay();
  const [from, setFrom] = useState(isoDay(Date.now() - 86_400_000));
  const [to, setTo] = useState(isoDay(Date.now()));
  const [file, setFile] = useState<File | null>(null);
  const send = async () => start.mutate({ from, to, ...(file ? { policy: await file.text() } : {}) }, { onError: failed });
  return (
    <Stack>
      <Card title={t.policy.newReplay}>
        <form onSubmit={(event) => { event.preventDefault(); void send(); }}>
          <Group align="flex-end">
            <TextInput type="date" label={t.policy.from} value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
            <TextInput type="date" label={t.policy.to} value={to} onChange={(event) => setTo(event.currentTarget.value)} />
            <FileInput label={t.policy.file} placeholder={t.policy.inForce} value={file} onChange={setFile} accept=".toml" clearable miw={220} />
            <Button type="submit" loading={start.isPending} disabled={!from || !to || from > to}>{t.policy.start}</Button>
          </Group>
        </form>
      </Card>
      <Answered query={query} isEmpty={(data) => data.items.length === 0} empty={<Text c="dimmed">{t.policy.noReplays}</Text>}>
        {({ items }) => items.map((one) => <OneReplay key={one.id} replay={one} />)}
      </Answered>
    </Stack>
  );
}

function OneReplay({ replay }: { replay: Replay }) {
  return (
    <Card title={`${replay.from} – ${replay.to}`} actions={<Text size="sm" c="dimmed">{t.policy.replayStates[replay.state]} · {replay.by.name} · <Ago at={replay.started_at} /></Text>}>
      {replay.state === "failed" && <Text size="sm">{replay.problem?.detail}</Text>}
      {replay.state === "done" && (
        <>
          <Text size="sm" mb="xs">{fill(t.policy.result, { judged: number(replay.judged ?? 0), changed: number(replay.changed ?? 0), policy: replay.policy ?? "" })}</Text>
          {(replay.sums?.length ?? 0) > 0 && (
            <Table aria-label={t.policy.sums}>
              <Table.Thead><Table.Tr><Table.Th>{t.queue.category}</Table.Th><Table.Th>{t.policy.was}</Table.Th><Table.Th>{t.policy.would}</Table.Th><Table.Th>{t.policy.count}</Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>{replay.sums!.map((one, index) => <Table.Tr key={index}><Table.Td>{one.category ? t.categories[one.category] : "–"}</Table.Td><Table.Td><EffectBadge effect={one.was} /></Table.Td><Table.Td><EffectBadge effect={one.now} /></Table.Td><Table.Td>{number(one.count)}</Table.Td></Table.Tr>)}</Table.Tbody>
            </Table>
          )}
        </>
      )}
    </Card>
  );
}
