// What falls due, day by day: answers, ends of gags, ends of preservations, packages that expire.
import { Table } from "@mantine/core";
import { dateTime } from "../../../shared/format.ts";
import { Due } from "../layout/labels.tsx";
import { Card } from "../layout/page.tsx";
import { Answered, Message } from "../layout/states.tsx";
import { t } from "../texts/index.ts";
import { DeskPage, RequestLink } from "./marks.tsx";
import { useCalendar } from "./queries.ts";

export function CalendarPage() {
  const query = useCalendar();
  return (
    <DeskPage title={t.legal.calendar} lead={t.legal.calendarLead}>
      <Answered query={query} isEmpty={(data) => data.items.length === 0} empty={<Message title={t.legal.calendarNone} />}>
        {({ items }) => (
          <Card flush>
            <Table aria-label={t.legal.calendar}>
              <Table.Thead><Table.Tr><Table.Th>{t.decide.at}</Table.Th><Table.Th>{t.legal.clock}</Table.Th><Table.Th>{t.legal.what}</Table.Th><Table.Th>{t.legal.request}</Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>
                {items.map((one) => (
                  <Table.Tr key={`${one.request} ${one.kind}`}>
                    <Table.Td>{dateTime(one.due_at)}</Table.Td><Table.Td><Due at={one.due_at} /></Table.Td><Table.Td>{t.legal.clockKinds[one.kind]}</Table.Td>
                    <Table.Td><RequestLink id={one.request} /></Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Card>
        )}
      </Answered>
    </DeskPage>
  );
}
