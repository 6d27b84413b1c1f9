// The case's long lists: reports, what stands around it, linked cases, a campaign's messages, history.
import { Anchor, Button, Tabs, Text } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { Link } from "react-router";
import { compact, countryName, percent } from "../../../shared/format.ts";
import type { Case, CaseEvent, CaseSummary, Report } from "../api/types.ts";
import { Ago, CategoryBadge, EffectBadge, Severity, StateBadge } from "../layout/labels.tsx";
import { More } from "../layout/more.tsx";
import { Card } from "../layout/page.tsx";
import { Answered } from "../layout/states.tsx";
import { BatchDialog } from "../queue/batch_dialog.tsx";
import { useMay } from "../session/session.ts";
import { fill, t, wordFor } from "../texts/index.ts";
import classes from "./cases.module.css";
import { useContextMessages, useHistory, useLinked, useMembers, useReports } from "./queries.ts";
import { ReportsByCountry } from "./reports_by_country.tsx";

export function CaseTabs({ found }: { found: Case }) {
  const { summary } = found;
  const surrounded = summary.kind === "message" && !found.content.private;
  const reported = summary.sources.some((one) => ["report", "search_report", "flagger", "web_form", "order"].includes(one));
  const [tab, setTab] = useState<string | null>(summary.kind === "campaign" ? "members" : reported ? "reports" : "linked");
  return (
    <Card flush>
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List>
          {summary.kind === "campaign" && <Tabs.Tab value="members">{fill(t.tabs.members, { n: compact(summary.members ?? 0) })}</Tabs.Tab>}
          <Tabs.Tab value="reports">{summary.reports > 0 ? fill(t.tabs.reports, { n: compact(summary.reports) }) : t.tabs.allReports}</Tabs.Tab>
          {surrounded && <Tabs.Tab value="context">{t.tabs.context}</Tabs.Tab>}
          <Tabs.Tab value="linked">{t.tabs.linked}</Tabs.Tab>
          <Tabs.Tab value="statements">{t.tabs.statements}</Tabs.Tab>
          <Tabs.Tab value="history">{t.tabs.history}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="members" p="sm"><Members id={summary.id} /></Tabs.Panel>
        <Tabs.Panel value="reports" p="sm"><Reports id={summary.id} /></Tabs.Panel>
        <Tabs.Panel value="context" p="sm"><Context id={summary.id} /></Tabs.Panel>
        <Tabs.Panel value="linked" p="sm"><Linked id={summary.id} /></Tabs.Panel>
        <Tabs.Panel value="statements" p="sm"><Statements found={found} /></Tabs.Panel>
        <Tabs.Panel value="history" p="sm"><History id={summary.id} /></Tabs.Panel>
      </Tabs>
    </Card>
  );
}

const nothing = (text: string): ReactNode => <Text size="sm" c="dimmed">{text}</Text>;

function Reports({ id }: { id: number }) {
  const query = useReports(id);
  return (
    <Answered query={query} isEmpty={(data) => data.pages[0]?.total === 0} empty={nothing(t.reports.none)}>
      {({ pages }) => (
        <>
          <ReportsByCountry countries={pages[0]?.countries ?? []} total={pages[0]?.total ?? 0} />
          <ul className={classes.rows}>{pages.flatMap((page) => page.items).map((one) => <OneReport key={one.id} report={one} />)}</ul>
          <More query={query} />
        </>
      )}
    </Answered>
  );
}

export function OneReport({ report }: { report: Report }) {
  const { reporter } = report;
  const who = reporter.trusted ? fill(t.reports.trusted, { name: reporter.trusted }) : reporter.reputation === undefined ? t.reports.unknownReputation : fill(t.reports.reputation, { n: percent(reporter.reputation) });
  return (
    <li>
      <div className={classes.rowHead}>
        <CategoryBadge category={report.category} />
        {report.option && <span>{report.option}</span>}
        <span className="quiet">{who} · {fill(t.reports.made, { n: reporter.reports })} · {report.country ? `${countryName(report.country)} · ` : ""}<Ago at={report.at} /></span>
      </div>
      {report.comment && <div className={classes.quote} dir="auto">{report.comment}</div>}
    </li>
  );
}

function Context({ id }: { id: number }) {
  const query = useContextMessages(id, true);
  return (
    <Answered query={query} isEmpty={(data) => data.items.length === 0} empty={nothing(t.context.none)}>
      {({ items }) => (
        <ul className={classes.rows}>
          {items.map((one) => (
            <li key={one.id} className={one.subject ? classes.subject : undefined} aria-current={one.subject || undefined}>
              <div className={classes.rowHead}><strong dir="auto">{one.author?.name ?? t.context.channel}</strong><span className="quiet"><Ago at={one.at} /></span></div>
              <div className={classes.quote} dir="auto">{one.withheld ? t.context.withheld : one.text || t.context.mediaOnly}</div>
            </li>
          ))}
        </ul>
      )}
    </Answered>
  );
}

function Members({ id }: { id: number }) {
  const query = useMembers(id);
  return (
    <Answered query={query} isEmpty={(data) => data.pages[0]?.total === 0} empty={nothing(t.common.none)}>
      {({ pages }) => (
        <>
          <ul className={classes.rows}>
            {pages.flatMap((page) => page.items).map((one) => (
              <li key={one.subject}>
                <div className={classes.rowHead}><strong dir="auto">{one.title}</strong>{one.effect && <EffectBadge effect={one.effect} />}<span className="quiet">{one.author?.name} · <Ago at={one.added_at} /></span></div>
                <div className={classes.quote} dir="auto">{one.text}</div>
              </li>
            ))}
          </ul>
          <More query={query} />
        </>
      )}
    </Answered>
  );
}

export function CaseLink({ item }: { item: CaseSummary }) {
  return (
    <div className={classes.rowHead}>
      <Severity value={item.severity} />
      <Anchor component={Link} to={`/cases/${item.id}`}>{fill(t.cases.number, { id: item.id })}</Anchor>
      <span dir="auto">{item.title}</span>
      <CategoryBadge category={item.category} />
      <StateBadge state={item.state} />
      {item.effect && <EffectBadge effect={item.effect} />}
    </div>
  );
}

function Linked({ id }: { id: number }) {
  const query = useLinked(id);
  const works = useMay("work");
  const [batch, setBatch] = useState<CaseSummary[]>([]);
  const groups = ["author", "media", "campaign", "similar"] as const;
  return (
    <Answered query={query} isEmpty={(data) => groups.every((group) => data[group].length === 0)} empty={nothing(t.linked.none)}>
      {(data) => (
        <>
          {groups.filter((group) => data[group].length > 0).map((group) => {
            const open = data[group].filter((one) => one.state === "open");
            return (
              <section key={group}>
                <div className={classes.rowHead}>
                  <Text size="sm" fw={600}>{t.linked[group]}</Text>
                  {works && open.length > 1 && <Button size="compact-xs" variant="default" onClick={() => setBatch(open)}>{fill(t.linked.together, { n: open.length })}</Button>}
                </div>
                <ul className={classes.rows}>{data[group].map((one) => <li key={one.id}><CaseLink item={one} />{one.excerpt && <div className="quiet" dir="auto">{one.excerpt}</div>}</li>)}</ul>
              </section>
            );
          })}
          <BatchDialog opened={batch.length > 0} cases={batch} close={() => setBatch([])} done={() => void query.refetch()} />
        </>
      )}
    </Answered>
  );
}

function Statements({ found }: { found: Case }) {
  if (found.statements.length === 0) return nothing(t.statements.none);
  return (
    <ul className={classes.rows}>
      {found.statements.map((one) => (
        <li key={`${one.at} ${one.effect}`}>
          <div className={classes.rowHead}><strong>{wordFor(t.effects, one.effect)}{one.limit ? ` (${t.limits[one.limit]})` : ""}</strong><span>{one.clause_title}</span><span className="quiet"><Ago at={one.at} /> · {one.automated_decision ? t.statements.byMachine : t.statements.byPerson}{one.territory ? ` · ${one.territory}` : ""}</span></div>
          <div className={classes.quote} dir="auto">{one.facts}</div>
          {one.redress && <div className="quiet">{one.redress}</div>}
        </li>
      ))}
    </ul>
  );
}

function History({ id }: { id: number }) {
  const query = useHistory(id);
  return (
    <Answered query={query} isEmpty={(data) => data.pages[0]?.items.length === 0} empty={nothing(t.common.none)}>
      {({ pages }) => (
        <>
          <Events events={pages.flatMap((page) => page.items)} />
          <More query={query} />
        </>
      )}
    </Answered>
  );
}

// `nobody`: who put it forward where nobody on the staff did; a machine, if it is not said.
export function Events({ events, nobody }: { events: CaseEvent[]; nobody?: string }) {
  return (
    <ul className={classes.rows}>
      {events.map((one) => (
        <li key={one.id}>
          <div className={classes.rowHead}>
            <strong>{t.events[one.what]}</strong>
            {one.effect && <EffectBadge effect={one.effect} />}
            <span className="quiet">{one.by?.name ?? (one.what === "proposed" && nobody ? nobody : t.events.nobody)} · <Ago at={one.at} />{one.record ? ` · ${fill(t.cases.ledger, { n: one.record })}` : ""}</span>
          </div>
          {one.text && <div className={classes.quote} dir="auto">{one.text}</div>}
        </li>
      ))}
    </ul>
  );
}
