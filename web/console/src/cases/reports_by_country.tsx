// Where a case's reports came from: as a list, which says everything, and beside it on a map, which shows it at a glance.
// The map is a file of its own, fetched when the first such case is opened.
import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { countryName, number } from "../../../shared/format.ts";
import { fill, t } from "../texts/index.ts";
import classes from "./countries.module.css";

export interface CountryReports {
  country: string;
  reports: number;
}

const rowsAtFirst = 8;

// What cannot be fetched (a new version is being put in place, say) must not take the case with it.
const ReportsMap = lazy(() => import("./reports_map.tsx").catch(() => ({ default: () => <p className="quiet">{t.reports.noMap}</p> })));

// `total`: all reports, also those whose country is not known.
export function ReportsByCountry({ countries, total }: { countries: CountryReports[]; total: number }) {
  const [all, setAll] = useState(false);
  const sorted = countries.toSorted((a, b) => b.reports - a.reports);
  const unknown = total - sorted.reduce((sum, one) => sum + one.reports, 0);
  const most = Math.max(unknown, sorted[0]?.reports ?? 0);
  const shown = all ? sorted : sorted.slice(0, rowsAtFirst);
  const row = (name: string, reports: number) => <><span>{name}</span><meter min={0} max={most} value={reports} aria-hidden /><span>{number(reports)}</span></>;
  return (
    <section className={classes.countries} aria-label={t.reports.byCountry}>
      {sorted.length > 0 && (
        <Suspense fallback={<div className={classes.map} aria-hidden><div className={classes.world} /></div>}>
          <ReportsMap countries={sorted} unknown={unknown} />
        </Suspense>
      )}
      <div className={classes.side}>
        <ul className={classes.bars} aria-label={t.reports.byCountry}>
          {shown.map((one) => <li key={one.country}>{row(countryName(one.country), one.reports)}</li>)}
          {unknown > 0 && <li className="quiet">{row(t.reports.unknownCountry, unknown)}</li>}
        </ul>
        {sorted.length > rowsAtFirst && <Button size="compact-xs" variant="default" aria-expanded={all} onClick={() => setAll(!all)}>{all ? t.reports.fewer : fill(t.reports.allCountries, { n: number(sorted.length) })}</Button>}
      </div>
    </section>
  );
}
