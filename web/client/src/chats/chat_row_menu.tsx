// What can be done with a chat without opening it.
import { ActionIcon, Menu } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { tg } from "../api/client.ts";
import { live } from "../api/live.ts";
import { failed } from "../layout/notify.ts";
import { chatList } from "./chat_list.ts";
import { chatName } from "./names.ts";
import type { Entry } from "./entry.ts";
import { Icon } from "../layout/icons.tsx";
import classes from "./chats.module.css";

export function ChatRowMenu({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const act = (what: () => Promise<unknown>) => () => void what().then(() => chatList.refresh(entry.id), failed);
  const dialogPeer = async () => ({ _: "inputDialogPeer", peer: await tg().resolvePeer(entry.id) }) as const;
  const peer = { inputPeer: entry.peer.inputPeer };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target><ActionIcon variant="subtle" color="gray" className={classes.more} aria-label={`${t("common.more")}: ${chatName(entry.peer)}`}><Icon name="more" size={18} /></ActionIcon></Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={act(async () => { await tg().call({ _: "messages.toggleDialogPin", pinned: entry.pinned === 0, peer: await dialogPeer() }); live.did({ _: "updateDialogPinned", pinned: entry.pinned === 0, peer: { _: "dialogPeer", peer: entry.raw.peer } }); })}>{entry.pinned > 0 ? t("chats.unpin") : t("chats.pin")}</Menu.Item>
        {entry.unread > 0 || entry.marked
          ? <Menu.Item onClick={act(async () => { await tg().readHistory(peer); if (entry.marked) await tg().call({ _: "messages.markDialogUnread", unread: false, peer: await dialogPeer() }); })}>{t("chats.markRead")}</Menu.Item>
          : <Menu.Item onClick={act(async () => tg().call({ _: "messages.markDialogUnread", unread: true, peer: await dialogPeer() }))}>{t("chats.markUnread")}</Menu.Item>}
        <Menu.Item onClick={act(async () => tg().call({ _: "account.updateNotifySettings", peer: { _: "inputNotifyPeer", peer: await tg().resolvePeer(entry.id) }, settings: { _: "inputPeerNotifySettings", muteUntil: entry.muted ? 0 : 0x7fffffff } }))}>{entry.muted ? t("chats.unmute") : t("chats.mute")}</Menu.Item>
        <Menu.Item onClick={act(() => (entry.archived ? tg().unarchiveChats(peer) : tg().archiveChats(peer)))}>{entry.archived ? t("chats.fromArchive") : t("chats.toArchive")}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
