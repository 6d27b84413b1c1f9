// Folders of the list of chats: which chats, and which kinds of chats, are in each.
import { Button, Checkbox, Group, MultiSelect, Stack, Text, TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { getMarkedPeerId, type tl } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { live } from "../api/live.ts";
import { useFollow } from "../api/observable.ts";
import { peers } from "../api/peers.ts";
import { chatList } from "../chats/chat_list.ts";
import { useMoreChats } from "../chats/use_more_chats.ts";
import { chatName } from "../chats/names.ts";
import { plain } from "../history/plain.ts";
import { ask, dialogs } from "../layout/dialogs.tsx";
import { Page, Section } from "../layout/page.tsx";
import { useAct } from "../layout/use_act.ts";
import { session } from "../sign_in/session.ts";
import page from "../layout/page.module.css";

const kinds = ["contacts", "nonContacts", "groups", "broadcasts", "bots"] as const;
const nameMax = 12;

export function FoldersPage() {
  const { t } = useTranslation();
  const { busy, act } = useAct();
  const { folders } = useFollow(chatList);
  // The list of chats may not have been shown yet.
  useEffect(() => { if (!chatList.loaded) void chatList.start(); }, []);
  const change = (folder?: tl.RawDialogFilter) => dialogs.show(t(folder ? "settings.changeFolder" : "settings.newFolder"), (close) => <Folder before={folder} close={close} />);
  const remove = async (folder: tl.RawDialogFilter) => {
    if (!(await ask({ title: t("settings.deleteFolder"), text: t("settings.deleteFolderText", { name: plain(folder.title.text) }), yes: t("common.remove"), grave: true }))) return;
    await tg().deleteFolder(folder);
    live.did({ _: "updateDialogFilter", id: folder.id });
  };
  return (
    <Page title={t("settings.folders")} back="/settings">
      <Section>
        {folders.length === 0 && <Text size="sm" c="dimmed">{t("settings.noFolders")}</Text>}
        <ul className={page.list} aria-label={t("settings.folders")}>
          {folders.map((each) => (
            <li key={each.id} className={page.item}>
              <Text fw={600} className={page.grow} dir="auto">{plain(each.title.text)}</Text>
              <Button size="compact-sm" variant="default" aria-label={`${t("settings.changeFolder")}: ${plain(each.title.text)}`} onClick={() => change(each)}>{t("settings.changeFolder")}</Button>
              <Button size="compact-sm" variant="default" color="red" loading={busy} aria-label={`${t("common.remove")}: ${plain(each.title.text)}`} onClick={() => void act(() => remove(each))}>{t("common.remove")}</Button>
            </li>
          ))}
        </ul>
        <div><Button onClick={() => change()}>{t("settings.newFolder")}</Button></div>
      </Section>
    </Page>
  );
}

const idOf = (peer: tl.TypeInputPeer): number => (peer._ === "inputPeerSelf" ? session.userId : getMarkedPeerId(peer));

function Folder({ before, close }: { before?: tl.RawDialogFilter; close: () => void }) {
  const { t } = useTranslation();
  const { busy, act } = useAct();
  const [name, setName] = useState(before?.title.text ?? "");
  const [chats, setChats] = useState(() => (before?.includePeers ?? []).map((each) => String(idOf(each))));
  const [chosen, setChosen] = useState<readonly (typeof kinds)[number][]>(() => kinds.filter((each) => before?.[each] === true));
  // Any chat may be chosen, so all are needed.
  useMoreChats(true);
  const ids = new Set([...chats, ...chatList.all().map((each) => String(each.id))]);
  const data = [...ids].map((id) => ({ value: id, label: labelOf(Number(id)) }));
  const save = async () => {
    const includePeers = await Promise.all(chats.map((each) => tg().resolvePeer(Number(each))));
    // What only other clients set stays as it is.
    const folder = { ...(before ?? {}), title: { _: "textWithEntities" as const, text: name.trim(), entities: [] }, includePeers, ...Object.fromEntries(kinds.map((each) => [each, chosen.includes(each)])) };
    const made = before ? await tg().editFolder({ folder: before, modification: folder }) : await tg().createFolder(folder);
    live.did({ _: "updateDialogFilter", id: made.id, filter: made });
    close();
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); void act(save); }}>
      <Stack>
        <TextInput label={t("settings.folderName")} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={nameMax} dir="auto" required withAsterisk={false} data-autofocus />
        <MultiSelect label={t("settings.folderChats")} data={data} value={chats} onChange={setChats} searchable limit={50} hidePickedOptions />
        <Checkbox.Group label={t("settings.folderKinds")} value={[...chosen]} onChange={(values) => setChosen(kinds.filter((each) => values.includes(each)))}>
          <Stack gap="xs" mt="xs">{kinds.map((each) => <Checkbox key={each} value={each} label={t(`settings.folderKind.${each}`)} />)}</Stack>
        </Checkbox.Group>
        <Group justify="flex-end"><Button variant="default" onClick={close}>{t("common.cancel")}</Button><Button type="submit" loading={busy} disabled={name.trim() === "" || chats.length + chosen.length === 0}>{t("common.save")}</Button></Group>
      </Stack>
    </form>
  );
}

function labelOf(id: number): string {
  const peer = chatList.get(id)?.peer ?? peers.get(id);
  return peer ? chatName(peer) : String(id);
}
