// What the enrolment link opens: a passkey, or an authenticator app, and then the console.
import { Alert, Button, Code, Divider, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import { useNavigate, useParams } from "react-router";
import { encode } from "uqr";
import { answer, api } from "../api/client.ts";
import type { Session } from "../api/types.ts";
import { Answered, describe } from "../layout/states.tsx";
import { fill, t } from "../texts/index.ts";
import { CodeInput } from "./code_input.tsx";
import classes from "./session.module.css";
import { enrolPasskey, isAbandoned, passkeysWork } from "./passkeys.ts";
import { useSetSession } from "./session.ts";

export function Enrol() {
  const { token = "" } = useParams();
  const query = useQuery({ queryKey: ["enrolment", token], queryFn: () => answer(api.POST("/enrolment", { body: { token } })), retry: false });
  return (
    <main className={classes.page}>
      <Paper className={classes.card} withBorder p="xl">
        <Answered query={query}>{(whom) => <Choices token={token} name={whom.name} role={t.roles[whom.role]} />}</Answered>
      </Paper>
    </main>
  );
}

function Choices({ token, name, role }: { token: string; name: string; role: string }) {
  const setSession = useSetSession();
  const navigate = useNavigate();
  const [label, setLabel] = useState("");
  const [app, setApp] = useState<{ secret: string; uri: string }>();
  const [code, setCode] = useState("");
  const [error, setError] = useState<string>();

  const attempt = async (act: () => Promise<Session | void>) => {
    setError(undefined);
    try {
      const session = await act();
      if (!session) return;
      setSession(session);
      void navigate("/", { replace: true });
    } catch (failure) {
      if (!isAbandoned(failure)) setError(describe(failure));
    }
  };
  const prove = (event: FormEvent) => {
    event.preventDefault();
    void attempt(() => answer(api.POST("/enrolment/totp", { body: { token, code } })));
  };
  return (
    <Stack>
      <div>
        <Title order={1}>{fill(t.session.welcome, { name })}</Title>
        <Text c="dimmed" size="sm">{fill(t.session.enrolLead, { role })}</Text>
      </div>
      {error && <Alert color="red" variant="light" title={t.session.enrolFailed}>{error}</Alert>}
      {passkeysWork() && (
        <>
          <TextInput label={t.session.keyLabel} placeholder={t.session.keyLabelExample} value={label} onChange={(event) => setLabel(event.currentTarget.value)} maxLength={64} />
          <Button size="md" onClick={() => void attempt(() => enrolPasskey(token, label))}>{t.session.makePasskey}</Button>
        </>
      )}
      <Divider label={t.session.or} />
      {!app && (
        <Button variant="default" onClick={() => void attempt(async () => setApp(await answer(api.POST("/enrolment/totp/options", { body: { token } }))))}>
          {t.session.useApp}
        </Button>
      )}
      {app && (
        <form onSubmit={prove}>
          <Stack>
            <Text size="sm">{t.session.scan}</Text>
            <QrCode text={app.uri} />
            <Code className={classes.secret}>{app.secret}</Code>
            <CodeInput value={code} onChange={setCode} />
            <Button type="submit" disabled={code.length < 6}>{t.session.finish}</Button>
          </Stack>
        </form>
      )}
    </Stack>
  );
}

function QrCode({ text }: { text: string }) {
  const { data, size } = encode(text);
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return (
    <svg className={classes.code} viewBox={`0 0 ${size} ${size}`} role="img" aria-label={t.session.qrCode} shapeRendering="crispEdges">
      <path d={path} fill="#000" />
    </svg>
  );
}
