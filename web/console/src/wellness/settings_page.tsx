// What each person sets for themselves: how pictures are shown, breaks, what they do not want to see, how they sign in.
import { Button, Checkbox, Group, NumberInput, SegmentedControl, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { day } from "../../../shared/format.ts";
import { answer, api } from "../api/client.ts";
import { categories, type Category, type Settings } from "../api/types.ts";
import { failed, told } from "../layout/notify.ts";
import { Card, Page } from "../layout/page.tsx";
import { Answered } from "../layout/states.tsx";
import classes from "../cases/cases.module.css";
import { addPasskey, isAbandoned, passkeysWork } from "../session/passkeys.ts";
import { useSession } from "../session/session.ts";
import { useGuarded } from "../session/step_up.tsx";
import { fill, t } from "../texts/index.ts";
import { usePutSettings } from "./queries.ts";

export function SettingsPage() {
  const { settings } = useSession();
  const [draft, setDraft] = useState<Settings>(settings);
  const put = usePutSettings();
  const set = (part: Partial<Settings>) => setDraft((had) => ({ ...had, ...part }));
  return (
    <Page title={t.wellness.title}>
      <form onSubmit={(event) => { event.preventDefault(); put.mutate(draft, { onSuccess: () => told(t.wellness.saved) }); }}>
        <Stack>
          <Card title={t.wellness.media}>
            <Stack gap="sm">
              <Switch label={t.wellness.blur} checked={draft.blur} onChange={(event) => set({ blur: event.currentTarget.checked })} />
              <Switch label={t.wellness.grey} checked={draft.grey} onChange={(event) => set({ grey: event.currentTarget.checked })} />
              <Text size="sm" c="dimmed">{t.wellness.sound}</Text>
              <NumberInput label={t.wellness.breakAfter} value={draft.break_after} min={5} max={200} onChange={(value) => set({ break_after: Number(value) })} w={260} />
            </Stack>
          </Card>
          <Card title={t.wellness.optOut}>
            <Checkbox.Group value={draft.opt_out} onChange={(value) => set({ opt_out: value as Category[] })} description={t.wellness.optOutHint} label={<span className="unseen">{t.wellness.optOut}</span>}>
              <Group mt="xs">{categories.map((one) => <Checkbox key={one} value={one} label={t.categories[one]} />)}</Group>
            </Checkbox.Group>
          </Card>
          <Card title={t.wellness.theme}>
            <SegmentedControl value={draft.theme} onChange={(value) => set({ theme: value as Settings["theme"] })} data={Object.entries(t.wellness.themes).map(([value, label]) => ({ value, label }))} aria-label={t.wellness.theme} />
          </Card>
          <Button type="submit" w="fit-content" loading={put.isPending}>{t.common.save}</Button>
        </Stack>
      </form>
      <Credentials />
    </Page>
  );
}

function Credentials() {
  const query = useQuery({ queryKey: ["credentials"], queryFn: () => answer(api.GET("/session/credentials")) });
  const queries = useQueryClient();
  const guarded = useGuarded();
  const [label, setLabel] = useState("");
  const outcome = (text: string) => ({
    onSuccess: () => { void queries.invalidateQueries({ queryKey: ["credentials"] }); told(text); },
    onError: (error: Error) => isAbandoned(error) || failed(error),
  });
  const add = useMutation({ mutationFn: () => guarded(() => addPasskey(label.trim())), ...outcome(t.wellness.keyAdded) });
  const remove = useMutation({ mutationFn: (id: number) => guarded(() => answer(api.DELETE("/session/credentials/{id}", { params: { path: { id } } }))), ...outcome(t.wellness.keyRemoved) });
  return (
    <Card title={t.wellness.credentials}>
      <Answered query={query}>
        {({ items }) => (
          <ul className={classes.rows}>
            {items.map((one) => (
              <li key={one.id}>
                <div className={classes.rowHead}>
                  <strong>{t.wellness[one.kind]}{one.label ? `: ${one.label}` : ""}</strong>
                  <span className="quiet">{fill(t.wellness.added, { at: day(one.added_at) })}{one.used_at ? ` · ${fill(t.wellness.used, { at: day(one.used_at) })}` : ""}</span>
                  {items.length > 1 && <Button size="compact-xs" variant="default" onClick={() => remove.mutate(one.id)}>{t.common.remove}</Button>}
                </div>
              </li>
            ))}
          </ul>
        )}
      </Answered>
      {passkeysWork() && (
        <Group align="flex-end" mt="sm">
          <TextInput label={t.session.keyLabel} placeholder={t.session.keyLabelExample} value={label} onChange={(event) => setLabel(event.currentTarget.value)} maxLength={64} />
          <Button variant="default" loading={add.isPending} onClick={() => add.mutate()}>{t.wellness.addPasskey}</Button>
        </Group>
      )}
    </Card>
  );
}
