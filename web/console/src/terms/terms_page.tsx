// The workshop of search terms: what is put forward, what is guarded, and what a search is answered with.
import { Anchor, Button, Group, Modal, NativeSelect, SegmentedControl, Stack, Table, Text, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { compact, day, languageName } from "../../../shared/format.ts";
import { isProblem } from "../../../shared/problem.ts";
import { categories, type Category, type TermState } from "../api/types.ts";
import { Ago, CategoryBadge, EffectBadge } from "../layout/labels.tsx";
import { More } from "../layout/more.tsx";
import { failed } from "../layout/notify.ts";
import { Card, Page } from "../layout/page.tsx";
import { Answered, Message } from "../layout/states.tsx";
import { useMay } from "../session/session.ts";
import { fill, t } from "../texts/index.ts";
import { useProposeTerm, useTerms, useTryQuery } from "./queries.ts";

export function TermsPage() {
  const [state, setState] = useState<TermState>("proposed");
  const [category, setCategory] = useState("");
  const [text, setText] = useState("");
  const [sought] = useDebouncedValue(text.trim(), 250);
  const [proposing, setProposing] = useState(false);
  const works = useMay("work");
  const query = useTerms({ state, ...(category ? { category: category as Category } : {}), ...(sought ? { query: sought } : {}) });
  return (
    <Page title={t.terms.title} lead={t.terms.lead} actions={works && <Button onClick={() => setProposing(true)}>{t.terms.propose}</Button>}>
      <Try />
      <Group align="flex-end" gap="sm">
        <SegmentedControl value={state} onChange={(value) => setState(value as TermState)} data={Object.entries(t.terms.states).map(([value, label]) => ({ value, label }))} aria-label={t.queue.state} />
        <NativeSelect size="xs" aria-label={t.queue.category} value={category} onChange={(event) => setCategory(event.currentTarget.value)} data={[{ value: "", label: t.queue.anyCategory }, ...categories.map((value) => ({ value, label: t.categories[value] }))]} />
        <TextInput size="xs" aria-label={t.terms.find} placeholder={t.terms.find} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      </Group>
      <Answered query={query} isEmpty={(data) => data.pages[0]?.items.length === 0} empty={<Message title={t.terms.none} />}>
        {({ pages }) => (
          <Card flush>
            <Table highlightOnHover aria-label={t.terms.title}>
              <Table.Thead>
                <Table.Tr><Table.Th>{t.terms.term}</Table.Th><Table.Th>{t.queue.category}</Table.Th><Table.Th>{state === "proposed" ? t.terms.suggested : t.terms.effect}</Table.Th><Table.Th>{t.terms.reports}</Table.Th><Table.Th>{t.terms.asked}</Table.Th><Table.Th>{t.terms.where}</Table.Th><Table.Th>{t.terms.since}</Table.Th></Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {pages.flatMap((page) => page.items).map((one) => (
                  <Table.Tr key={one.id}>
                    <Table.Td><Anchor component={Link} to={`/terms/${one.id}`} dir="auto">{one.text}</Anchor></Table.Td>
                    <Table.Td><CategoryBadge category={one.category} /></Table.Td>
                    <Table.Td>{one.effect && <EffectBadge effect={one.effect} />}</Table.Td>
                    <Table.Td>{compact(one.reports)} <span className="quiet">{t.terms.sources[one.source]}</span></Table.Td>
                    <Table.Td>{one.asked === undefined ? "–" : compact(one.asked)}</Table.Td>
                    <Table.Td>{[one.locale && languageName(one.locale), one.countries?.join(", ")].filter(Boolean).join(" · ") || t.common.everywhere}</Table.Td>
                    <Table.Td><Ago at={one.changed_at ?? one.created_at} />{one.expires_at ? ` · ${fill(t.terms.until, { day: day(one.expires_at) })}` : ""}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
            <More query={query} flush />
          </Card>
        )}
      </Answered>
      <Propose opened={proposing} close={() => setProposing(false)} />
    </Page>
  );
}

function Try() {
  const [query, setQuery] = useState("");
  const [country, setCountry] = useState("");
  const attempt = useTryQuery();
  return (
    <Card title={t.terms.tryTitle}>
      <form onSubmit={(event) => { event.preventDefault(); attempt.mutate({ query, ...(/^[A-Z]{2}$/.test(country) ? { country } : {}) }, { onError: failed }); }}>
        <Group align="flex-end" gap="sm">
          <TextInput label={t.terms.query} value={query} onChange={(event) => setQuery(event.currentTarget.value)} maxLength={256} miw={280} />
          <TextInput label={t.terms.country} value={country} onChange={(event) => setCountry(event.currentTarget.value.toUpperCase().slice(0, 2))} w={90} />
          <Button type="submit" variant="default" disabled={!query.trim()} loading={attempt.isPending}>{t.terms.try}</Button>
          {attempt.data && (
            <Text size="sm" role="status">
              <EffectBadge effect={attempt.data.effect} /> {fill(t.terms.readAs, { text: attempt.data.canonical })}{attempt.data.corrected ? ` ${fill(t.terms.corrected, { text: attempt.data.corrected })}` : ""}{attempt.data.terms.length > 0 ? ` (${attempt.data.terms.join(", ")})` : ""}
            </Text>
          )}
        </Group>
      </form>
    </Card>
  );
}

function Propose({ opened, close }: { opened: boolean; close: () => void }) {
  const [text, setText] = useState("");
  const [category, setCategory] = useState<Category>("illegal_goods");
  const [note, setNote] = useState("");
  const propose = useProposeTerm();
  const navigate = useNavigate();
  const send = () => propose.mutate({ text: text.trim(), category, note: note.trim() }, {
    onSuccess: (term) => void navigate(`/terms/${term.id}`),
    onError: (error) => (isProblem(error, "TERM_KNOWN") && error.document.id ? void navigate(`/terms/${error.document.id}`) : failed(error)),
  });
  return (
    <Modal opened={opened} onClose={close} title={t.terms.propose} closeButtonProps={{ "aria-label": t.common.close }}>
      <form onSubmit={(event) => { event.preventDefault(); send(); }}>
        <Stack>
          <TextInput label={t.terms.term} value={text} onChange={(event) => setText(event.currentTarget.value)} minLength={2} maxLength={64} data-autofocus />
          <NativeSelect label={t.queue.category} value={category} onChange={(event) => setCategory(event.currentTarget.value as Category)} data={categories.map((value) => ({ value, label: t.categories[value] }))} />
          <Textarea label={t.terms.why} value={note} onChange={(event) => setNote(event.currentTarget.value)} autosize minRows={2} maxLength={1000} />
          <Button type="submit" disabled={text.trim().length < 2 || !note.trim()} loading={propose.isPending}>{t.terms.propose}</Button>
        </Stack>
      </form>
    </Modal>
  );
}
