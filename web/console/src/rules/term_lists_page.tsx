import { NavLink, Table, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { day, number } from "../../../shared/format.ts";
import type { ListTerm } from "../api/types.ts";
import { More } from "../layout/more.tsx";
import { Card, Page } from "../layout/page.tsx";
import { Answered, Message } from "../layout/states.tsx";
import { fill, t } from "../texts/index.ts";
import { useTermList, useTermLists } from "./queries.ts";
import classes from "./rules.module.css";

export function TermListsPage() {
  const lists = useTermLists();
  const [params, setParams] = useSearchParams();
  const [text, setText] = useState("");
  const [sought] = useDebouncedValue(text.trim(), 250);
  return (
    <Page title={t.lists.title} lead={t.lists.lead} wide>
      <Answered query={lists} isEmpty={(data) => data.items.length === 0} empty={<Message title={t.lists.none} />}>
        {({ items, version }) => {
          const name = params.get("list") ?? items[0]!.name;
          return (
            <div className={classes.columns}>
              <Card title={fill(t.lists.version, { version })}>
                {items.map((one) => (
                  <NavLink key={one.name} component="button" active={one.name === name} label={one.name} description={fill(t.lists.active, { active: number(one.active), all: number(one.terms), version: one.version })} onClick={() => setParams({ list: one.name })} />
                ))}
              </Card>
              <Card title={name} actions={<TextInput size="xs" aria-label={t.terms.find} placeholder={t.terms.find} value={text} onChange={(event) => setText(event.currentTarget.value)} />}>
                <Terms name={name} sought={sought} />
              </Card>
            </div>
          );
        }}
      </Answered>
    </Page>
  );
}

function Terms({ name, sought }: { name: string; sought: string }) {
  const query = useTermList(name, sought);
  return (
    <Answered query={query} isEmpty={(data) => data.pages[0]?.items.length === 0} empty={<Text c="dimmed">{t.terms.none}</Text>}>
      {({ pages }) => (
        <>
          <Table aria-label={name}>
            <Table.Thead><Table.Tr><Table.Th>{t.terms.term}</Table.Th><Table.Th>{t.lists.kind}</Table.Th><Table.Th>{t.queue.category}</Table.Th><Table.Th>{t.lists.inSearch}</Table.Th><Table.Th>{t.lists.conditions}</Table.Th><Table.Th>{t.queue.state}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {pages.flatMap((page) => page.items).map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td><code dir="auto">{one.text}</code></Table.Td>
                  <Table.Td>{t.lists.kinds[one.kind]}</Table.Td>
                  <Table.Td>{one.category ? t.categories[one.category] : one.group ? fill(t.lists.cue, { group: one.group }) : "–"}</Table.Td>
                  <Table.Td>{one.effect ? t.effects[one.effect] : "–"}</Table.Td>
                  <Table.Td>{conditions(one)}</Table.Td>
                  <Table.Td>{t.lists.states[one.state]}{one.expires_at ? ` · ${fill(t.terms.until, { day: day(one.expires_at) })}` : ""}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <More query={query} />
        </>
      )}
    </Answered>
  );
}

const conditions = (one: ListTerm): string => [
  one.locale,
  one.countries?.join(", "),
  one.near?.length ? fill(t.lists.near, { words: one.near.join(", "), n: one.window ?? 8 }) : "",
  one.not_near?.length ? fill(t.lists.notNear, { words: one.not_near.join(", ") }) : "",
].filter(Boolean).join(" · ");
