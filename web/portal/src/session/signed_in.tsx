// Screens for whoever is signed in; for others, the way in.
import { Alert, Anchor, Button, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link, NavLink, Outlet } from "react-router";
import { isProblem } from "../../../shared/problem.ts";
import { isAbandoned } from "../../../shared/passkeys.ts";
import { answer, api } from "../api/client.ts";
import classes from "../layout/layout.module.css";
import { Card, Page } from "../layout/page.tsx";
import { describe, failed, Failed, Loading } from "../layout/states.tsx";
import { t } from "../texts/index.ts";
import { enter, passkeysWork } from "./passkeys.ts";
import { useSession, useSessionQuery, useSetSession } from "./session.ts";

const places: [to: string, text: string][] = [["/", t.nav.requests], ["/new", t.nav.file], ["/key", t.nav.key]];

export function SignedIn() {
  const query = useSessionQuery();
  useSignedOut();
  if (query.isPending) return <Loading />;
  if (isProblem(query.error, "SIGN_IN_NEEDED")) return <SignIn />;
  if (!query.data) return <main className={classes.page}><Failed error={query.error} again={() => void query.refetch()} /></main>;
  return (
    <>
      <nav className={classes.nav} aria-label={t.nav.places}>
        {places.map(([to, text]) => <NavLink key={to} to={to} end className={({ isActive }) => (isActive ? `${classes.link} ${classes.active}` : classes.link)!}>{text}</NavLink>)}
        <Who />
      </nav>
      <main id="main" className={classes.main} tabIndex={-1}><Outlet /></main>
    </>
  );
}

// Whatever finds out that the session has ended leads back to the way in.
function useSignedOut(): void {
  const queries = useQueryClient();
  useEffect(() => queries.getQueryCache().subscribe((event) => {
    if (event.type === "updated" && event.action.type === "error" && event.query.queryKey[0] !== "session" && isProblem(event.action.error, "SIGN_IN_NEEDED")) void queries.resetQueries({ queryKey: ["session"] });
  }), [queries]);
}

function Who() {
  const session = useSession();
  const leave = async () => {
    try {
      await answer(api.DELETE("/session", {}));
      // Begins anew, so that nothing of what was shown stays in memory.
      window.location.hash = "#/";
      window.location.reload();
    } catch (error) {
      failed(error);
    }
  };
  return (
    <div className={classes.who}>
      <span dir="auto">{session.officer.name} · {session.agency.name}</span>
      <Button size="compact-sm" variant="default" onClick={() => void leave()}>{t.nav.signOut}</Button>
    </div>
  );
}

function SignIn() {
  const setSession = useSetSession();
  const queries = useQueryClient();
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  const attempt = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const session = await enter();
      queries.clear();
      setSession(session);
    } catch (failure) {
      if (!isAbandoned(failure)) setError(describe(failure));
    }
    setBusy(false);
  };
  return (
    <main id="main" className={classes.main} tabIndex={-1}>
      <Page title={t.session.title} lead={t.session.lead}>
        <Card>
          <Stack>
            {error && <Alert color="red" variant="light" title={t.session.failed} role="alert">{error}</Alert>}
            {passkeysWork() ? <Button size="md" loading={busy} onClick={() => void attempt()}>{t.session.enter}</Button> : <Text size="sm">{t.session.noPasskeys}</Text>}
            <Text size="sm" c="dimmed">{t.session.newHere}</Text>
            <Anchor component={Link} to="/apply" size="sm">{t.session.apply}</Anchor>
            <Anchor component={Link} to="/apply/standing" size="sm">{t.apply.standing}</Anchor>
          </Stack>
        </Card>
      </Page>
    </main>
  );
}
