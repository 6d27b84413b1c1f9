// What the subject said, kept as evidence, with what the machine saw in it.
import { Alert, Button, Group, SegmentedControl, Text } from "@mantine/core";
import { useState } from "react";
import { compact, dateTime } from "../../../shared/format.ts";
import type { Content, Finding } from "../api/types.ts";
import { failed } from "../layout/notify.ts";
import { Card, Facts } from "../layout/page.tsx";
import { useMay, useMeta } from "../session/session.ts";
import { t } from "../texts/index.ts";
import classes from "./cases.module.css";
import { Highlighted } from "./highlighted.tsx";
import { MediaTile } from "./media_tile.tsx";
import { useTranslate } from "./queries.ts";

interface Props {
  caseId: number;
  content: Content;
  findings: Finding[];
  shown: ReadonlySet<number>;
  toggle: (index: number) => void;
}

export function ContentCard({ caseId, content, findings, shown, toggle }: Props) {
  const [view, setView] = useState("original");
  const highlights = findings[0]?.highlights ?? [];
  const translate = useTranslate(caseId);
  const works = useMay("work");
  const offered = useMeta()?.translation;
  const translatable = offered && works && caseId > 0 && content.text !== "" && !content.translation;
  const views = [
    { value: "original", label: t.content.original },
    ...(content.translation ? [{ value: "translation", label: t.content.translation }] : []),
    ...(content.canonical ? [{ value: "canonical", label: t.content.canonical }] : []),
  ];
  return (
    <Card title={t.content.title} actions={(
      <Group gap="xs">
        {translatable && (
          <Button size="compact-xs" variant="default" loading={translate.isPending} onClick={() => translate.mutate(undefined, { onSuccess: () => setView("translation"), onError: failed })}>{t.content.translate}</Button>
        )}
        {views.length > 1 && <SegmentedControl size="xs" value={view} onChange={setView} data={views} aria-label={t.content.view} />}
      </Group>
    )}
    >
      {content.private && <Alert variant="light" color="gray" mb="sm">{t.content.private}</Alert>}
      {content.changed !== "no" && <Text size="sm" mb="xs" c="var(--hg-warn)">{content.changed === "edited" ? t.content.edited : t.content.deleted}</Text>}
      <div className={classes.text} dir="auto" lang={view === "original" ? content.language : undefined}>
        {view === "original" && (content.text ? <Highlighted text={content.text} highlights={highlights} /> : <span className="quiet">{t.content.noText}</span>)}
        {view === "translation" && content.translation}
        {view === "canonical" && content.canonical}
      </div>
      {content.versions?.map((one) => (
        <div key={one.sha256} className={classes.version}>
          <Text size="xs" c="dimmed">{t.content.version} <code>{one.sha256.slice(0, 16)}…</code></Text>
          <div className={classes.text} dir="auto">{one.text}</div>
        </div>
      ))}
      {content.media.length > 0 && (
        <div className={classes.media}>
          {content.media.map((one) => <MediaTile key={one.index} caseId={caseId} media={one} shown={shown.has(one.index)} toggle={() => toggle(one.index)} />)}
        </div>
      )}
      <Facts rows={[
        [t.content.captured, dateTime(content.captured_at)],
        [t.content.sent, content.sent_at && dateTime(content.sent_at)],
        [t.content.views, content.views !== undefined && compact(content.views)],
        [t.content.link, content.link],
        [t.content.evidence, content.sha256 && <code>{content.sha256.slice(0, 16)}…</code>],
      ]} />
    </Card>
  );
}
