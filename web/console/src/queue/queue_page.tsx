// The queue: a list of any length, worked with the keyboard.
import { Button, Text, Title } from "@mantine/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { number } from "../../../shared/format.ts";
import { useKeys } from "../../../shared/keys.tsx";
import { isProblem } from "../../../shared/problem.ts";
import type { CaseSummary } from "../api/types.ts";
import { failed, told } from "../layout/notify.ts";
import { Failed, Loading, Message } from "../layout/states.tsx";
import { useMay } from "../session/session.ts";
import { fill, t } from "../texts/index.ts";
import { BatchDialog } from "./batch_dialog.tsx";
import { Filters, useFilter } from "./filters.tsx";
import { memory } from "./memory.ts";
import { useClaim, useClaimNext, useQueue, useRelease } from "./queries.ts";
import { QueueRow, rowHeight } from "./queue_row.tsx";
import classes from "./queue.module.css";

export function QueuePage() {
  const [filter, change, clear] = useFilter();
  const query = useQueue(filter);
  const works = useMay("work");
  const navigate = useNavigate();
  const location = useLocation();
  const filterName = JSON.stringify(filter);
  const [current, setCurrent] = useState(memory.filter === filterName ? memory.index : 0);
  const [chosen, setChosen] = useState<ReadonlyMap<number, CaseSummary>>(new Map());
  const [deciding, setDeciding] = useState(false);
  const claim = useClaim();
  const release = useRelease();
  const claimNext = useClaimNext();

  const items = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const total = query.data?.pages[0]?.total;
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({ count: items.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 12, initialOffset: Math.max(0, current - 3) * rowHeight });

  useEffect(() => {
    if (memory.filter !== filterName) {
      setCurrent(0);
      setChosen(new Map());
    }
    Object.assign(memory, { filter: filterName, address: `/queue${location.search}` });
  }, [filterName, location.search]);
  useEffect(() => void (memory.index = current), [current]);

  // More when the end comes near.
  const last = rows.getVirtualItems().at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage, isFetchNextPageError } = query;
  useEffect(() => {
    if (last >= items.length - 30 && hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage();
  }, [last, items.length, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage]);

  const at = items[Math.min(current, items.length - 1)];
  const go = (index: number) => {
    const next = Math.max(0, Math.min(items.length - 1, index));
    setCurrent(next);
    rows.scrollToIndex(next, { align: "auto" });
  };
  const open = (one: CaseSummary | undefined) => one && void navigate(`/cases/${one.id}`);
  const choose = (one: CaseSummary) => setChosen((had) => {
    const next = new Map(had);
    if (!next.delete(one.id)) next.set(one.id, one);
    return next;
  });
  const take = (one: CaseSummary) => claim.mutate(one, {
    onSuccess: () => told(fill(t.queue.claimed, { id: one.id })),
    onError: (error) => (isProblem(error, "CASE_TAKEN") ? told(error.message, t.queue.tooLate) : failed(error)),
  });
  const next = () => claimNext.mutate(filter, {
    onSuccess: (claimed) => (claimed ? void navigate(`/cases/${claimed.case.id}`) : told(t.queue.nothingWaits)),
    onError: failed,
  });

  const working = works ? [
    { keys: "c", text: t.keys.claim, run: () => at && take(at) },
    { keys: "n", text: t.keys.claimNext, run: next },
    { keys: "r", text: t.keys.release, run: () => at && release.mutate(at, { onError: failed }) },
    { keys: "x", text: t.keys.choose, run: () => at && choose(at) },
    { keys: "Shift+D", text: t.keys.batch, run: () => chosen.size > 0 && setDeciding(true) },
  ] : [];
  useKeys(t.nav.queue, [
    { keys: "j", text: t.keys.down, run: () => go(current + 1) },
    { keys: "ArrowDown", text: t.keys.down, run: () => go(current + 1) },
    { keys: "k", text: t.keys.up, run: () => go(current - 1) },
    { keys: "ArrowUp", text: t.keys.up, run: () => go(current - 1) },
    { keys: "g g", text: t.keys.first, run: () => go(0) },
    { keys: "Shift+G", text: t.keys.last, run: () => go(items.length - 1) },
    { keys: "Enter", text: t.keys.open, run: () => open(at) },
    { keys: ".", text: t.keys.refresh, run: () => void query.refetch() },
    ...working,
  ], !deciding);

  return (
    <div className={classes.screen}>
      <div className={classes.top}>
        <div>
          <Title order={1}>{t.queue.title}</Title>
          <Text size="sm" c="dimmed" aria-live="polite">{total === undefined ? fill(t.queue.loaded, { n: number(items.length), more: hasNextPage ? "+" : "" }) : fill(t.queue.total, { n: number(total) })}</Text>
        </div>
        <div className={classes.actions}>
          {works && chosen.size > 0 && <Button variant="default" size="sm" onClick={() => setDeciding(true)}>{fill(t.queue.decideTogether, { n: chosen.size })}</Button>}
          {works && <Button size="sm" onClick={next} loading={claimNext.isPending}>{t.queue.next}&nbsp;<kbd>n</kbd></Button>}
        </div>
      </div>
      <Filters filter={filter} change={change} clear={clear} />
      <div ref={scroller} className={classes.list} tabIndex={0} role="listbox" aria-label={t.queue.title} aria-activedescendant={at ? `case-${at.id}` : undefined} aria-multiselectable={works}>
        {query.isPending && <Loading />}
        {query.error && items.length === 0 && <Failed error={query.error} again={() => void query.refetch()} />}
        {query.isSuccess && items.length === 0 && <Message title={t.queue.empty} text={Object.keys(filter).length > 0 ? t.queue.emptyFilter : t.queue.emptyText} />}
        <div className={classes.rows} style={{ height: rows.getTotalSize() + (hasNextPage ? 60 : 0) }}>
          {rows.getVirtualItems().map((row) => {
            const one = items[row.index]!;
            return (
              <QueueRow
                key={one.id}
                item={one}
                top={row.start}
                position={row.index + 1}
                size={total ?? -1}
                current={row.index === current}
                open={() => { setCurrent(row.index); open(one); }}
                chosen={chosen.has(one.id)}
                choose={works ? () => choose(one) : undefined}
              />
            );
          })}
          {hasNextPage && <div className={classes.more} style={{ transform: `translateY(${rows.getTotalSize()}px)` }}>{isFetchNextPageError ? <Button size="xs" variant="default" onClick={() => void fetchNextPage()}>{t.common.again}</Button> : t.common.loading}</div>}
        </div>
      </div>
      <BatchDialog opened={deciding} cases={[...chosen.values()]} close={() => setDeciding(false)} done={() => setChosen(new Map())} />
    </div>
  );
}
