// What the link from the legal desk opens: a passkey, and the key that answers are encrypted to.
import { Alert, Button, Stack, Text, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useNavigate, useParams } from "react-router";
import { isAbandoned } from "../../../shared/passkeys.ts";
import { inVault } from "../../../shared/vault/vault.ts";
import { answer, api } from "../api/client.ts";
import type { Session } from "../api/types.ts";
import { exportKey, keep } from "../key/key_file.ts";
import classes from "../layout/layout.module.css";
import { Card, Facts, Page } from "../layout/page.tsx";
import { Answered, describe } from "../layout/states.tsx";
import { fill, t } from "../texts/index.ts";
import { enrol, passkeysWork } from "./passkeys.ts";
import { useSetSession } from "./session.ts";

interface Made {
  session: Session;
  file: string;
}

export function EnrolPage() {
  const { token = "" } = useParams();
  const [made, setMade] = useState<Made>();
  const query = useQuery({ queryKey: ["invitation", token], queryFn: () => answer(api.POST("/enrolment/options", { body: { token } })), retry: false, staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false, enabled: !made });
  return (
    <main id="main" className={classes.main} tabIndex={-1}>
      {made ? <Done made={made} /> : (
        <Answered query={query}>
          {(whom) => (
            <Page title={fill(t.enrol.title, { name: whom.officer })} lead={fill(t.enrol.lead, { agency: whom.agency })}>
              <Enrol token={token} done={setMade} />
            </Page>
          )}
        </Answered>
      )}
    </main>
  );
}

function Enrol({ token, done }: { token: string; done: (made: Made) => void }) {
  const [passphrase, setPassphrase] = useState("");
  const [again, setAgain] = useState("");
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const short = new TextEncoder().encode(passphrase).length < 12;
  const differ = again !== "" && again !== passphrase;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      const key = await inVault("makeKey", { passphrase });
      // Anew: making the key may have taken longer than a challenge is good for.
      const invitation = await answer(api.POST("/enrolment/options", { body: { token } }));
      keep(key.public_key, key.file);
      const session = await enrol(token, invitation, key.public_key);
      done({ session, file: key.file });
    } catch (failure) {
      if (!isAbandoned(failure)) setError(describe(failure));
    }
    setBusy(false);
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack>
        {error && <Alert color="red" variant="light" title={t.enrol.failed} role="alert">{error}</Alert>}
        <Card title={t.enrol.passkey} lead={t.enrol.passkeyText}>{!passkeysWork() && <Text size="sm">{t.session.noPasskeys}</Text>}</Card>
        <Card title={t.enrol.key} lead={t.enrol.keyText}>
          <TextInput type="password" autoComplete="new-password" label={t.enrol.passphrase} description={t.enrol.passphraseHint} value={passphrase} onChange={(event) => setPassphrase(event.currentTarget.value)} />
          <TextInput type="password" autoComplete="new-password" label={t.enrol.repeat} value={again} onChange={(event) => setAgain(event.currentTarget.value)} error={differ && t.enrol.differ} />
          <Button type="submit" size="md" loading={busy} disabled={short || again !== passphrase}>{t.enrol.submit}</Button>
          {busy && <Text size="sm" role="status">{t.enrol.working}</Text>}
        </Card>
      </Stack>
    </form>
  );
}

function Done({ made }: { made: Made }) {
  const queries = useQueryClient();
  const setSession = useSetSession();
  const navigate = useNavigate();
  const goOn = () => {
    queries.clear();
    setSession(made.session);
    void navigate("/", { replace: true });
  };
  return (
    <Page title={t.enrol.done} lead={t.enrol.doneText}>
      <Card>
        <div className={classes.buttons}>
          <Button onClick={() => exportKey(made.session.officer.id, made.file)}>{t.key.export}</Button>
          <Button variant="default" onClick={goOn}>{t.enrol.goOn}</Button>
        </div>
        <Facts rows={[[t.key.signer, <span key="signer" className={classes.mono}>{made.session.answers_signed_by}</span>]]} />
        <Text size="sm" c="dimmed">{t.key.signerText}</Text>
      </Card>
    </Page>
  );
}
