import { memo } from "react";
import { compact } from "../../../shared/format.ts";
import type { CaseSummary } from "../api/types.ts";
import { Ago, CategoryBadge, ClaimedBy, Due, EffectBadge, Severity, StateBadge, Where } from "../layout/labels.tsx";
import { useSession } from "../session/session.ts";
import { fill, t } from "../texts/index.ts";
import classes from "./queue.module.css";

export const rowHeight = 72;

interface Props {
  item: CaseSummary;
  top: number;
  position: number;
  size: number;
  current: boolean;
  open: () => void;
  chosen: boolean;
  choose?: () => void;
}

export const QueueRow = memo(function QueueRow({ item, top, position, size, current, open, chosen, choose }: Props) {
  const me = useSession().id;
  return (
    <div
      id={`case-${item.id}`}
      role="option"
      aria-selected={choose ? chosen : current}
      aria-posinset={position}
      aria-setsize={size}
      aria-label={fill(t.queue.rowLabel, { id: item.id, kind: t.kinds[item.kind], title: item.title, category: t.categories[item.category], severity: item.severity })}
      className={current ? `${classes.row} ${classes.current}` : classes.row}
      style={{ transform: `translateY(${top}px)` }}
      onClick={open}
    >
      <span>{choose && <span className={classes.check} data-checked={chosen || undefined} aria-hidden onClick={(event) => { event.stopPropagation(); choose(); }} />}</span>
      <Severity value={item.severity} />
      <div>
        <div className={classes.title}>
          <strong dir="auto">{item.title}</strong>
          <CategoryBadge category={item.category} />
          {item.state !== "open" && <StateBadge state={item.state} />}
          {item.appealed && <span className="quiet">{t.queue.appealed}</span>}
        </div>
        <div className={classes.excerpt} dir="auto">{item.excerpt ?? t.queue.noExcerpt}</div>
      </div>
      <div className={`${classes.facts} ${classes.side}`}>
        <span>{item.effect ? <EffectBadge effect={item.effect} /> : item.proposed && <><EffectBadge effect={item.proposed.effect} /> {item.proposed.confidence !== undefined && fill(t.queue.sure, { n: Math.round(item.proposed.confidence * 100) })}</>}</span>
        <span>{[t.kinds[item.kind], item.members ? fill(t.queue.members, { n: compact(item.members) }) : "", item.media > 0 ? fill(t.queue.media, { n: item.media }) : ""].filter(Boolean).join(" · ")}</span>
      </div>
      <div className={classes.facts}>
        <span>{item.state === "open" ? <Due at={item.due_at} /> : item.decided_at && <Ago at={item.decided_at} />}</span>
        <span>{fill(t.queue.reportsReach, { reports: compact(item.reports), reach: compact(item.reach) })}</span>
        <span>{item.claim ? <ClaimedBy claim={item.claim} me={me} /> : <Where country={item.country} language={item.language} />}</span>
      </div>
    </div>
  );
});
