import { Button, FileInput, NativeSelect, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { dateTime } from "../../../shared/format.ts";
import type { File as Kept, OwnRequest } from "../api/types.ts";
import classes from "../layout/layout.module.css";
import { Card } from "../layout/page.tsx";
import { failed, told } from "../layout/states.tsx";
import { fill, t, wordFor } from "../texts/index.ts";
import { upload, type FileKind } from "./queries.ts";

export function FilesCard({ request }: { request: OwnRequest }) {
  const open = request.closed_at === undefined;
  return (
    <Card title={t.request.files}>
      {request.files.length === 0 && <Text size="sm" c="dimmed">{t.request.noFiles}</Text>}
      <ul className={classes.rows}>{request.files.map((file) => <FileRow key={file.id} file={file} />)}</ul>
      {open && <AddFile id={request.id} />}
    </Card>
  );
}

function FileRow({ file }: { file: Kept }) {
  const remarks = [!file.pdf && t.request.notPdf, file.encrypted && t.request.encrypted, file.active && t.request.active, file.pdf && file.signatures.length === 0 && t.request.noSignature].filter(Boolean);
  return (
    <li>
      <span className={classes.grow} dir="auto">{file.name}</span>
      <Text span size="sm" c="dimmed">{wordFor(t.request.kinds, file.kind)} · {dateTime(file.at)}</Text>
      {file.signatures.map((one) => (
        <Text key={one.serial + one.digest} span size="sm" className={classes.said}>
          {fill(t.request.signature, { signer: one.signer || "?" })}: {one.good ? t.request.signatureGood : t.request.signatureBad}, {one.whole ? t.request.signatureWhole : t.request.signaturePart}
        </Text>
      ))}
      {remarks.length > 0 && <Text span size="sm" className={classes.said}>{remarks.join(" · ")}</Text>}
      <span className={`${classes.said} ${classes.mono}`}>SHA-256 {file.sha256}</span>
    </li>
  );
}

function AddFile({ id }: { id: number }) {
  const queries = useQueryClient();
  const [kind, setKind] = useState<FileKind>("order");
  const [file, setFile] = useState<File | null>(null);
  const [busy, setBusy] = useState(false);
  const send = async () => {
    setBusy(true);
    try {
      const { sha256 } = await upload(id, kind, file!);
      told(fill(t.request.sent, { sha256 }));
      setFile(null);
      await queries.invalidateQueries({ queryKey: ["request", id] });
    } catch (error) {
      failed(error);
    }
    setBusy(false);
  };
  return (
    <>
      <div className={classes.pair}>
        <NativeSelect label={t.request.kind} value={kind} onChange={(event) => setKind(event.currentTarget.value as FileKind)} data={Object.entries(t.request.kinds).map(([value, label]) => ({ value, label }))} />
        <FileInput label={t.request.addFile} placeholder={t.request.choose} value={file} onChange={setFile} accept="application/pdf,.pdf" clearable clearButtonProps={{ "aria-label": t.common.remove }} />
      </div>
      <div><Button variant="default" disabled={!file} loading={busy} onClick={() => void send()}>{t.request.send}</Button></div>
    </>
  );
}
