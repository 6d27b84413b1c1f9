// The desk's queue: what has to be answered first comes first.
import { NativeSelect, Switch, Table, Text } from "@mantine/core";
import { useState } from "react";
import type { LegalType } from "../api/types.ts";
import { Ago, Due } from "../layout/labels.tsx";
import { More } from "../layout/more.tsx";
import { Card } from "../layout/page.tsx";
import { Answered, Message } from "../layout/states.tsx";
import { countryName } from "../../../shared/format.ts";
import { fill, t } from "../texts/index.ts";
import classes from "./legal.module.css";
import { DeskPage, LegalState, outcomeOf, RequestLink } from "./marks.tsx";
import { useRequests } from "./queries.ts";

export function LegalDeskPage() {
  const [type, setType] = useState<LegalType | "">("");
  const [closed, setClosed] = useState(false);
  const query = useRequests({ ...(type ? { type } : {}), closed });
  const first = query.data?.pages[0];
  return (
    <DeskPage
      title={t.legal.title}
      lead={first && fill(t.legal.counts, { open: first.open, overdue: first.overdue })}
      actions={
        <>
          <Switch label={t.legal.closedToo} checked={closed} onChange={(event) => setClosed(event.currentTarget.checked)} />
          <NativeSelect size="xs" aria-label={t.legal.type} value={type} onChange={(event) => setType(event.currentTarget.value as LegalType | "")} data={[{ value: "", label: t.legal.anyType }, ...Object.entries(t.legal.types).map(([value, label]) => ({ value, label }))]} />
        </>
      }
    >
      <Answered query={query} isEmpty={(data) => data.pages[0]?.items.length === 0} empty={<Message title={t.legal.none} />}>
        {({ pages }) => (
          <Card flush>
            <div className={classes.scroll}>
              <Table highlightOnHover aria-label={t.legal.requests}>
                <Table.Thead><Table.Tr><Table.Th>{t.legal.request}</Table.Th><Table.Th>{t.legal.type}</Table.Th><Table.Th>{t.legal.agency}</Table.Th><Table.Th>{t.queue.state}</Table.Th><Table.Th>{t.legal.received}</Table.Th><Table.Th>{t.legal.clock}</Table.Th></Table.Tr></Table.Thead>
                <Table.Tbody>
                  {pages.flatMap((page) => page.items).map((one) => (
                    <Table.Tr key={one.id}>
                      <Table.Td><RequestLink id={one.id} /></Table.Td>
                      <Table.Td>{t.legal.types[one.type]}</Table.Td>
                      <Table.Td><span dir="auto">{one.agency.name}</span> <Text span size="sm" c="dimmed">{countryName(one.country)}</Text></Table.Td>
                      <Table.Td><LegalState request={one} /></Table.Td>
                      <Table.Td><Ago at={one.received_at} /></Table.Td>
                      <Table.Td>{one.closed_at ? outcomeOf(one) : <Due at={one.due_at} />}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </div>
            <More query={query} flush />
          </Card>
        )}
      </Answered>
    </DeskPage>
  );
}
