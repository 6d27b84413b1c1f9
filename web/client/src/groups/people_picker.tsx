// Chooses people: from one's contacts, or by name.
import { Checkbox, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { User } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { nameOf } from "../chats/names.ts";
import { PeerAvatar } from "../media/avatar.tsx";
import { findPeers, isPerson } from "../search/queries.ts";
import { session } from "../sign_in/session.ts";
import page from "../layout/page.module.css";
import classes from "./groups.module.css";

export function PeoplePicker({ chosen, choose }: { chosen: readonly User[]; choose: (people: readonly User[]) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [query] = useDebouncedValue(text.trim(), 300);
  const contacts = useQuery({ queryKey: ["contacts"], queryFn: () => tg().getContacts() });
  const found = useQuery({ queryKey: ["search", "names", query], queryFn: () => findPeers(query), enabled: query.length > 1 });
  const near = (contacts.data ?? []).filter((each) => nameOf(each).toLowerCase().includes(query.toLowerCase()));
  const all = new Map<number, User>();
  for (const each of [...chosen, ...near, ...[...(found.data?.mine ?? []), ...(found.data?.others ?? [])].filter(isPerson)]) if (each.id !== session.userId && !each.isDeleted) all.set(each.id, each);
  const isChosen = (user: User): boolean => chosen.some((each) => each.id === user.id);
  return (
    <div className={page.section}>
      <TextInput type="search" label={t("groups.findPeople")} value={text} onChange={(event) => setText(event.currentTarget.value)} dir="auto" />
      <ul className={`${page.list} ${classes.people}`} aria-label={t("groups.people")}>
        {[...all.values()].map((user) => (
          <li key={user.id} className={page.item}>
            <PeerAvatar peer={user} size={34} />
            <Checkbox label={<bdi>{nameOf(user)}</bdi>} checked={isChosen(user)} onChange={() => choose(isChosen(user) ? chosen.filter((each) => each.id !== user.id) : [...chosen, user])} />
          </li>
        ))}
      </ul>
      {all.size === 0 && <Text size="sm" c="dimmed">{t("groups.nobody")}</Text>}
    </div>
  );
}
