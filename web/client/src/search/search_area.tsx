// The left column while one searches beyond one chat: names, public posts, one's own messages.
import { ActionIcon, Button, Tabs, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, useLocation, useNavigate, useSearchParams } from "react-router";
import type { Message } from "@mtcute/core";
import { errorText } from "../api/errors.ts";
import { chatName, nameOf, summary } from "../chats/names.ts";
import { presence } from "../chats/presence.ts";
import { openAt } from "../history/open_at.ts";
import { plain } from "../history/plain.ts";
import { isSensitive } from "../media/covers.ts";
import { Columns, Head } from "../layout/columns.tsx";
import { fullTime, listTime } from "../layout/formats.ts";
import { Icon } from "../layout/icons.tsx";
import { failed } from "../layout/notify.ts";
import { Empty, Failed, Loading } from "../layout/states.tsx";
import { PeerAvatar } from "../media/avatar.tsx";
import { reportSearch } from "../report/report.tsx";
import { withheldOf } from "../report/tombstone.tsx";
import { Interstitial } from "./interstitial.tsx";
import { findMessages, findPeers, findPosts, type Offset } from "./queries.ts";
import page from "../layout/page.module.css";
import classes from "./search.module.css";

const kinds = ["names", "posts", "messages"] as const;
type Kind = (typeof kinds)[number];

export function SearchArea() {
  const { t } = useTranslation();
  return <Columns open="side" label={t("common.search")} side={<SearchColumn />}><Outlet /></Columns>;
}

function SearchColumn() {
  const { t } = useTranslation();
  const [parameters, setParameters] = useSearchParams();
  const { state } = useLocation();
  const asked = parameters.get("q") ?? "";
  // The address follows what is typed, and later than the next letter: it has its say only where something else wrote it.
  const [text, setText] = useState(asked);
  const typed = (state as { typed?: boolean } | null)?.typed === true;
  useEffect(() => { if (!typed) setText(asked); }, [asked, typed]);
  const kind = kinds.find((each) => each === parameters.get("in")) ?? (text.startsWith("#") ? "posts" : "names");
  const [query] = useDebouncedValue(text.trim(), 300);
  const change = (q: string, where: Kind) => {
    setText(q);
    setParameters({ q, in: where }, { replace: true, state: { typed: true } });
  };
  return (
    <>
      <Head>
        <ActionIcon component={Link} to="/" variant="subtle" color="gray" size="lg" aria-label={t("common.back")}><Icon name="back" turns /></ActionIcon>
        <TextInput className={page.grow} type="search" aria-label={t("common.search")} placeholder={t("search.placeholder")} value={text} dir="auto" autoFocus
          onChange={(event) => change(event.currentTarget.value, event.currentTarget.value.startsWith("#") ? "posts" : kind)} />
      </Head>
      <Tabs value={kind} onChange={(value) => change(text, kinds.find((each) => each === value) ?? "names")} aria-label={t("search.where")}>
        <Tabs.List className={classes.tabs}>{kinds.map((each) => <Tabs.Tab key={each} value={each}>{t(`search.${each}`)}</Tabs.Tab>)}</Tabs.List>
      </Tabs>
      <div className={classes.results} aria-live="polite">
        {query === "" ? <Empty title={t("search.begin")} text={t("search.beginText")} />
          : kind === "names" ? <Names query={query} /> : <Messages key={kind} query={query} kind={kind} />}
        {query !== "" && <ReportLine query={query} />}
      </div>
    </>
  );
}

function ReportLine({ query }: { query: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return <div className={classes.report}><Button variant="subtle" size="compact-xs" color="gray" onClick={() => void reportSearch(query, navigate).catch(failed)}>{t("search.report")}</Button></div>;
}

function Names({ query }: { query: string }) {
  const { t } = useTranslation();
  const found = useQuery({ queryKey: ["search", "names", query], queryFn: () => findPeers(query) });
  if (found.error) return <Failed text={errorText(found.error)} again={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const { mine, others, held } = found.data;
  return (
    <>
      {mine.length > 0 && <PeerList title={t("search.mine")} peers={mine} />}
      {held && <div className={classes.padded}><Interstitial query={query} /></div>}
      {others.length > 0 && <PeerList title={t("search.everybody")} peers={others} />}
      {mine.length + others.length === 0 && !held && <Empty title={t("search.nothing")} text={t("search.nothingText")} />}
    </>
  );
}

export function PeerList({ title, peers }: { title: string; peers: readonly Parameters<typeof chatName>[0][] }) {
  const { t } = useTranslation();
  return (
    <section className={classes.section}>
      <Text component="h2" size="sm" fw={600} c="dimmed">{title}</Text>
      <ul className={page.list}>
        {peers.map((peer) => (
          <li key={peer.id}>
            <Link to={`/chat/${peer.id}`} className={classes.hit}>
              <PeerAvatar peer={peer} size={40} />
              <span className={page.grow}>
                <Text span fw={600} className={classes.line} dir="auto">{chatName(peer)}{peer.isVerified && <span role="img" aria-label={t("info.verified")}> ✔</span>}</Text>
                <Text span size="sm" c="dimmed" className={classes.line}>{[peer.username && `@${peer.username}`, presence(peer)].filter(Boolean).join(" · ")}</Text>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Messages({ query, kind }: { query: string; kind: "posts" | "messages" }) {
  const { t } = useTranslation();
  const found = useInfiniteQuery({
    queryKey: ["search", kind, query],
    queryFn: ({ pageParam }) => (kind === "posts" ? findPosts(query, pageParam) : findMessages(query, pageParam)),
    initialPageParam: undefined as Offset | undefined,
    getNextPageParam: (last) => last.next,
  });
  if (found.error) return <Failed text={errorText(found.error)} again={() => void found.refetch()} />;
  if (!found.data) return <Loading />;
  const messages = found.data.pages.flatMap((each) => each.messages);
  const help = found.data.pages[0]?.help;
  return (
    <>
      {help && <div className={classes.padded}><Interstitial query={query} help={help} /></div>}
      {messages.length > 0 && <ul className={page.list}>{messages.map((each) => <li key={`${each.chat.id} ${each.id}`}><Hit message={each} /></li>)}</ul>}
      {messages.length === 0 && !help && <Empty title={t("search.nothing")} text={t("search.nothingText")} />}
      {found.hasNextPage && <div className={classes.padded}><Button variant="default" fullWidth loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>{t("search.more")}</Button></div>}
    </>
  );
}

export function Hit({ message, inChat = false }: { message: Message; inChat?: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const peer = inChat ? message.sender : message.chat;
  const withheld = withheldOf(message);
  return (
    <a className={classes.hit} href={`#/chat/${message.chat.id}`} onClick={(event) => { event.preventDefault(); void openAt(navigate, message.chat.id, message.id).catch(failed); }}>
      <PeerAvatar peer={peer as Parameters<typeof chatName>[0]} size={40} />
      <span className={page.grow}>
        <span className={page.row}>
          <Text span fw={600} className={classes.line} dir="auto">{inChat ? nameOf(message.sender) : chatName(message.chat)}</Text>
          <Text span size="xs" c="dimmed" className={classes.when} title={fullTime(message.date)}>{listTime(message.date)}</Text>
        </span>
        <Text span size="sm" c="dimmed" className={classes.words} dir="auto">{withheld ?? (isSensitive(message) ? t("search.sensitive") : message.text ? plain(message.text.slice(0, 300)) : summary(message))}</Text>
      </span>
    </a>
  );
}
