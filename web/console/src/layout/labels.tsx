// Small marks that many screens share. Each says in words what its colour says.
import { Badge, Text } from "@mantine/core";
import type { CaseSummary, Category, Effect, TermEffect } from "../api/types.ts";
import { countryName, dateTime, duration, languageName, now } from "../../../shared/format.ts";
import { fill, t } from "../texts/index.ts";
import classes from "./labels.module.css";

const level = (severity: number): "high" | "middle" | "low" => (severity >= 75 ? "high" : severity >= 40 ? "middle" : "low");

export function Severity({ value }: { value: number }) {
  return (
    <span className={`${classes.severity} ${classes[level(value)]}`} title={fill(t.cases.severityOf, { n: value })}>
      <span aria-hidden>{value}</span>
      <span className="unseen">{fill(t.cases.severityOf, { n: value })}</span>
    </span>
  );
}

export function CategoryBadge({ category }: { category: Category }) {
  return <span className={classes.tag}>{t.categories[category]}</span>;
}

export function EffectBadge({ effect }: { effect: Effect | TermEffect }) {
  const mild = effect === "allow" ? classes.good : ["remove", "close_channel", "ban", "block"].includes(effect) ? classes.hard : classes.soft;
  return <span className={`${classes.tag} ${mild}`}>{t.effects[effect]}</span>;
}

export function StateBadge({ state }: { state: CaseSummary["state"] }) {
  return <Badge variant="outline" color="gray" size="sm" className={classes.state}>{t.states[state]}</Badge>;
}

export function Ago({ at }: { at: number }) {
  return <time dateTime={new Date(at * 1000).toISOString()} title={dateTime(at)}>{fill(t.common.ago, { time: duration(now() - at) })}</time>;
}

export function Due({ at }: { at: number | undefined }) {
  if (at === undefined) return null;
  const left = at - now();
  return (
    <time dateTime={new Date(at * 1000).toISOString()} title={dateTime(at)} className={left < 0 ? classes.overdue : left < 3600 ? classes.soon : undefined}>
      {fill(left < 0 ? t.common.overdue : t.common.dueIn, { time: duration(left) })}
    </time>
  );
}

export function Where({ country, language }: { country?: string; language?: string }) {
  if (!country && !language) return null;
  return (
    <span>
      {country && <abbr title={countryName(country)}>{country}</abbr>}
      {country && language && " · "}
      {language && <abbr title={languageName(language)}>{language}</abbr>}
    </span>
  );
}

export function ClaimedBy({ claim, me }: { claim: CaseSummary["claim"]; me: number }) {
  if (!claim) return null;
  return <Text component="span" size="xs" fw={600} className={claim.by.id === me ? classes.mine : undefined}>{claim.by.id === me ? t.cases.claimedByMe : fill(t.cases.claimedBy, { name: claim.by.name })}</Text>;
}
