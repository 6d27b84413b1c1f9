// To choose one of one's chats.
import { Modal, ScrollArea, Stack, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Peer } from "@mtcute/core";
import { useFollow } from "../api/observable.ts";
import { mayWrite } from "../compose/may_write.ts";
import { Loading } from "../layout/states.tsx";
import { PeerAvatar } from "../media/avatar.tsx";
import { session } from "../sign_in/session.ts";
import { chatList } from "./chat_list.ts";
import { chatName } from "./names.ts";
import { useMoreChats } from "./use_more_chats.ts";
import classes from "./chats.module.css";

const shownMax = 50;

export function ChatPicker({ title, close, chosen }: { title: string; close: () => void; chosen: (peer: Peer) => void }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState("");
  const list = useFollow(chatList).all();
  const wanted = query.trim().toLocaleLowerCase();
  const own = session.me && !list.some((entry) => entry.id === session.userId) ? [session.me] : [];
  const found = [...own, ...list.map((entry) => entry.peer)].filter((peer) => mayWrite(peer) && chatName(peer).toLocaleLowerCase().includes(wanted)).slice(0, shownMax);
  // All chats are searched, not those alone that the list has come to.
  const searching = useMoreChats(found.length < shownMax);
  return (
    <Modal opened onClose={close} title={title}>
      <Stack gap="xs">
        <TextInput aria-label={t("common.search")} placeholder={t("common.search")} value={query} onChange={(event) => setQuery(event.currentTarget.value)} data-autofocus />
        <ScrollArea.Autosize mah={400}>
          {found.map((peer) => <UnstyledButton key={peer.id} className={classes.pick} onClick={() => chosen(peer)}><PeerAvatar peer={peer} size={34} /><Text span className="clip" dir="auto">{chatName(peer)}</Text></UnstyledButton>)}
          {found.length === 0 && (searching ? <Loading /> : <Text size="sm" c="dimmed">{t("chats.noneFound")}</Text>)}
        </ScrollArea.Autosize>
      </Stack>
    </Modal>
  );
}
