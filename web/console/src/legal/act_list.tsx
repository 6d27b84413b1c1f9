import { Text } from "@mantine/core";
import { dateTime } from "../../../shared/format.ts";
import type { LegalAct } from "../api/types.ts";
import { fill, t, wordFor } from "../texts/index.ts";
import classes from "./legal.module.css";

export function ActList({ acts }: { acts: LegalAct[] }) {
  return (
    <ul className={classes.rows}>
      {acts.map((act) => (
        <li key={act.id}>
          <strong>{actName(act)}{act.about && `: ${act.about.name}`}</strong>
          <Text span size="sm" c="dimmed">{whoOf(act)} · {dateTime(act.at)}{act.record ? ` · ${fill(t.cases.ledger, { n: act.record })}` : ""}</Text>
          {(act.agency !== undefined || act.application !== undefined) && act.evidence?.map((one) => <span key={one.name} className={classes.said} dir="auto">{wordFor(t.legal.evidence, one.name)}: {one.text}</span>)}
          {act.text && act.what !== "passed" && <span className={classes.said} dir="auto">{act.text}</span>}
        </li>
      ))}
    </ul>
  );
}

export const actName = (act: LegalAct): string => (act.what === "passed" && act.gate ? fill(t.legal.gatePassed, { gate: t.legal.gateNames[act.gate] }) : wordFor(t.legal.actNames, act.what));
export const whoOf = (act: LegalAct): string => act.by?.name || (act.officer ? fill(t.legal.officerNumber, { id: act.officer }) : t.legal.machine);
