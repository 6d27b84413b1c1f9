import { Text } from "@mantine/core";
import { dateTime, percent } from "../../../shared/format.ts";
import type { Finding } from "../api/types.ts";
import { CategoryBadge, EffectBadge } from "../layout/labels.tsx";
import { Card, Facts } from "../layout/page.tsx";
import { fill, t } from "../texts/index.ts";
import classes from "./cases.module.css";

export function FindingsCard({ findings }: { findings: Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <Card title={t.findings.title}>
      {findings.map((one, index) => <OneFinding key={index} finding={one} />)}
    </Card>
  );
}

function OneFinding({ finding }: { finding: Finding }) {
  const heaviest = Math.max(...finding.why.map((one) => Math.abs(one.weight)), 0.001);
  return (
    <div className={classes.finding}>
      <div className={classes.findingHead}>
        <CategoryBadge category={finding.category} />
        <Text size="sm">{fill(t.findings.sure, { source: t.sources[finding.source], n: percent(finding.confidence) })}</Text>
        {finding.proposed && <EffectBadge effect={finding.proposed} />}
      </div>
      {finding.why.length > 0 && (
        <ul className={classes.why} aria-label={t.findings.why}>
          {finding.why.map((one) => (
            <li key={one.text}>
              <span className={classes.whyText} dir="auto">{one.text}</span>
              <meter className={one.weight < 0 ? classes.against : classes.towards} min={0} max={heaviest} value={Math.abs(one.weight)} aria-hidden />
              <span className="quiet">{fill(one.weight < 0 ? t.findings.against : t.findings.towards, { n: Math.abs(one.weight).toFixed(2) })}</span>
            </li>
          ))}
        </ul>
      )}
      <Facts rows={[
        [t.findings.rule, finding.rule],
        [t.findings.terms, finding.terms.join(", ")],
        [t.findings.behaviour, finding.measured.map((one) => `${one.measure} ${one.value}`).concat(finding.signals).join(", ")],
        [t.findings.media, finding.media.join("; ")],
        [t.findings.versions, Object.entries(finding.versions).map(([name, version]) => `${name} ${version}`).join(" · ")],
        [t.findings.at, dateTime(finding.at)],
      ]} />
    </div>
  );
}
