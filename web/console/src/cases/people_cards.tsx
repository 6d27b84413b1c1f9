// Who wrote it, and where it stands.
import { Anchor } from "@mantine/core";
import { Link } from "react-router";
import { compact, countryName, day } from "../../../shared/format.ts";
import type { ChatCard, MemberCard } from "../api/types.ts";
import { Card, Facts } from "../layout/page.tsx";
import { useMay } from "../session/session.ts";
import { fill, t } from "../texts/index.ts";

export function AuthorCard({ author, caseId }: { author: MemberCard; caseId?: number }) {
  const looks = useMay("lookup");
  return (
    <Card title={t.people.author} actions={looks && caseId !== undefined && <Anchor component={Link} size="xs" to={`/lookup?member=${author.id}&case=${caseId}`}>{t.people.lookUp}</Anchor>}>
      <MemberFacts member={author} />
    </Card>
  );
}

export function MemberFacts({ member }: { member: MemberCard }) {
  return (
    <Facts rows={[
      [t.people.name, <span dir="auto" key="name">{member.deleted ? t.people.deleted : member.name}{member.bot ? ` (${t.people.bot})` : ""}{member.verified ? " ✓" : ""}</span>],
      [t.people.username, member.username && `@${member.username}`],
      [t.people.standing, t.standing[member.standing]],
      [t.people.limitedUntil, member.limited_until && `${day(member.limited_until)}${member.limit ? ` (${t.limits[member.limit]})` : ""}`],
      [t.people.strikes, String(member.strikes)],
      [t.people.cases, member.violations === undefined ? String(member.cases) : fill(t.people.casesOf, { n: member.cases, upheld: member.violations })],
      [t.people.since, member.since && day(member.since)],
      [t.people.country, member.country && countryName(member.country)],
    ]} />
  );
}

export function PlaceCard({ place, caseId }: { place: ChatCard; caseId?: number }) {
  const looks = useMay("lookup");
  return (
    <Card title={t.people.place} actions={looks && caseId !== undefined && <Anchor component={Link} size="xs" to={`/lookup?chat=${place.id}&case=${caseId}`}>{t.people.lookUp}</Anchor>}>
      <ChatFacts chat={place} />
    </Card>
  );
}

export function ChatFacts({ chat }: { chat: ChatCard }) {
  const marks = [chat.public ? t.people.public : t.people.private, chat.verified && t.people.verified, chat.delisted && t.people.delisted, chat.closed && t.people.closed].filter(Boolean);
  return (
    <Facts rows={[
      [t.people.title, <span dir="auto" key="title">{chat.title}</span>],
      [t.people.kind, `${t.chatKinds[chat.kind]} · ${marks.join(" · ")}`],
      [t.people.username, chat.username && `@${chat.username}`],
      [t.people.members, compact(chat.members)],
      [t.people.cases, String(chat.cases)],
      [t.people.created, chat.created_at && day(chat.created_at)],
    ]} />
  );
}
