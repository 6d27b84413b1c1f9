import { Anchor, NativeSelect, Switch, Table } from "@mantine/core";
import { useState } from "react";
import { Link } from "react-router";
import { Ago, CategoryBadge, Due, EffectBadge } from "../layout/labels.tsx";
import { More } from "../layout/more.tsx";
import { Card, Page } from "../layout/page.tsx";
import { Answered, Message } from "../layout/states.tsx";
import { fill, t } from "../texts/index.ts";
import { useAppeals, type AppealState } from "./queries.ts";

export function AppealsPage() {
  const [state, setState] = useState<AppealState>("open");
  const [mine, setMine] = useState(false);
  const query = useAppeals(state, mine);
  return (
    <Page
      title={t.appeals.title}
      lead={t.appeals.lead}
      actions={
        <>
          <Switch label={t.appeals.mine} checked={mine} onChange={(event) => setMine(event.currentTarget.checked)} />
          <NativeSelect size="xs" aria-label={t.queue.state} value={state} onChange={(event) => setState(event.currentTarget.value as AppealState)} data={Object.entries(t.appeals.states).map(([value, label]) => ({ value, label }))} />
        </>
      }
    >
      <Answered query={query} isEmpty={(data) => data.pages[0]?.items.length === 0} empty={<Message title={t.appeals.none} />}>
        {({ pages }) => (
          <Card flush>
            <Table highlightOnHover aria-label={t.appeals.title}>
              <Table.Thead>
                <Table.Tr><Table.Th>{t.appeals.appeal}</Table.Th><Table.Th>{t.appeals.about}</Table.Th><Table.Th>{t.appeals.says}</Table.Th><Table.Th>{t.appeals.against}</Table.Th><Table.Th>{t.appeals.when}</Table.Th></Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {pages.flatMap((page) => page.items).map((one) => (
                  <Table.Tr key={one.id}>
                    <Table.Td><Anchor component={Link} to={`/appeals/${one.id}`}>{fill(t.appeals.number, { id: one.id })}</Anchor></Table.Td>
                    <Table.Td><span dir="auto">{one.title}</span> <CategoryBadge category={one.category} /></Table.Td>
                    <Table.Td maw={360}><span dir="auto">{one.excerpt}</span></Table.Td>
                    <Table.Td><EffectBadge effect={one.effect} /> {one.by_reporter && <>{t.appeals.byReporter} · </>}{one.by_machine ? t.statements.byMachine : t.statements.byPerson}</Table.Td>
                    <Table.Td>{one.state === "open" ? (one.can_decide ? <Due at={one.due_at} /> : t.appeals.own) : <>{t.appeals.states[one.state]} · <Ago at={one.decided_at ?? one.filed_at} /></>}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
            <More query={query} flush />
          </Card>
        )}
      </Answered>
    </Page>
  );
}
