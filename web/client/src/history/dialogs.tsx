// What is asked in front of a conversation.
import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Message } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { errorText } from "../api/errors.ts";
import { live } from "../api/live.ts";
import { usePart } from "../api/observable.ts";
import { channelBase, isChannelId } from "../api/peers.ts";
import { ChatPicker } from "../chats/chat_picker.tsx";
import { chatList } from "../chats/chat_list.ts";
import { chatName, summary } from "../chats/names.ts";
import { fullTime } from "../layout/formats.ts";
import { localInput } from "../layout/local_input.ts";
import { failed, told } from "../layout/notify.ts";
import { Loading } from "../layout/states.tsx";
import { useAct } from "../layout/use_act.ts";
import { useChat } from "./context.ts";
import { historyOf } from "./history.ts";

export function Dialogs() {
  const { asked, ask } = useChat();
  const close = () => ask(undefined);
  switch (asked?.what) {
    case "forward": return <Forward messages={asked.messages} close={close} />;
    case "delete": return <Delete messages={asked.messages} close={close} />;
    case "date": return <JumpToDate close={close} />;
    case "scheduled": return <Scheduled close={close} />;
    default: return null;
  }
}

function Forward({ messages, close }: { messages: readonly Message[]; close: () => void }) {
  const { t } = useTranslation();
  const forward = (to: number) => {
    close();
    tg().forwardMessages({ messages: [...messages], toChatId: to }).then((sent) => {
      for (const message of sent) {
        historyOf(to).arrived(message);
        chatList.arrived(message);
        live.sent(message);
      }
      told(t("history.forwarded"));
    }, failed);
  };
  return <ChatPicker title={t("history.forwardTo")} close={close} chosen={(peer) => forward(peer.id)} />;
}

function Delete({ messages, close }: { messages: readonly Message[]; close: () => void }) {
  const { t } = useTranslation();
  const { peer, chat } = useChat();
  // In channels and large groups there is one copy for all.
  const asks = !isChannelId(chat);
  const [all, setAll] = useState(true);
  const remove = async () => {
    close();
    const ids = messages.map((each) => each.id);
    await tg().deleteMessagesById(chat, ids, { revoke: asks ? all : true });
    live.did(isChannelId(chat)
      ? { _: "updateDeleteChannelMessages", channelId: channelBase - chat, messages: ids, pts: 0, ptsCount: 0 }
      : { _: "updateDeleteMessages", messages: ids, pts: 0, ptsCount: 0 });
  };
  return (
    <Modal opened onClose={close} title={t("history.deleteTitle", { count: messages.length })}>
      <Stack>
        {asks ? <Checkbox label={peer.type === "user" ? t("history.deleteForThem", { name: chatName(peer) }) : t("history.deleteForAll")} checked={all} onChange={(event) => setAll(event.currentTarget.checked)} /> : <Text size="sm">{t("history.deletesForAll")}</Text>}
        <Group justify="flex-end"><Button variant="default" onClick={close}>{t("common.cancel")}</Button><Button color="red" data-autofocus onClick={() => void remove().catch(failed)}>{t("history.delete")}</Button></Group>
      </Stack>
    </Modal>
  );
}

function JumpToDate({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const { history } = useChat();
  const [day, setDay] = useState(() => localInput(new Date(), "date"));
  return (
    <Modal opened onClose={close} title={t("history.jumpToDate")}>
      <form onSubmit={(event) => { event.preventDefault(); close(); void history.jumpToDate(new Date(`${day}T00:00`)); }}>
        <Stack>
          <TextInput type="date" label={t("history.date")} value={day} max={localInput(new Date(), "date")} onChange={(event) => setDay(event.currentTarget.value)} data-autofocus required withAsterisk={false} />
          <Group justify="flex-end"><Button variant="default" onClick={close}>{t("common.cancel")}</Button><Button type="submit">{t("history.jump")}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Scheduled({ close }: { close: () => void }) {
  const { t } = useTranslation();
  const { history, chat } = useChat();
  const scheduled = usePart(history, (state) => state.scheduled);
  const list = useQuery({ queryKey: ["scheduled", chat, scheduled], queryFn: () => tg().getAllScheduledMessages(chat), staleTime: 0 });
  const { busy, act } = useAct();
  const change = (what: () => Promise<unknown>) => void act(what).then((done) => done && history.scheduledChanged());
  return (
    <Modal opened onClose={close} title={t("history.scheduled")}>
      {list.error ? <Text role="alert">{errorText(list.error)}</Text> : !list.data ? <Loading /> : list.data.length === 0 ? <Text c="dimmed">{t("history.noScheduled")}</Text> : (
        <Stack>
          {list.data.map((message) => (
            <Stack key={message.id} gap={4} data-scheduled={message.id}>
              <Text size="xs" c="dimmed">{fullTime(message.date)}</Text>
              <Text size="sm" dir="auto" lineClamp={4}>{summary(message)}</Text>
              <Group gap="xs">
                <Button size="compact-xs" variant="default" disabled={busy} onClick={() => change(() => tg().sendScheduled(chat, message.id))}>{t("history.sendNow")}</Button>
                <Button size="compact-xs" variant="default" color="red" disabled={busy} onClick={() => change(() => tg().deleteScheduledMessages(chat, [message.id]))}>{t("history.delete")}</Button>
              </Group>
            </Stack>
          ))}
        </Stack>
      )}
    </Modal>
  );
}
