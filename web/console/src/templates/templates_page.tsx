// The texts that decisions start from.
import { Button, Group, Modal, MultiSelect, NativeSelect, NumberInput, Stack, Table, Text, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { answer, api } from "../api/client.ts";
import { categories, type Category, type Effect, type Template, type TemplateInput } from "../api/types.ts";
import { useTemplates } from "../cases/queries.ts";
import { EffectBadge } from "../layout/labels.tsx";
import { failed } from "../layout/notify.ts";
import { Card, Page } from "../layout/page.tsx";
import { Answered, Message } from "../layout/states.tsx";
import { useMay, useMeta } from "../session/session.ts";
import { fill, t } from "../texts/index.ts";

export function TemplatesPage() {
  const query = useTemplates();
  const changes = useMay("changeTemplates");
  const [edited, setEdited] = useState<Template | "new">();
  return (
    <Page title={t.templates.title} lead={t.templates.lead} actions={changes && <Button onClick={() => setEdited("new")}>{t.templates.add}</Button>}>
      <Answered query={query} isEmpty={(items) => items.length === 0} empty={<Message title={t.templates.none} />}>
        {(items) => (
          <Card flush>
            <Table aria-label={t.templates.title}>
              <Table.Thead><Table.Tr><Table.Th>{t.templates.name}</Table.Th><Table.Th>{t.decide.effect}</Table.Th><Table.Th>{t.decide.clause}</Table.Th><Table.Th>{t.templates.shownFor}</Table.Th><Table.Th>{t.templates.text}</Table.Th>{changes && <Table.Th><span className="unseen">{t.common.change}</span></Table.Th>}</Table.Tr></Table.Thead>
              <Table.Tbody>
                {items.map((one) => (
                  <Table.Tr key={one.id}>
                    <Table.Td>{one.title}</Table.Td>
                    <Table.Td><EffectBadge effect={one.effect} /></Table.Td>
                    <Table.Td>{one.clause ?? "–"}</Table.Td>
                    <Table.Td>{one.categories?.map((category) => t.categories[category]).join(", ") || t.templates.all}</Table.Td>
                    <Table.Td maw={380}><Text size="sm" lineClamp={2}>{one.reason}</Text></Table.Td>
                    {changes && <Table.Td><Button size="compact-sm" variant="default" onClick={() => setEdited(one)} aria-label={fill(t.templates.changeOne, { title: one.title })}>{t.common.change}</Button></Table.Td>}
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Card>
        )}
      </Answered>
      <Modal opened={edited !== undefined} onClose={() => setEdited(undefined)} title={edited === "new" ? t.templates.add : t.common.change} size="lg" closeButtonProps={{ "aria-label": t.common.close }}>
        {edited !== undefined && <Editor key={edited === "new" ? 0 : edited.id} had={edited === "new" ? undefined : edited} done={() => setEdited(undefined)} />}
      </Modal>
    </Page>
  );
}

function Editor({ had, done }: { had?: Template; done: () => void }) {
  const meta = useMeta();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<TemplateInput>({
    title: had?.title ?? "", effect: had?.effect ?? "remove", clause: had?.clause, days: had?.days, countries: had?.countries, reason: had?.reason ?? "", note_to_reporter: had?.note_to_reporter, categories: had?.categories ?? [], subjects: had?.subjects ?? [], place: had?.place ?? 100,
  });
  const set = (part: Partial<TemplateInput>) => setDraft((before) => ({ ...before, ...part }));
  const outcome = { onSuccess: () => { void queries.invalidateQueries({ queryKey: ["templates"] }); done(); }, onError: failed };
  const save = useMutation({ mutationFn: (): Promise<unknown> => had ? answer(api.PUT("/templates/{id}", { params: { path: { id: had.id } }, body: draft })) : answer(api.POST("/templates", { body: draft })), ...outcome });
  const remove = useMutation({ mutationFn: () => answer(api.DELETE("/templates/{id}", { params: { path: { id: had!.id } } })), ...outcome });
  const rule = meta?.effects.find((one) => one.effect === draft.effect);
  return (
    <form onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
      <Stack gap="sm">
        <TextInput label={t.templates.name} value={draft.title} onChange={(event) => set({ title: event.currentTarget.value })} maxLength={80} data-autofocus />
        <Group grow align="flex-end">
          <NativeSelect label={t.decide.effect} value={draft.effect} onChange={(event) => set({ effect: event.currentTarget.value as Effect })} data={(meta?.effects ?? []).map((one) => ({ value: one.effect, label: t.effects[one.effect] }))} />
          <NativeSelect label={t.decide.clause} value={draft.clause ?? ""} onChange={(event) => set({ clause: event.currentTarget.value || undefined })} data={[{ value: "", label: t.decide.chooseClause }, ...(meta?.clauses ?? []).map((one) => ({ value: one.id, label: one.title }))]} />
          {rule?.days !== "none" && <NumberInput label={t.decide.days} value={draft.days ?? ""} min={1} max={3650} onChange={(value) => set({ days: value === "" ? undefined : Number(value) })} />}
          <NumberInput label={t.templates.place} value={draft.place ?? 100} min={0} max={1000} onChange={(value) => set({ place: Number(value) })} />
        </Group>
        <MultiSelect label={t.templates.shownFor} placeholder={draft.categories?.length ? undefined : t.templates.all} data={categories.map((value) => ({ value, label: t.categories[value] }))} value={draft.categories ?? []} onChange={(value) => set({ categories: value as Category[] })} />
        <Textarea label={t.templates.text} description={t.templates.textHint} value={draft.reason} onChange={(event) => set({ reason: event.currentTarget.value })} autosize minRows={3} maxLength={4000} />
        <TextInput label={t.decide.note} value={draft.note_to_reporter ?? ""} onChange={(event) => set({ note_to_reporter: event.currentTarget.value || undefined })} maxLength={1000} />
        <Group justify="space-between">
          <Button type="submit" loading={save.isPending} disabled={!draft.title.trim() || !draft.reason.trim() || (draft.effect !== "allow" && !draft.clause)}>{t.common.save}</Button>
          {had && <Button variant="subtle" color="red" loading={remove.isPending} onClick={() => remove.mutate()}>{t.common.remove}</Button>}
        </Group>
      </Stack>
    </form>
  );
}
