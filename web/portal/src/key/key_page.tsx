import { Alert, Button, FileButton, Text } from "@mantine/core";
import { useState } from "react";
import { Problem } from "../../../shared/problem.ts";
import { inVault } from "../../../shared/vault/vault.ts";
import classes from "../layout/layout.module.css";
import { Card, Facts, Page } from "../layout/page.tsx";
import { failed, told } from "../layout/states.tsx";
import { useSession } from "../session/session.ts";
import { t } from "../texts/index.ts";
import { Certificate } from "./certificate.tsx";
import { exportKey, keep, kept } from "./key_file.ts";

export function KeyPage() {
  const session = useSession();
  const publicKey = session.officer.box_key;
  const [file, setFile] = useState(kept(publicKey));
  const load = async (chosen: File | null) => {
    if (!chosen) return;
    try {
      const text = await chosen.text();
      if ((await inVault("publicKeyOf", { file: text })) !== publicKey) return failed(new Problem({ title: "", status: 0, detail: t.key.importOther }));
      keep(publicKey, text);
      setFile(text);
      told(t.key.imported);
    } catch (error) {
      failed(error);
    }
  };
  return (
    <Page title={t.key.title} lead={t.key.lead}>
      <Card>
        {file ? <Text size="sm">{t.key.here}</Text> : <Alert color="yellow" variant="light">{t.key.missing}</Alert>}
        <div className={classes.buttons}>
          {file && <Button onClick={() => exportKey(session.officer.id, file)}>{t.key.export}</Button>}
          <FileButton accept=".txt,text/plain" onChange={(chosen) => void load(chosen)}>{(props) => <Button {...props} variant="default">{t.key.import}</Button>}</FileButton>
        </div>
        <Facts rows={[
          [t.key.public, <span key="public" className={classes.mono}>{publicKey}</span>],
          [t.key.signer, <span key="signer" className={classes.mono}>{session.answers_signed_by}</span>],
        ]} />
        <Certificate certificate={session.answers_certificate} />
        <Text size="sm" c="dimmed">{t.key.signerText}</Text>
        <Text size="sm" c="dimmed">{t.key.lost}</Text>
      </Card>
    </Page>
  );
}
