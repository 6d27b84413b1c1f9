import { Alert, Button, Divider, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { useState, type FormEvent } from "react";
import { answer, api } from "../api/client.ts";
import { t } from "../texts/index.ts";
import { CodeInput } from "./code_input.tsx";
import classes from "./session.module.css";
import { useAttempt } from "./attempt.ts";
import { passkeysWork, signInWithPasskey } from "./passkeys.ts";
import { useSetSession } from "./session.ts";

export function SignIn() {
  const setSession = useSetSession();
  const [name, setName] = useState("");
  const [code, setCode] = useState("");
  const { busy, error, attempt } = useAttempt(setSession);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void attempt(() => answer(api.POST("/session/totp", { body: { name, code } })));
  };
  return (
    <main className={classes.page}>
      <Paper className={classes.card} withBorder p="xl">
        <Stack>
          <div>
            <Title order={1}>{t.session.title}</Title>
            <Text c="dimmed" size="sm">{t.session.lead}</Text>
          </div>
          {error && <Alert color="red" variant="light" title={t.session.failed}>{error}</Alert>}
          {passkeysWork()
            ? <Button size="md" loading={busy} onClick={() => void attempt(signInWithPasskey)}>{t.session.withPasskey}</Button>
            : <Text size="sm">{t.session.noPasskeys}</Text>}
          <Divider label={t.session.or} />
          <form onSubmit={submit}>
            <Stack>
              <TextInput label={t.session.name} value={name} onChange={(event) => setName(event.currentTarget.value)} autoComplete="username" />
              <CodeInput value={code} onChange={setCode} />
              <Button type="submit" variant="default" disabled={!name || code.length < 6} loading={busy}>{t.session.withCode}</Button>
            </Stack>
          </form>
        </Stack>
      </Paper>
    </main>
  );
}
