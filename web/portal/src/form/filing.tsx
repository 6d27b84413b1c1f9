// The form's end: drafts, the order as a file, what is missing, and filing.
import { Button, Checkbox, FileInput, List, Text } from "@mantine/core";
import { useState } from "react";
import { useNavigate } from "react-router";
import { isAbandoned } from "../../../shared/passkeys.ts";
import { dateTime, now } from "../../../shared/format.ts";
import type { TypeRules } from "../api/types.ts";
import classes from "../layout/layout.module.css";
import { Card } from "../layout/page.tsx";
import { failed, told } from "../layout/states.tsx";
import { upload } from "../requests/queries.ts";
import { fill, t } from "../texts/index.ts";
import { complete, indispensable, missing, together, type Written } from "./form.ts";
import { useFile, useRemoveDraft, useSaveDraft } from "./queries.ts";

export function FilingPart({ written, rules, draft }: { written: Written; rules: TypeRules; draft?: number }) {
  const navigate = useNavigate();
  const save = useSaveDraft();
  const remove = useRemoveDraft();
  const file = useFile();
  const [order, setOrder] = useState<File | null>(null);
  const [anyway, setAnyway] = useState(false);
  const [number, setNumber] = useState(draft);
  const [savedAt, setSavedAt] = useState<number>();
  const [busy, setBusy] = useState(false);
  const lacks = missing(written, rules, order !== null);
  const impossible = indispensable(lacks) || !written.order.issuer;

  const keep = () => save.mutate({ id: number, type: written.type, forms: together(written) }, { onSuccess: ({ id }) => { setNumber(id); setSavedAt(now()); }, onError: failed });
  const submit = async () => {
    setBusy(true);
    try {
      const { ids } = await file.mutateAsync({ type: written.type, forms: together(written).map(complete) });
      told(fill(t.form.filed, { ids: ids.join(", ") }));
      if (number !== undefined) remove.mutate(number);
      try {
        for (const id of order ? ids : []) await upload(id, "order", order!);
      } catch (error) {
        failed(error);
        told(t.form.uploadFailed);
      }
      void navigate(ids.length === 1 ? `/requests/${ids[0]}` : "/");
    } catch (error) {
      if (!isAbandoned(error)) failed(error);
    }
    setBusy(false);
  };
  return (
    <Card title={t.form.check}>
      <FileInput label={t.form.orderFile} description={t.form.orderFileText} placeholder={t.request.choose} value={order} onChange={setOrder} accept="application/pdf,.pdf" clearable clearButtonProps={{ "aria-label": t.common.remove }} />
      <Text size="xs" c="dimmed">{t.form.moreFiles}</Text>
      {lacks.length === 0 ? <Text size="sm" role="status">{t.form.complete}</Text> : (
        <div role="status">
          <Text size="sm" fw={600}>{t.form.missing}</Text>
          <List size="sm">{lacks.map((field) => <List.Item key={field}>{t.form.fields[field]}</List.Item>)}</List>
        </div>
      )}
      {lacks.length > 0 && !impossible && <Checkbox label={t.form.fileAnyway} checked={anyway} onChange={(event) => setAnyway(event.currentTarget.checked)} />}
      <div className={classes.buttons}>
        <Button disabled={impossible || (lacks.length > 0 && !anyway)} loading={busy} onClick={() => void submit()}>{written.people.length === 1 ? t.form.submit : fill(t.form.submitMany, { n: written.people.length })}</Button>
        <Button variant="default" loading={save.isPending} onClick={keep}>{t.form.saveDraft}</Button>
        <Text size="sm" c="dimmed" role="status">{savedAt && fill(t.form.saved, { at: dateTime(savedAt) })}</Text>
      </div>
      <Text size="xs" c="dimmed">{t.form.proof}</Text>
    </Card>
  );
}
