// What can be done with a topic, and the beginning of one.
import { ActionIcon, Button, Group, Menu, Stack, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { Chat, ForumTopic } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { may } from "../groups/may.ts";
import { dialogs } from "../layout/dialogs.tsx";
import { failed } from "../layout/notify.ts";
import { useAct } from "../layout/use_act.ts";
import { Icon } from "../layout/icons.tsx";
import { plain } from "./plain.ts";

const titleMax = 128;

// As far as the client knows; the server has the last word.
const mayMake = (chat: Chat): boolean =>
  may(chat, "manageTopics") || (chat.isMember && chat.permissions?.canManageTopics !== false && chat.defaultPermissions?.canManageTopics !== false);

function useTopics(chat: Chat): () => Promise<unknown> {
  const queries = useQueryClient();
  return () => Promise.all(["topics", "topic"].map((key) => queries.invalidateQueries({ queryKey: [key, chat.id] })));
}

export function NewTopic({ chat }: { chat: Chat }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const again = useTopics(chat);
  if (!mayMake(chat)) return null;
  const make = async (title: string) => {
    const begun = await tg().createForumTopic({ chatId: chat, title });
    await again();
    await navigate(`/chat/${chat.id}/topic/${begun.id}`);
  };
  return <Button variant="default" m="sm" onClick={() => askTitle(t("history.newTopic"), "", make)}>{t("history.newTopic")}</Button>;
}

export function TopicMenu({ chat, topic }: { chat: Chat; topic: ForumTopic }) {
  const { t } = useTranslation();
  const again = useTopics(chat);
  const manages = may(chat, "manageTopics");
  if (!manages && !(topic.isMy && chat.isMember)) return null;
  const act = (what: () => Promise<unknown>) => void what().then(again).catch(failed);
  const of = { chatId: chat, topicId: topic.id };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={`${t("common.more")}: ${plain(topic.title)}`}><Icon name="more" size={18} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => askTitle(t("history.renameTopic"), topic.title, (title) => tg().editForumTopic({ ...of, title }).then(again))}>{t("history.renameTopic")}</Menu.Item>
        <Menu.Item onClick={() => act(() => tg().toggleForumTopicClosed({ ...of, closed: !topic.isClosed }))}>{t(topic.isClosed ? "history.reopenTopic" : "history.closeTopic")}</Menu.Item>
        {manages && <Menu.Item onClick={() => act(() => tg().toggleForumTopicPinned({ ...of, pinned: !topic.isPinned }))}>{t(topic.isPinned ? "history.unpin" : "history.pin")}</Menu.Item>}
      </Menu.Dropdown>
    </Menu>
  );
}

function askTitle(what: string, before: string, done: (title: string) => Promise<unknown>): void {
  dialogs.show(what, (close) => <Title before={before} close={close} done={done} />);
}

function Title({ before, close, done }: { before: string; close: () => void; done: (title: string) => Promise<unknown> }) {
  const { t } = useTranslation();
  const { busy, act } = useAct();
  const [title, setTitle] = useState(before);
  const wanted = title.trim();
  const finish = () => void act(() => (wanted === before ? Promise.resolve() : done(wanted))).then((ok) => ok && close());
  return (
    <form onSubmit={(event) => { event.preventDefault(); finish(); }}>
      <Stack>
        <TextInput label={t("history.topicTitle")} value={title} onChange={(event) => setTitle(event.currentTarget.value)} maxLength={titleMax} dir="auto" required withAsterisk={false} data-autofocus />
        <Group justify="flex-end"><Button variant="default" onClick={close}>{t("common.cancel")}</Button><Button type="submit" loading={busy} disabled={wanted === ""}>{t("common.save")}</Button></Group>
      </Stack>
    </form>
  );
}
