// A new group or channel.
import { Button, Checkbox, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import type { User } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { peers } from "../api/peers.ts";
import { chatList } from "../chats/chat_list.ts";
import { Page } from "../layout/page.tsx";
import { useAct } from "../layout/use_act.ts";
import { addPeople } from "./add_people.ts";
import { PeoplePicker } from "./people_picker.tsx";
import page from "../layout/page.module.css";

export const NewGroup = () => <NewChat channel={false} />;
export const NewChannel = () => <NewChat channel />;

function NewChat({ channel }: { channel: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { busy, act } = useAct();
  const [title, setTitle] = useState("");
  const [about, setAbout] = useState("");
  const [topics, setTopics] = useState(false);
  const [chosen, setChosen] = useState<readonly User[]>([]);
  const make = async () => {
    const chat = channel ? await tg().createChannel({ title: title.trim(), description: about.trim() }) : await tg().createSupergroup({ title: title.trim(), description: about.trim(), forum: topics });
    peers.put(chat);
    if (chosen.length > 0) await addPeople(chat, chosen);
    await chatList.refresh(chat.id);
    await navigate(`/chat/${chat.id}`);
  };
  return (
    <Page title={channel ? t("groups.newChannel") : t("groups.newGroup")} back="/">
      <form className={page.section} onSubmit={(event) => { event.preventDefault(); void act(make); }}>
        <TextInput label={t("groups.title")} required maxLength={128} value={title} onChange={(event) => setTitle(event.currentTarget.value)} dir="auto" autoFocus />
        <Textarea label={t("groups.about")} autosize minRows={2} maxRows={6} maxLength={255} value={about} onChange={(event) => setAbout(event.currentTarget.value)} dir="auto" />
        {!channel && <Checkbox label={t("groups.topics")} checked={topics} onChange={(event) => setTopics(event.currentTarget.checked)} />}
        <PeoplePicker chosen={chosen} choose={setChosen} />
        {chosen.length > 0 && <Text size="sm" role="status">{t("groups.chosen", { count: chosen.length })}</Text>}
        <div><Button type="submit" loading={busy} disabled={title.trim() === ""}>{t("groups.make")}</Button></div>
      </form>
    </Page>
  );
}
