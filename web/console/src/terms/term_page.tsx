// One search term: what it finds, who asks for it, and what is done about it.
import { Alert, Anchor, Button, NativeSelect, SegmentedControl, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { compact, day, number } from "../../../shared/format.ts";
import type { Category, ChatCard, Term, TermDetail, TermEffect } from "../api/types.ts";
import { countriesOf } from "../cases/decision.ts";
import { Events, OneReport } from "../cases/tabs.tsx";
import { TextDialog } from "../cases/text_dialog.tsx";
import classes from "../cases/cases.module.css";
import { Ago, CategoryBadge, EffectBadge } from "../layout/labels.tsx";
import { failed, told } from "../layout/notify.ts";
import { Card, Facts, Page } from "../layout/page.tsx";
import { Answered } from "../layout/states.tsx";
import { useMay } from "../session/session.ts";
import { fill, t } from "../texts/index.ts";
import { useGuardTerm, useOpenCase, usePreview, useRejectTerm, useRetireTerm, useTerm } from "./queries.ts";

export function TermPage() {
  const id = Number(useParams().id);
  const query = useTerm(id);
  return <Answered query={query}>{(found) => <OpenTerm key={id} found={found} />}</Answered>;
}

function OpenTerm({ found }: { found: TermDetail }) {
  const { term } = found;
  const works = useMay("work");
  return (
    <Page wide title={<><span dir="auto">{term.text}</span> <CategoryBadge category={term.category} /></>} lead={<Anchor component={Link} to="/terms">{t.terms.back}</Anchor>}>
      <div className={classes.columns}>
        <div className={classes.left}>
          <Preview term={term} works={works} />
          <Card title={fill(t.terms.reportsTitle, { n: term.reports })}>
            {found.reports.length === 0 ? <Text size="sm" c="dimmed">{t.reports.none}</Text> : <ul className={classes.rows}>{found.reports.map((one) => <OneReport key={one.id} report={one} />)}</ul>}
          </Card>
          <Card title={t.tabs.history}><Events events={found.history} nobody={found.term.source === "report" ? t.events.reporters : undefined} /></Card>
        </div>
        <aside className={classes.right} aria-label={t.cases.actions}>
          <Card title={t.terms.state}>
            <Facts rows={[
              [t.queue.state, t.terms.states[term.state]],
              [t.terms.effect, term.state === "active" && term.effect && <EffectBadge key="effect" effect={term.effect} />],
              [t.terms.where, term.countries?.join(", ") || t.common.everywhere],
              [t.terms.canonical, found.canonical],
              [t.terms.source, t.terms.sources[term.source]],
              [t.terms.changed, term.changed_by && `${term.changed_by.name}`],
              [t.terms.expires, term.expires_at ? day(term.expires_at) : undefined],
              [t.terms.case, term.case_id && <Anchor key="case" component={Link} to={`/cases/${term.case_id}`}>{fill(t.cases.number, { id: term.case_id })}</Anchor>],
            ]} />
          </Card>
          {works && <Guard term={term} />}
          {found.daily && <Volume daily={found.daily} />}
        </aside>
      </div>
    </Page>
  );
}

// Thirty bars: enough to see whether it grows.
function Volume({ daily }: { daily: NonNullable<TermDetail["daily"]> }) {
  const most = Math.max(...daily.map((one) => one.asked), 1);
  const asked = daily.reduce((sum, one) => sum + one.asked, 0);
  const evaded = daily.reduce((sum, one) => sum + (one.evaded ?? 0), 0);
  const shown = daily.reduce((sum, one) => sum + (one.shown_anyway ?? 0), 0);
  const wrong = daily.reduce((sum, one) => sum + (one.overblock_reports ?? 0), 0);
  return (
    <Card title={t.terms.volume}>
      <Facts rows={[[t.terms.asked30, number(asked)], [t.terms.evaded, number(evaded)], [t.terms.shownAnyway, number(shown)], [t.terms.overblock, number(wrong)]]} />
      <svg viewBox={`0 0 ${daily.length * 8} 48`} role="img" aria-label={t.terms.daily} width="100%" height={56}>
        {daily.map((one, index) => <rect key={one.day} x={index * 8} y={48 - (46 * one.asked) / most} width={6} height={(46 * one.asked) / most} fill="var(--mantine-color-ember-filled)"><title>{`${one.day}: ${one.asked}`}</title></rect>)}
      </svg>
    </Card>
  );
}

function Guard({ term }: { term: Term }) {
  const [effect, setEffect] = useState<TermEffect>(term.effect ?? "interstitial");
  const [locale, setLocale] = useState(term.locale ?? "");
  const [countries, setCountries] = useState((term.countries ?? []).join(" "));
  const [expires, setExpires] = useState(term.expires_at ? new Date(term.expires_at * 1000).toISOString().slice(0, 10) : "");
  const [reason, setReason] = useState("");
  const [dialog, setDialog] = useState<"retire" | "reject">();
  const guard = useGuardTerm(term.id);
  const retire = useRetireTerm(term.id);
  const reject = useRejectTerm(term.id);
  const chosen = countriesOf(countries);
  const wrong = chosen.some((one) => !/^[A-Z]{2}$/.test(one));
  const send = () => guard.mutate(
    { version: term.version, effect, reason: reason.trim(), ...(locale ? { locale } : {}), countries: chosen, ...(expires ? { expires_at: Date.parse(expires) / 1000 } : {}) },
    { onSuccess: () => { setReason(""); told(t.terms.guarded); }, onError: failed },
  );
  return (
    <Card title={term.state === "active" ? t.terms.change : t.terms.guard}>
      <form onSubmit={(event) => { event.preventDefault(); send(); }}>
        <Stack gap="xs">
          <SegmentedControl size="xs" fullWidth orientation="vertical" value={effect} onChange={(value) => setEffect(value as TermEffect)} data={(["demote", "interstitial", "block", "allow"] as const).map((value) => ({ value, label: t.terms.effects[value] }))} aria-label={t.terms.effect} />
          <TextInput size="sm" label={t.terms.locale} description={t.terms.localeHint} value={locale} onChange={(event) => setLocale(event.currentTarget.value.trim())} />
          <TextInput size="sm" label={t.decide.countries} description={t.terms.countriesHint} value={countries} error={wrong ? t.decide.needsCountries : undefined} onChange={(event) => setCountries(event.currentTarget.value)} />
          <TextInput size="sm" type="date" label={t.terms.expires} value={expires} onChange={(event) => setExpires(event.currentTarget.value)} />
          <Textarea size="sm" label={t.terms.reason} value={reason} onChange={(event) => setReason(event.currentTarget.value)} autosize minRows={2} maxLength={4000} />
          <Button type="submit" loading={guard.isPending} disabled={!reason.trim() || wrong}>{term.state === "active" ? t.terms.changeSubmit : t.terms.guardSubmit}</Button>
          {term.state === "active" && <Button variant="default" onClick={() => setDialog("retire")}>{t.terms.retire}</Button>}
          {term.state === "proposed" && <Button variant="default" onClick={() => setDialog("reject")}>{t.terms.reject}</Button>}
        </Stack>
      </form>
      <TextDialog opened={dialog === "retire"} close={() => setDialog(undefined)} title={t.terms.retire} label={t.terms.reason} submit={t.terms.retire} busy={retire.isPending} act={(why) => retire.mutate(why, { onSuccess: () => setDialog(undefined), onError: failed })} />
      <TextDialog opened={dialog === "reject"} close={() => setDialog(undefined)} title={t.terms.reject} label={t.terms.reason} submit={t.terms.reject} busy={reject.isPending} act={(why) => reject.mutate(why, { onSuccess: () => setDialog(undefined), onError: failed })} />
    </Card>
  );
}

function Preview({ term, works }: { term: Term; works: boolean }) {
  const [country, setCountry] = useState("");
  const query = usePreview(term.id, country);
  return (
    <Card title={t.terms.finds} actions={<NativeSelect size="xs" aria-label={t.terms.country} value={country} onChange={(event) => setCountry(event.currentTarget.value)} data={[{ value: "", label: t.common.everywhere }, ...(term.countries ?? []).map((value) => ({ value, label: value }))]} />}>
      <Answered query={query}>
        {(found) => (
          <Stack gap="sm">
            {found.benign && found.benign.length > 0 && <Alert color="yellow" variant="light" title={t.terms.benign}>{found.benign.join(", ")}</Alert>}
            {found.peers.length + found.posts.length === 0 && <Text size="sm" c="dimmed">{t.terms.findsNothing}</Text>}
            <ul className={classes.rows}>
              {found.peers.map((one) => <FoundPeer key={`${one.kind} ${one.id}`} peer={one} category={term.category} text={term.text} works={works} />)}
              {found.posts.map((one) => (
                <li key={one.subject}>
                  <div className={classes.rowHead}><strong dir="auto">{one.title}</strong><span className="quiet"><Ago at={one.at} /></span></div>
                  <div className={classes.quote} dir="auto">{one.text}</div>
                </li>
              ))}
            </ul>
            {found.related.length > 0 && <Text size="sm">{t.terms.related} {found.related.map((one, index) => <span key={one.text}>{index > 0 && ", "}{one.id ? <Anchor component={Link} to={`/terms/${one.id}`}>{one.text}</Anchor> : one.text} <span className="quiet">({t.terms.states[one.state]})</span></span>)}</Text>}
          </Stack>
        )}
      </Answered>
    </Card>
  );
}

function FoundPeer({ peer, category, text, works }: { peer: ChatCard; category: Category; text: string; works: boolean }) {
  const open = useOpenCase();
  const navigate = useNavigate();
  const subject = peer.subject ?? `${peer.kind === "account" || peer.kind === "bot" ? "account" : peer.kind === "group" ? "group" : "channel"}/${peer.id}`;
  const start = () => open.mutate({ subject, category, note: fill(t.terms.foundBy, { text }) }, { onSuccess: (found) => void navigate(`/cases/${found.id}`), onError: failed });
  return (
    <li>
      <div className={classes.rowHead}>
        <strong dir="auto">{peer.title}{peer.verified ? " ✓" : ""}</strong>
        <span className="quiet">{t.chatKinds[peer.kind]}{peer.username ? ` · @${peer.username}` : ""} · {fill(t.terms.members, { n: compact(peer.members) })}</span>
        {peer.open_case
          ? <Anchor component={Link} size="sm" to={`/cases/${peer.open_case}`}>{fill(t.cases.number, { id: peer.open_case })}</Anchor>
          : works && <Button size="compact-xs" variant="default" loading={open.isPending} onClick={start}>{t.terms.openCase}</Button>}
      </div>
    </li>
  );
}
