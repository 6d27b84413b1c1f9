// Helping to open rows, in the browser: the share's file and its passphrase go to a worker that can reach nobody, and
// what comes out of it is sent. Share and passphrase stay here.
import { Alert, Button, FileInput, Progress, Text, TextInput } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { dateTime } from "../../../shared/format.ts";
import { isProblem } from "../../../shared/problem.ts";
import { inVault } from "../../../shared/vault/vault.ts";
import type { LegalRequest } from "../api/types.ts";
import { told } from "../layout/notify.ts";
import { describe } from "../layout/states.tsx";
import { NotSteppedUp } from "../session/step_up.tsx";
import { fill, t } from "../texts/index.ts";
import classes from "./legal.module.css";
import { question, useContribute } from "./queries.ts";

export function ContributeForm({ found }: { found: LegalRequest }) {
  const act = useContribute(found.id);
  const [file, setFile] = useState<File | null>(null);
  const [passphrase, setPassphrase] = useState("");
  const [busy, setBusy] = useState(false);
  const [part, setPart] = useState(0);
  const [error, setError] = useState<string>();
  const given = found.acts.filter((one) => one.what === "contributed");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      const text = await file!.text();
      // A question for each key that rows are sealed to; the file is a share of one of them.
      const { items } = await question(found.id);
      for (const [index, one] of items.entries()) {
        try {
          const made = await inVault("contribute", { file: text, passphrase, key: one.key_document, question: one.document }, (done, all) => setPart(all ? (done / all) * 100 : 0));
          await act.mutateAsync({ key: one.key, document: made.document });
          told(fill(t.legal.contributed, { share: made.share }));
          break;
        } catch (failure) {
          if (!isProblem(failure, "SHARE_OTHER") || index === items.length - 1) throw failure;
        }
      }
      setPassphrase("");
    } catch (failure) {
      if (!(failure instanceof NotSteppedUp)) setError(describe(failure));
    }
    setPart(0);
    setBusy(false);
  };
  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      <Text size="sm">{fill(t.legal.contributeText, { period: found.form.wants_addresses ? `${dateTime(found.form.from ?? 0)} – ${dateTime(found.form.to ?? 0)}` : t.legal.wantsPhone, account: found.account ?? "–" })}</Text>
      {given.length > 0 && <Text size="sm">{fill(t.legal.contributedBy, { names: given.map((one) => one.by?.name ?? "").join(", ") })}</Text>}
      {error && <Alert color="red" variant="light" role="alert">{error}</Alert>}
      <FileInput label={t.legal.shareFile} placeholder={t.legal.chooseFile} value={file} onChange={setFile} clearable clearButtonProps={{ "aria-label": t.common.remove }} />
      <TextInput type="password" autoComplete="off" label={t.legal.passphrase} description={t.legal.stays} value={passphrase} onChange={(event) => setPassphrase(event.currentTarget.value)} />
      <div><Button type="submit" disabled={!file || !passphrase} loading={busy}>{t.legal.contribute}</Button></div>
      {busy && <Progress value={part} aria-label={t.legal.opening} />}
    </form>
  );
}
