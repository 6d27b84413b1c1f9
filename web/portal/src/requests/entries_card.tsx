// What of the request is entered in the public log: each entry's opening and proof, to be checked by any program.
import { Anchor, Button, Text } from "@mantine/core";
import { dateTime } from "../../../shared/format.ts";
import { download } from "../../../shared/download.ts";
import type { Entry } from "../api/types.ts";
import classes from "../layout/layout.module.css";
import { Card } from "../layout/page.tsx";
import { Answered } from "../layout/states.tsx";
import { fill, t } from "../texts/index.ts";
import { useEntries } from "./queries.ts";

export function EntriesCard({ id }: { id: number }) {
  const query = useEntries(id);
  return (
    <Card title={t.entries.title}>
      <Text size="sm">{t.entries.lead} <Anchor href="/transparency#own">{t.entries.check}</Anchor></Text>
      <Answered query={query}>
        {({ items }) => (
          <ul className={classes.rows}>{items.map((entry, index) => <EntryRow key={`${entry.at} ${entry.what} ${index}`} name={`request-${id}-entry-${index + 1}`} entry={entry} />)}</ul>
        )}
      </Answered>
    </Card>
  );
}

function EntryRow({ name, entry }: { name: string; entry: Entry }) {
  const what = t.entries.what[entry.what];
  const save = (kind: string, ending: string, text: string) => (
    <Button size="xs" variant="default" aria-label={fill(t.entries.saveOf, { kind, what })} onClick={() => download(`${name}.${ending}`, text, "text/plain")}>{kind}</Button>
  );
  return (
    <li>
      <strong className={classes.grow}>{what}</strong>
      <Text span size="sm" c="dimmed">{dateTime(entry.at)}</Text>
      {entry.opening && entry.proof
        ? <div className={classes.buttons}>{save(t.entries.opening, "opening", entry.opening)}{save(t.entries.proof, "tlog-proof", entry.proof)}</div>
        : <Text span size="sm" className={classes.said}>{t.entries.waits}</Text>}
    </li>
  );
}
