// What the queue shows, kept in the address so that a view can be shared and comes back.
import { Button, MultiSelect, NativeSelect, NumberInput } from "@mantine/core";
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { compact, countryName, languageName } from "../../../shared/format.ts";
import { categories, type Category, type QueueFilter } from "../api/types.ts";
import { useMeta } from "../session/session.ts";
import { fill, t } from "../texts/index.ts";
import { useQueueCounts } from "./queries.ts";
import classes from "./queue.module.css";

const single = ["queue", "language", "country", "severity_min", "kind", "assigned", "state", "order"] as const;

export function useFilter(): [QueueFilter, (change: Partial<QueueFilter>) => void, () => void] {
  const [params, setParams] = useSearchParams();
  const filter = useMemo(() => {
    const found: Record<string, unknown> = {};
    for (const name of single) {
      const value = params.get(name);
      if (value) found[name] = name === "severity_min" ? Number(value) : value;
    }
    const wanted = params.getAll("category");
    if (wanted.length > 0) found.category = wanted;
    return found as QueueFilter;
  }, [params]);
  const change = (part: Partial<QueueFilter>) => setParams((had) => {
    const next = new URLSearchParams(had);
    for (const [name, value] of Object.entries(part)) {
      next.delete(name);
      if (Array.isArray(value)) value.forEach((one) => next.append(name, one));
      else if (value !== undefined && value !== "" && value !== null) next.set(name, String(value));
    }
    return next;
  }, { replace: true });
  return [filter, change, () => setParams({}, { replace: true })];
}

const some = (all: string, options: Record<string, string>) => [{ value: "", label: all }, ...Object.entries(options).map(([value, label]) => ({ value, label }))];

export function Filters({ filter, change, clear }: { filter: QueueFilter; change: (part: Partial<QueueFilter>) => void; clear: () => void }) {
  const meta = useMeta();
  const counts = useQueueCounts();
  const open = new Map(counts.data?.items.map((one) => [one.queue, one]));
  const queues = Object.fromEntries((meta?.queues ?? []).map((one) => [one.id, open.has(one.id) ? fill(t.queue.queueWithCount, { title: one.title, n: compact(open.get(one.id)!.open) }) : one.title]));
  return (
    <div className={classes.filters} role="search" aria-label={t.queue.filters}>
      <NativeSelect size="xs" label={t.queue.queue} value={filter.queue ?? ""} data={some(t.queue.anyQueue, queues)} onChange={(event) => change({ queue: event.currentTarget.value })} />
      <MultiSelect size="xs" label={t.queue.category} placeholder={filter.category?.length ? undefined : t.queue.anyCategory} data={categories.map((value) => ({ value, label: t.categories[value] }))} value={filter.category ?? []} onChange={(value) => change({ category: value as Category[] })} clearable className={classes.categories} />
      <NativeSelect size="xs" label={t.queue.kind} value={filter.kind ?? ""} data={some(t.queue.anyKind, t.kinds)} onChange={(event) => change({ kind: (event.currentTarget.value || undefined) as QueueFilter["kind"] })} />
      <NativeSelect size="xs" label={t.queue.assigned} value={filter.assigned ?? "anyone"} data={Object.entries(t.queue.assignedTo).map(([value, label]) => ({ value, label }))} onChange={(event) => change({ assigned: event.currentTarget.value as QueueFilter["assigned"] })} />
      <NativeSelect size="xs" label={t.queue.state} value={filter.state ?? "open"} data={Object.entries(t.queue.stateIs).map(([value, label]) => ({ value, label }))} onChange={(event) => change({ state: event.currentTarget.value as QueueFilter["state"] })} />
      <NativeSelect size="xs" label={t.queue.language} value={filter.language ?? ""} data={some(t.queue.anyLanguage, Object.fromEntries((meta?.languages ?? []).map((code) => [code, languageName(code)])))} onChange={(event) => change({ language: event.currentTarget.value })} />
      <NativeSelect size="xs" label={t.queue.country} value={filter.country ?? ""} data={some(t.queue.anyCountry, Object.fromEntries(commonCountries.map((code) => [code, countryName(code)])))} onChange={(event) => change({ country: event.currentTarget.value })} />
      <NumberInput size="xs" label={t.queue.severityMin} min={0} max={100} value={filter.severity_min ?? ""} onChange={(value) => change({ severity_min: value === "" ? undefined : Number(value) })} className={classes.narrow} hideControls />
      <NativeSelect size="xs" label={t.queue.order} value={filter.order ?? "priority"} data={Object.entries(t.queue.orders).map(([value, label]) => ({ value, label }))} onChange={(event) => change({ order: event.currentTarget.value as QueueFilter["order"] })} />
      {Object.keys(filter).length > 0 && <Button size="xs" variant="subtle" onClick={clear}>{t.queue.clear}</Button>}
    </div>
  );
}

const commonCountries = [
  "AE", "AR", "AT", "AU", "AZ", "BD", "BE", "BG", "BR", "BY", "CA", "CH", "CL", "CN", "CO", "CZ", "DE", "DK", "DZ", "EE", "EG", "ES", "FI", "FR", "GB", "GE", "GR", "HR", "HU", "ID",
  "IE", "IL", "IN", "IQ", "IR", "IT", "JO", "JP", "KE", "KR", "KZ", "LB", "LT", "LV", "MA", "MD", "MX", "MY", "NG", "NL", "NO", "NZ", "PE", "PH", "PK", "PL", "PT", "RO", "RS", "RU",
  "SA", "SE", "SG", "SI", "SK", "SY", "TH", "TN", "TR", "TW", "UA", "US", "UZ", "VE", "VN", "ZA",
];
