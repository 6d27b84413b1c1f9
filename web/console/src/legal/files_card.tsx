// The order and what else came, with what was found of signatures: shown, never silently trusted.
import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { bytesOf, download } from "../../../shared/download.ts";
import { dateTime } from "../../../shared/format.ts";
import type { LegalFile, LegalRequest } from "../api/types.ts";
import { failed } from "../layout/notify.ts";
import { Card } from "../layout/page.tsx";
import { fill, t, wordFor } from "../texts/index.ts";
import classes from "./legal.module.css";
import { fileOf } from "./queries.ts";

export function FilesCard({ found }: { found: LegalRequest }) {
  return (
    <Card title={t.legal.files}>
      {found.files.length === 0 && <Text size="sm" c="dimmed">{t.legal.noFiles}</Text>}
      <ul className={classes.rows}>{found.files.map((file) => <FileRow key={file.id} request={found.id} file={file} />)}</ul>
    </Card>
  );
}

function FileRow({ request, file }: { request: number; file: LegalFile }) {
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      download(file.name || `file-${file.id}`, bytesOf((await fileOf(request, file.id)).content), "application/octet-stream");
    } catch (error) {
      failed(error);
    }
    setBusy(false);
  };
  const remarks = [!file.pdf && t.legal.notPdf, file.encrypted && t.legal.encrypted, file.active && t.legal.activeParts, file.pdf && file.signatures.length === 0 && t.legal.noSignature].filter(Boolean);
  return (
    <li>
      <strong dir="auto">{file.name}</strong>
      <span className="quiet">{wordFor(t.legal.fileKinds, file.kind)} · {dateTime(file.at)}</span>
      <Button size="compact-xs" variant="default" loading={busy} onClick={() => void save()}>{t.legal.saveFile}</Button>
      {file.signatures.map((one) => (
        <span key={one.serial + one.digest} className={classes.said}>
          {fill(t.legal.signature, { signer: one.signer || "?", issuer: one.issuer || "?" })}:{" "}
          <Mark good={one.good} yes={t.legal.sigGood} no={t.legal.sigBad} />, <Mark good={one.whole} yes={t.legal.sigWhole} no={t.legal.sigPart} />, <Mark good={one.trusted} yes={t.legal.sigTrusted} no={t.legal.sigUntrusted} />
          {one.signed_at ? ` · ${dateTime(one.signed_at)}` : ""}{one.problem ? ` · ${one.problem}` : ""}
        </span>
      ))}
      {remarks.length > 0 && <span className={`${classes.said} ${classes.bad}`}>{remarks.join(" · ")}</span>}
      <span className={`${classes.said} ${classes.mono}`}>SHA-256 {file.sha256}</span>
    </li>
  );
}

const Mark = ({ good, yes, no }: { good: boolean; yes: string; no: string }) => <span className={good ? classes.good : classes.bad}>{good ? yes : no}</span>;
