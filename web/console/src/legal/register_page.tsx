// Every act of the desk, newest first: who, when, which gate. Auditors see no words and no evidence, which may name people.
import { Table } from "@mantine/core";
import { dateTime } from "../../../shared/format.ts";
import { More } from "../layout/more.tsx";
import { Card } from "../layout/page.tsx";
import { Answered, Message } from "../layout/states.tsx";
import { fill, t } from "../texts/index.ts";
import { actName, whoOf } from "./act_list.tsx";
import classes from "./legal.module.css";
import { DeskPage, RequestLink } from "./marks.tsx";
import { useActs } from "./queries.ts";

export function RegisterPage() {
  const query = useActs();
  return (
    <DeskPage title={t.legal.register} lead={t.legal.registerLead}>
      <Answered query={query} isEmpty={(data) => data.pages[0]?.items.length === 0} empty={<Message title={t.common.none} />}>
        {({ pages }) => (
          <Card flush>
            <div className={classes.scroll}>
              <Table aria-label={t.legal.register}>
                <Table.Thead><Table.Tr><Table.Th>{t.decide.at}</Table.Th><Table.Th>{t.legal.request}</Table.Th><Table.Th>{t.legal.what}</Table.Th><Table.Th>{t.decide.by}</Table.Th><Table.Th>{t.decide.record}</Table.Th><Table.Th>{t.legal.rulesInForce}</Table.Th></Table.Tr></Table.Thead>
                <Table.Tbody>
                  {pages.flatMap((page) => page.items).map((act) => (
                    <Table.Tr key={act.id}>
                      <Table.Td>{dateTime(act.at)}</Table.Td>
                      <Table.Td>{act.request !== undefined ? <RequestLink id={act.request} /> : act.agency !== undefined ? fill(t.legal.agencyNumber, { id: act.agency }) : fill(t.legal.applicationNumber, { id: act.application ?? "" })}</Table.Td>
                      <Table.Td>{actName(act)}{act.about && `: ${act.about.name}`}</Table.Td><Table.Td>{whoOf(act)}</Table.Td><Table.Td>{act.record ?? "–"}</Table.Td><Table.Td>{act.rules ?? "–"}</Table.Td>
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
