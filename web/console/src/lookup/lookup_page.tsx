// Looking people and chats up. Each read has a reason, which is recorded before anything is shown.
import { Anchor, Button, Group, SegmentedControl, Stack, Table, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import { compact } from "../../../shared/format.ts";
import { answer, api } from "../api/client.ts";
import type { Chat, ChatCard, Member, MemberCard } from "../api/types.ts";
import { ChatFacts, MemberFacts } from "../cases/people_cards.tsx";
import { CaseLink } from "../cases/tabs.tsx";
import classes from "../cases/cases.module.css";
import { Ago } from "../layout/labels.tsx";
import { failed, told } from "../layout/notify.ts";
import { Card, Facts, Page } from "../layout/page.tsx";
import { Failed } from "../layout/states.tsx";
import { useMay } from "../session/session.ts";
import { useGuarded } from "../session/step_up.tsx";
import { fill, t } from "../texts/index.ts";

type Found = { kind: "members"; items: MemberCard[] } | { kind: "chats"; items: ChatCard[] };
interface Why {
  reason: string;
  case_id?: number;
}
type Opened = { kind: "member"; member: Member } | { kind: "chat"; chat: Chat };

export function LookupPage() {
  const [params] = useSearchParams();
  const caseId = Number(params.get("case")) || undefined;
  const member = Number(params.get("member")) || undefined;
  const chat = Number(params.get("chat")) || undefined;
  const [kind, setKind] = useState<"members" | "chats">(chat ? "chats" : "members");
  const [query, setQuery] = useState("");
  const [reason, setReason] = useState(caseId ? fill(t.lookup.forCase, { id: caseId }) : "");
  const why = { reason: reason.trim(), ...(caseId ? { case_id: caseId } : {}) };

  const find = useMutation({
    mutationFn: async (): Promise<Found> => kind === "members"
      ? { kind, ...(await answer(api.POST("/lookup/members", { body: { query: query.trim(), ...why } }))) }
      : { kind, ...(await answer(api.POST("/lookup/chats", { body: { query: query.trim(), ...why } }))) },
  });
  const open = useMutation({
    mutationFn: async ({ kind: what, id }: { kind: "members" | "chats"; id: number }): Promise<Opened> => what === "members"
      ? { kind: "member", member: await answer(api.POST("/lookup/members/{id}", { params: { path: { id } }, body: why })) }
      : { kind: "chat", chat: await answer(api.POST("/lookup/chats/{id}", { params: { path: { id } }, body: why })) },
  });
  // From a case, with the case as the reason.
  const { mutate } = open;
  useEffect(() => {
    if (caseId && member) mutate({ kind: "members", id: member });
    else if (caseId && chat) mutate({ kind: "chats", id: chat });
  }, [caseId, member, chat, mutate]);

  return (
    <Page title={t.lookup.title} lead={t.lookup.lead}>
      <Card>
        <form onSubmit={(event) => { event.preventDefault(); open.reset(); find.mutate(); }}>
          <Stack gap="sm">
            <SegmentedControl w="fit-content" value={kind} onChange={(value) => { setKind(value as typeof kind); find.reset(); open.reset(); }} data={[{ value: "members", label: t.lookup.members }, { value: "chats", label: t.lookup.chats }]} aria-label={t.lookup.what} />
            <Group align="flex-start" grow>
              <TextInput label={kind === "members" ? t.lookup.memberQuery : t.lookup.chatQuery} value={query} onChange={(event) => setQuery(event.currentTarget.value)} maxLength={128} />
              <TextInput label={t.lookup.reason} description={t.lookup.reasonHint} inputWrapperOrder={["label", "input", "description"]} value={reason} onChange={(event) => setReason(event.currentTarget.value)} maxLength={500} />
            </Group>
            <Button type="submit" w="fit-content" disabled={!query.trim() || why.reason.length < 3} loading={find.isPending}>{t.lookup.find}</Button>
          </Stack>
        </form>
      </Card>
      {find.error && <Failed error={find.error} />}
      {find.data && <FoundList found={find.data} open={(id) => open.mutate({ kind: find.data.kind, id })} />}
      {open.error && <Failed error={open.error} />}
      {open.data?.kind === "member" && <OpenMember member={open.data.member} why={why} again={(id) => open.mutate({ kind: "members", id })} />}
      {open.data?.kind === "chat" && <OpenChat chat={open.data.chat} why={why} again={(id) => open.mutate({ kind: "chats", id })} />}
    </Page>
  );
}

function FoundList({ found, open }: { found: Found; open: (id: number) => void }) {
  if (found.items.length === 0) return <Text c="dimmed" role="status">{t.lookup.nobody}</Text>;
  return (
    <Card flush>
      <Table aria-label={t.lookup.results}>
        <Table.Tbody>
          {found.kind === "members"
            ? found.items.map((one) => <Table.Tr key={one.id}><Table.Td><span dir="auto">{one.name}</span> {one.username && <span className="quiet">@{one.username}</span>}</Table.Td><Table.Td>{t.standing[one.standing]}</Table.Td><Table.Td>{fill(t.lookup.cases, { n: one.cases })}</Table.Td><Table.Td><Button size="compact-sm" variant="default" onClick={() => open(one.id)} aria-label={fill(t.lookup.openOne, { name: one.name })}>{t.common.open}</Button></Table.Td></Table.Tr>)
            : found.items.map((one) => <Table.Tr key={one.id}><Table.Td><span dir="auto">{one.title}</span> {one.username && <span className="quiet">@{one.username}</span>}</Table.Td><Table.Td>{t.chatKinds[one.kind]} · {fill(t.terms.members, { n: compact(one.members) })}</Table.Td><Table.Td>{fill(t.lookup.cases, { n: one.cases })}</Table.Td><Table.Td><Button size="compact-sm" variant="default" onClick={() => open(one.id)} aria-label={fill(t.lookup.openOne, { name: one.title })}>{t.common.open}</Button></Table.Td></Table.Tr>)}
        </Table.Tbody>
      </Table>
    </Card>
  );
}

const CaseList = ({ items }: { items: Member["cases"] }) => items.length === 0 ? <Text size="sm" c="dimmed">{t.common.none}</Text> : <ul className={classes.rows}>{items.map((one) => <li key={one.id}><CaseLink item={one} /></li>)}</ul>;

// Whether they are who they say they are: what clients mark, and search prefers.
function Verify({ of, card, why, again }: { of: "members" | "chats"; card: { id: number; username?: string; verified?: boolean }; why: Why; again: (id: number) => void }) {
  const may = useMay("verify");
  const guarded = useGuarded();
  const { id, username, verified = false } = card;
  const verify = useMutation({
    mutationFn: () => guarded(() => answer(api.POST(`/lookup/${of}/{id}/verified`, { params: { path: { id } }, body: { ...why, verified: !verified } }))),
    onSuccess: () => { told(verified ? t.lookup.unverified : t.lookup.verified); again(id); },
    onError: failed,
  });
  if (!may || (!username && !verified)) return null;
  return (
    <Group gap="sm" mt="sm">
      <Button size="xs" variant="default" disabled={why.reason.length < 3} loading={verify.isPending} onClick={() => verify.mutate()}>{verified ? t.lookup.unverify : t.lookup.verify}</Button>
      <Text size="xs" c="dimmed">{t.lookup.verifyHint}</Text>
    </Group>
  );
}

function OpenMember({ member, why, again }: { member: Member; why: Why; again: (id: number) => void }) {
  const { reporting } = member;
  return (
    <>
      <Card title={member.card.name}><MemberFacts member={member.card} />{member.about && <Text size="sm" mt="xs" dir="auto">{member.about}</Text>}<Verify of="members" card={member.card} why={why} again={again} /></Card>
      {reporting && <Card title={t.lookup.asReporter}><Facts rows={[[t.lookup.reports, String(reporting.reports)], [t.lookup.right, String(reporting.right ?? 0)], [t.lookup.wrong, String(reporting.wrong ?? 0)]]} /></Card>}
      <Card title={t.lookup.itsCases}><CaseList items={member.cases} /></Card>
      {member.chats.length > 0 && <Card title={t.lookup.itsChats}><ul className={classes.rows}>{member.chats.map((one) => <li key={one.id}><span dir="auto">{one.title}</span> <span className="quiet">{one.username ? `@${one.username}` : ""} · {fill(t.terms.members, { n: compact(one.members) })}</span></li>)}</ul></Card>}
    </>
  );
}

function OpenChat({ chat, why, again }: { chat: Chat; why: Why; again: (id: number) => void }) {
  return (
    <>
      <Card title={chat.card.title} actions={chat.card.open_case && <Anchor href={`#/cases/${chat.card.open_case}`} size="sm">{fill(t.cases.number, { id: chat.card.open_case })}</Anchor>}><ChatFacts chat={chat.card} />{chat.about && <Text size="sm" mt="xs" dir="auto">{chat.about}</Text>}<Verify of="chats" card={chat.card} why={why} again={again} /></Card>
      {chat.owner && <Card title={t.lookup.owner}><MemberFacts member={chat.owner} /></Card>}
      <Card title={t.lookup.itsCases}><CaseList items={chat.cases} /></Card>
      {chat.posts && <Card title={t.lookup.posts}><ul className={classes.rows}>{chat.posts.map((one) => <li key={one.id}><span className="quiet"><Ago at={one.at} /></span><div className={classes.quote} dir="auto">{one.withheld ? t.context.withheld : one.text || t.context.mediaOnly}</div></li>)}</ul></Card>}
    </>
  );
}
