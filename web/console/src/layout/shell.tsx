// The frame around every screen: who is signed in, where one can go, and the keys that work everywhere.
import { Button, Menu, Text, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Suspense, useEffect, useState } from "react";
import { Navigate, NavLink, Outlet, useNavigate } from "react-router";
import { useKeys } from "../../../shared/keys.tsx";
import { isProblem } from "../../../shared/problem.ts";
import { answer, api } from "../api/client.ts";
import type { Role } from "../api/types.ts";
import { SignIn } from "../session/sign_in.tsx";
import { mayDo, useMeta, useSession, useSessionQuery, type Right } from "../session/session.ts";
import { fill, t } from "../texts/index.ts";
import { Exposures } from "../wellness/exposures.tsx";
import { useLegalCounts } from "../legal/queries.ts";
import { useQueueCounts } from "../queue/queries.ts";
import { compact } from "../../../shared/format.ts";
import { useTemplates } from "../cases/queries.ts";
import { KeyList } from "./key_list.tsx";
import { failed } from "./notify.ts";
import classes from "./shell.module.css";
import { Failed, Loading } from "./states.tsx";

interface Place {
  to: string;
  text: string;
  right: Right;
  key: string;
}

// Where somebody of this role begins.
const homeOf = (role: Role): string => (role === "legal-officer" || role === "legal-approver" ? "/legal" : "/queue");

const places: Place[] = [
  { to: "/queue", text: t.nav.queue, right: "cases", key: "g q" },
  { to: "/legal", text: t.nav.legal, right: "legal", key: "g d" },
  { to: "/appeals", text: t.nav.appeals, right: "appeals", key: "g a" },
  { to: "/terms", text: t.nav.terms, right: "terms", key: "g t" },
  { to: "/lookup", text: t.nav.lookup, right: "lookup", key: "g m" },
  { to: "/quality", text: t.nav.quality, right: "quality", key: "g y" },
  { to: "/figures", text: t.nav.figures, right: "anything", key: "g f" },
  { to: "/reports", text: t.nav.reports, right: "reports", key: "g n" },
  { to: "/lists", text: t.nav.lists, right: "terms", key: "g l" },
  { to: "/policy", text: t.nav.policy, right: "anything", key: "g p" },
  { to: "/templates", text: t.nav.templates, right: "templates", key: "g r" },
  { to: "/staff", text: t.nav.staff, right: "staff", key: "g s" },
];

export function Home() {
  return <Navigate to={homeOf(useSession().role)} replace />;
}

export function Shell() {
  const query = useSessionQuery();
  if (query.isPending) return <Loading />;
  if (isProblem(query.error, "SIGN_IN_NEEDED")) return <SignIn />;
  if (!query.data) return <Failed error={query.error} again={() => void query.refetch()} />;
  return <Frame />;
}

function Frame() {
  const session = useSession();
  const meta = useMeta();
  const navigate = useNavigate();
  const counts = useQueueCounts(mayDo(session.role, "cases"));
  const legal = useLegalCounts(mayDo(session.role, "legal"));
  const [keysOpen, setKeysOpen] = useState(false);
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  useEffect(() => setColorScheme(session.settings.theme), [session.settings.theme, setColorScheme]);
  useSignedOut();
  useTemplates(mayDo(session.role, "work"));  // at hand before the first case is opened

  const mine = places.filter((place) => mayDo(session.role, place.right));
  useKeys(t.keys.everywhere, [
    { keys: "?", text: t.keys.help, run: () => setKeysOpen(true) },
    ...mine.map((place) => ({ keys: place.key, text: place.text, run: () => void navigate(place.to) })),
  ]);
  const waiting = counts.data?.items.reduce((sum, one) => sum + one.open, 0);
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#main" onClick={(event) => { event.preventDefault(); document.getElementById("main")?.focus(); }}>{t.nav.skip}</a>
      <header className={classes.header}>
        <div className={classes.brand}>
          <img src={new URL("../../icon.svg", import.meta.url).href} alt="" width={24} height={24} />
          <Text fw={600}>{meta?.server ?? t.nav.product}</Text>
          <Text c="dimmed" size="sm">{t.nav.console}</Text>
        </div>
        <div className={classes.tools}>
          <Exposures />
          <Button size="compact-sm" variant="default" onClick={() => setKeysOpen(true)} aria-label={t.keys.help}>?</Button>
          <Person />
        </div>
      </header>
      <nav className={classes.nav} aria-label={t.nav.places}>
        {mine.map((place) => (
          <NavLink key={place.to} to={place.to} className={({ isActive }) => (isActive ? `${classes.link} ${classes.active}` : classes.link)!}>
            <span>{place.text}</span>
            {place.to === "/queue" && waiting !== undefined && <span className={classes.count}>{compact(waiting)}</span>}
            {place.to === "/legal" && legal.data && <Clocks counts={legal.data} />}
          </NavLink>
        ))}
      </nav>
      <main id="main" className={classes.main} tabIndex={-1}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      <KeyList opened={keysOpen} close={() => setKeysOpen(false)} />
    </div>
  );
}

// How many requests of authorities are late, or will be within a day; where none is, how many are open.
function Clocks({ counts }: { counts: { open: number; overdue: number; due_within_a_day: number; applications: number } }) {
  const pressing = counts.overdue + counts.due_within_a_day;
  const said = fill(t.nav.legalCounts, { open: counts.open, overdue: counts.overdue, soon: counts.due_within_a_day, applications: counts.applications });
  if (pressing === 0) return <span className={classes.count} title={said}>{compact(counts.open)}</span>;
  return <span className={`${classes.count} ${classes.pressing}`} title={said} role="img" aria-label={said}>{compact(pressing)}</span>;
}

// Whatever finds out that the session has ended leads back to the sign-in page.
function useSignedOut(): void {
  const queries = useQueryClient();
  useEffect(() => queries.getQueryCache().subscribe((event) => {
    if (event.type === "updated" && event.action.type === "error" && isProblem(event.action.error, "SIGN_IN_NEEDED")) void queries.invalidateQueries({ queryKey: ["session"] });
  }), [queries]);
}

function Person() {
  const session = useSession();
  const navigate = useNavigate();
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
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <UnstyledButton className={classes.person}>
          <span>{session.name}</span>
          <Text component="span" size="xs" c="dimmed">{t.roles[session.role]}</Text>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void navigate("/settings")}>{t.nav.settings}</Menu.Item>
        <Menu.Item onClick={() => void leave()}>{t.session.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
