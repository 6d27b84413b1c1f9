// Collecting the answer: it is opened here, in the browser, with the officer's key.
import { Alert, Anchor, Button, Stack, Table, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { Link } from "react-router";
import { isAbandoned } from "../../../shared/passkeys.ts";
import { dateTime } from "../../../shared/format.ts";
import { bytesOf, download } from "../../../shared/download.ts";
import { inVault } from "../../../shared/vault/vault.ts";
import type { OwnRequest } from "../api/types.ts";
import { kept } from "../key/key_file.ts";
import classes from "../layout/layout.module.css";
import { Card, Facts } from "../layout/page.tsx";
import { describe, failed, told } from "../layout/states.tsx";
import { Certificate } from "../key/certificate.tsx";
import { useSession } from "../session/session.ts";
import { fill, t } from "../texts/index.ts";
import { collect, useConfirmReceipt } from "./queries.ts";

interface Opened {
  package: string;
  json: string;
  pdf: string;
  p7s: string;
  signed: string;
  sha256: string;
}
// As docs/legal.md has it.
interface Disclosure {
  ledger: { origin: string; entry: string };
  phone_number?: string;
  ip_addresses: { ip: string; port?: number; first: number; last: number }[];
}

export function AnswerCard({ request }: { request: OwnRequest }) {
  const [opened, setOpened] = useState<Opened>();
  const answer = request.package;
  if (!answer && !opened) return null;
  return (
    <Card title={t.collect.title}>
      {opened && <Shown id={request.id} opened={opened} />}
      {answer?.there
        ? <>
            <Text size="sm">{fill(answer.collected ? t.collect.again : t.collect.ready, { at: dateTime(answer.expires_at) })}</Text>
            {!opened && <Collect id={request.id} opened={setOpened} />}
            {opened && <Confirm id={request.id} sha256={opened.sha256} />}
          </>
        : <Text size="sm">{t.collect.gone}</Text>}
      {answer && <Text size="xs" c="dimmed" className={classes.mono}>{fill(t.collect.digest, { sha256: answer.sha256 })}</Text>}
    </Card>
  );
}

function Collect({ id, opened }: { id: number; opened: (answer: Opened) => void }) {
  const session = useSession();
  const queries = useQueryClient();
  const [passphrase, setPassphrase] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const file = kept(session.officer.box_key);
  if (!file) return <Alert color="yellow" variant="light">{t.collect.keyMissing} <Anchor component={Link} to="/key">{t.collect.toKey}</Anchor></Alert>;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      const { package: bytes } = await collect(id);
      void queries.invalidateQueries({ queryKey: ["request", id] });
      opened({ package: bytes, ...(await inVault("openAnswer", { file, passphrase, package: bytes, signer: session.answers_signed_by })) });
    } catch (failure) {
      if (!isAbandoned(failure)) setError(describe(failure));
    }
    setBusy(false);
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">{t.collect.lead}</Text>
        {error && <Alert color="red" variant="light" role="alert">{error}</Alert>}
        <TextInput type="password" autoComplete="current-password" label={t.collect.passphrase} value={passphrase} onChange={(event) => setPassphrase(event.currentTarget.value)} maw={420} />
        <div><Button type="submit" disabled={passphrase === ""} loading={busy}>{t.collect.submit}</Button></div>
        {busy && <Text size="sm" role="status">{t.collect.opening}</Text>}
      </Stack>
    </form>
  );
}

const utc = (seconds: number): string => new Date(seconds * 1000).toISOString().replace("T", " ").slice(0, 19);

function Shown({ id, opened }: { id: number; opened: Opened }) {
  const found = JSON.parse(opened.json) as Disclosure;
  return (
    <Stack gap="sm">
      <Facts rows={[[t.collect.phone, found.phone_number ?? t.collect.noPhone], [t.collect.ledger, <span key="entry" className={classes.mono}>{found.ledger.origin} {found.ledger.entry}</span>]]} />
      {found.ip_addresses.length === 0 ? <Text size="sm">{t.collect.noAddresses}</Text> : (
        <div className={classes.scroll} tabIndex={0} role="group" aria-label={t.collect.addresses}>
          <Table aria-label={t.collect.addresses}>
            <Table.Thead><Table.Tr><Table.Th>{t.collect.ip}</Table.Th><Table.Th>{t.collect.port}</Table.Th><Table.Th>{t.collect.first}</Table.Th><Table.Th>{t.collect.last}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {found.ip_addresses.map((one) => (
                <Table.Tr key={`${one.ip} ${one.port} ${one.first}`}><Table.Td>{one.ip}</Table.Td><Table.Td>{one.port ?? "–"}</Table.Td><Table.Td>{utc(one.first)}</Table.Td><Table.Td>{utc(one.last)}</Table.Td></Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      <Text size="xs" c="dimmed">{t.collect.utc}</Text>
      <div className={classes.buttons}>
        {opened.pdf && <Button variant="default" onClick={() => download(`answer-${id}.pdf`, bytesOf(opened.pdf), "application/pdf")}>{t.collect.savePdf}</Button>}
        <Button variant="default" onClick={() => download(`answer-${id}.json`, opened.json, "application/json")}>{t.collect.saveJson}</Button>
        {opened.p7s && <Button variant="default" onClick={() => download(`answer-${id}.p7s`, bytesOf(opened.p7s), "application/pkcs7-signature")}>{t.collect.saveP7s}</Button>}
        {opened.p7s && <Button variant="default" onClick={() => download(`answer-${id}.signed`, bytesOf(opened.signed), "application/octet-stream")}>{t.collect.saveSigned}</Button>}
        <Button variant="default" onClick={() => download(`answer-${id}.package`, bytesOf(opened.package), "application/octet-stream")}>{t.collect.savePackage}</Button>
      </div>
      {opened.p7s && <HowToCheck id={id} />}
    </Stack>
  );
}

// With a tool that is not ours, and for whoever the officer passes the answer on to.
function HowToCheck({ id }: { id: number }) {
  const { answers_certificate: certificate } = useSession();
  return (
    <Stack gap="xs">
      <Text size="sm">{t.collect.check}</Text>
      <pre className={`${classes.mono} ${classes.scroll}`} tabIndex={0} role="group" aria-label={t.collect.check}>{checkCommand(id)}</pre>
      <Text size="sm" c="dimmed">{t.collect.checkText}</Text>
      <Certificate certificate={certificate} />
    </Stack>
  );
}

const checkCommand = (id: number): string => `openssl cms -verify -binary -inform DER -in answer-${id}.p7s \\\n  -content answer-${id}.signed -CAfile answers.pem -partial_chain -purpose any -out /dev/null`;

function Confirm({ id, sha256 }: { id: number; sha256: string }) {
  const act = useConfirmReceipt(id);
  return (
    <div className={classes.buttons}>
      <Button loading={act.isPending} onClick={() => act.mutate(sha256, { onSuccess: () => told(t.collect.confirmed), onError: failed })}>{t.collect.confirm}</Button>
      <Text size="sm" c="dimmed">{t.collect.confirmText}</Text>
    </div>
  );
}
