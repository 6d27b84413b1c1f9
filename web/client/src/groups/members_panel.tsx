// Who is in a chat; who was removed or restricted.
import { Button, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Chat, ChatMember, User } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { errorText } from "../api/errors.ts";
import { peers } from "../api/peers.ts";
import { nameOf } from "../chats/names.ts";
import { presence } from "../chats/presence.ts";
import { plain } from "../history/plain.ts";
import { dialogs } from "../layout/dialogs.tsx";
import { More } from "../layout/more.tsx";
import { PanelPage } from "../layout/page.tsx";
import { Empty, Failed, Loading } from "../layout/states.tsx";
import { PeerAvatar } from "../media/avatar.tsx";
import { addPeople } from "./add_people.ts";
import { isBasic, isBroadcast, may, mayAdmin } from "./may.ts";
import { PeoplePicker } from "./people_picker.tsx";
import { useChange, useGroup } from "./queries.ts";
import page from "../layout/page.module.css";
import classes from "./groups.module.css";

const pageSize = 50;
const lists = ["recent", "admins", "restricted", "banned"] as const;
type List = (typeof lists)[number];

export function MembersPanel() {
  const chat = useGroup();
  return chat ? <Members chat={chat} /> : null;
}

function Members({ chat }: { chat: Chat }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [list, setList] = useState<List>("recent");
  const [query] = useDebouncedValue(text.trim(), 300);
  const title = isBroadcast(chat) ? t("groups.subscribers") : t("groups.members");
  const found = useInfiniteQuery({
    queryKey: ["members", chat.id, list, query],
    staleTime: 0,
    queryFn: async ({ pageParam }) => {
      const members = await tg().getChatMembers(chat, { type: query !== "" && list === "recent" ? "all" : list, query, offset: pageParam, limit: pageSize });
      peers.put(...members.map((each) => each.user));
      return members;
    },
    initialPageParam: 0,
    getNextPageParam: (last, all) => (isBasic(chat) || last.length < pageSize ? undefined : all.flat().length),
  });
  const members = found.data?.pages.flat() ?? [];
  const shown = isBasic(chat) ? members.filter((each) => nameOf(each.user).toLowerCase().includes(query.toLowerCase())) : members;
  return (
    <PanelPage title={title} close={`/chat/${chat.id}`} back={`/chat/${chat.id}/info`}>
      {may(chat, "inviteUsers") && <AddMembers chat={chat} />}
      {mayAdmin(chat) && !isBasic(chat) && <SegmentedControl size="xs" value={list} onChange={(value) => setList(lists.find((each) => each === value) ?? "recent")} aria-label={t("groups.which")} data={lists.map((each) => ({ value: each, label: t(`groups.lists.${each}`) }))} />}
      <TextInput type="search" aria-label={t("groups.findMember")} placeholder={t("groups.findMember")} value={text} onChange={(event) => setText(event.currentTarget.value)} dir="auto" />
      {found.error ? <Failed text={errorText(found.error)} again={() => void found.refetch()} /> : !found.data ? <Loading />
        : shown.length === 0 ? <Empty title={t("groups.nobody")} />
        : <ul className={page.list} aria-label={title}>{shown.map((each) => <li key={each.user.id} className={page.item}><Member chat={chat} member={each} /></li>)}</ul>}
      <More of={found} />
    </PanelPage>
  );
}

function Member({ chat, member }: { chat: Chat; member: ChatMember }) {
  const { t } = useTranslation();
  const { user } = member;
  const role = member.title ? plain(member.title) : member.status === "member" || member.status === "left" ? "" : t(`groups.status.${member.status}`);
  return (
    <>
      <PeerAvatar peer={user} size={38} />
      <span>
        <Text component={Link} to={mayAdmin(chat) ? `/chat/${chat.id}/members/${user.id}` : `/chat/${user.id}`} fw={600} size="sm" dir="auto">{nameOf(user)}</Text>
        <Text size="xs" c="dimmed">{[user.username && `@${user.username}`, presence(user)].filter(Boolean).join(" · ")}</Text>
      </span>
      {role && <span className={classes.role}>{role}</span>}
    </>
  );
}

function AddMembers({ chat }: { chat: Chat }) {
  const { t } = useTranslation();
  const { change } = useChange(chat);
  return <Button variant="default" onClick={() => dialogs.show(t("groups.add"), (close) => <AddForm add={(people) => void change(() => addPeople(chat, people)).then((done) => done && close())} />)}>{t("groups.add")}</Button>;
}

function AddForm({ add }: { add: (people: readonly User[]) => void }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<readonly User[]>([]);
  return <Stack><PeoplePicker chosen={chosen} choose={setChosen} /><Button disabled={chosen.length === 0} onClick={() => add(chosen)}>{t("groups.addCount", { count: chosen.length })}</Button></Stack>;
}
