// What an agency has asked for before, and what came of it.
import { Text } from "@mantine/core";
import { dateTime } from "../../../shared/format.ts";
import { More } from "../layout/more.tsx";
import { Card } from "../layout/page.tsx";
import { Answered } from "../layout/states.tsx";
import { t } from "../texts/index.ts";
import classes from "./legal.module.css";
import { LegalState, outcomeOf, RequestLink } from "./marks.tsx";
import { useAgencyRequests } from "./queries.ts";

export function AgencyHistory({ agency, except }: { agency: number; except?: number }) {
  const query = useAgencyRequests(agency);
  return (
    <Card title={t.legal.history}>
      <Answered query={query}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items).filter((one) => one.id !== except);
          if (items.length === 0) return <Text size="sm" c="dimmed">{t.legal.historyNone}</Text>;
          return (
            <ul className={classes.rows}>
              {items.map((one) => (
                <li key={one.id}>
                  <RequestLink id={one.id} />
                  <span>{t.legal.types[one.type]}</span><LegalState request={one} /><span className="quiet">{outcomeOf(one)} {dateTime(one.received_at)}</span>
                </li>
              ))}
            </ul>
          );
        }}
      </Answered>
      <More query={query} />
    </Card>
  );
}
