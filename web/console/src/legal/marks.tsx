// Small marks that the desk's screens share, and the way between them.
import { Anchor, Badge } from "@mantine/core";
import type { ReactNode } from "react";
import { Link, NavLink } from "react-router";
import type { LegalSummary } from "../api/types.ts";
import { Page } from "../layout/page.tsx";
import { useMay } from "../session/session.ts";
import { fill, t, wordFor } from "../texts/index.ts";
import classes from "./legal.module.css";
import { useLegalCounts } from "./queries.ts";

const places: [to: string, text: string][] = [
  ["/legal", t.legal.requests], ["/legal/agencies", t.legal.agencies], ["/legal/calendar", t.legal.calendar], ["/legal/register", t.legal.register], ["/legal/rules", t.legal.rules],
];

export function DeskPage({ title, lead, actions, children }: { title: string; lead?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  const counts = useLegalCounts(useMay("legalOfficer"));
  // Those that wait for an officer to look at them.
  const waiting = (to: string) => (to === "/legal/agencies" && counts.data?.applications ? ` (${counts.data.applications})` : "");
  return (
    <Page title={title} lead={lead} actions={actions} wide>
      <nav className={classes.tabs} aria-label={t.legal.places}>
        {places.map(([to, text]) => <NavLink key={to} to={to} end className={({ isActive }) => (isActive ? `${classes.tab} ${classes.active}` : classes.tab)!}>{text}{waiting(to)}</NavLink>)}
      </nav>
      {children}
    </Page>
  );
}

// For those who may not read requests, the number alone.
export function RequestLink({ id }: { id: number }) {
  const reads = useMay("legalRequests");
  const text = fill(t.legal.number, { id });
  return reads ? <Anchor component={Link} to={`/legal/requests/${id}`}>{text}</Anchor> : <span>{text}</span>;
}

const colors: Partial<Record<LegalSummary["state"], string>> = { refused: "red", disclosed: "green", expired: "yellow" };

export function LegalState({ request }: { request: LegalSummary }) {
  return <Badge variant="light" color={colors[request.state] ?? "gray"} tt="none" c="var(--hg-ink)">{request.asked ? t.legal.asked : t.legal.states[request.state]}</Badge>;
}

export const outcomeOf = (request: LegalSummary): string => wordFor({ ...t.legal.grounds, ...t.legal.outcomes }, request.outcome);
