// Goes where an address leads. What is not of here is opened as any page is, in a window of its own.
import { Avatar, Button, Group, Stack, Text } from "@mantine/core";
import { type tl, toggleChannelIdMark } from "@mtcute/core";
import { useTranslation } from "react-i18next";
import type { NavigateFunction } from "react-router";
import { tg } from "../api/client.ts";
import { live } from "../api/live.ts";
import { peerId, peers } from "../api/peers.ts";
import { join } from "../chats/join.ts";
import { chatName } from "../chats/names.ts";
import { openAt } from "../history/open_at.ts";
import { plain } from "../history/plain.ts";
import { ask, dialogs } from "../layout/dialogs.tsx";
import { copy, failed } from "../layout/notify.ts";
import { useAct } from "../layout/use_act.ts";
import { t } from "../texts/index.ts";
import { type Link, parseLink } from "./link.ts";

// The server's own bots do what a button says without asking once more.
const ownBots = new Set(["searchreport", "transparency"]);

export async function follow(address: string, navigate: NavigateFunction): Promise<void> {
  const link = parseLink(address);
  if (link) return followLink(link, navigate);
  if (/^https?:/i.test(address)) window.open(address, "_blank", "noopener,noreferrer");
}

async function followLink(link: Link, navigate: NavigateFunction): Promise<void> {
  if (link.to === "share") return copy(link.text);
  if (link.to === "invite") return invited(link.hash, navigate);
  if (link.to === "channel") return openAt(navigate, toggleChannelIdMark(link.channel), link.message);
  const peer = await tg().getPeer(link.username);
  peers.put(peer);
  if (link.message !== undefined) return openAt(navigate, peer.id, link.message);
  if (link.start !== undefined && peer.type === "user" && peer.isBot) {
    const name = chatName(peer);
    if (!ownBots.has(link.username.toLowerCase()) && !(await ask({ title: name, text: t("links.startText", { name }), yes: t("chats.start") }))) return;
    await beginBot(link.username, link.start);
  }
  await navigate(`/chat/${peer.id}`);
}

const botPatience = 3000;  // milliseconds

// The bot hears "/start PARAMETER".
export async function beginBot(username: string, parameter: string): Promise<void> {
  await begin(await botOf(username), parameter);
}

// The same, and waits until the bot has answered: it is asked after the call was.
export async function askBot(username: string, parameter: string): Promise<void> {
  const bot = await botOf(username);
  let stop = () => {};
  const answered = new Promise<void>((resolve) => {
    stop = live.add((update) => {
      if (update._ !== "updateNewMessage" || update.message._ !== "message" || update.message.out) return;
      if (peerId(update.message.peerId) === bot.userId) resolve();
    });
  });
  try {
    await begin(bot, parameter);
    await Promise.race([answered, new Promise((resolve) => setTimeout(resolve, botPatience))]);
  } finally {
    stop();
  }
}

async function botOf(username: string): Promise<tl.RawInputPeerUser> {
  const bot = await tg().resolvePeer(username);
  if (bot._ !== "inputPeerUser") throw new Error("not a bot");
  return bot;
}

async function begin(bot: tl.RawInputPeerUser, parameter: string): Promise<void> {
  const randomId = (await import("@mtcute/core/utils.js")).randomLong();
  const updates = await tg().call({ _: "messages.startBot", bot: { _: "inputUser", userId: bot.userId, accessHash: bot.accessHash }, peer: bot, randomId, startParam: parameter });
  tg().handleClientUpdate(updates, false);
}

async function invited(hash: string, navigate: NavigateFunction): Promise<void> {
  const invite = await tg().call({ _: "messages.checkChatInvite", hash });
  if (invite._ !== "chatInvite") {
    const chat = await tg().getChat(`https://t.me/+${hash}`);
    peers.put(chat);
    await navigate(`/chat/${chat.id}`);
    return;
  }
  dialogs.show(t("links.invitation"), (close) => (
    <Invitation title={plain(invite.title)} about={plain(invite.about ?? "")} count={invite.participantsCount} channel={invite.broadcast === true} request={invite.requestNeeded === true}
      enter={async () => {
        const chat = await join(`https://t.me/+${hash}`);
        close();
        if (chat) await navigate(`/chat/${chat.id}`);
      }} />
  ));
}

function Invitation({ title, about, count, channel, request, enter }: { title: string; about: string; count: number; channel: boolean; request: boolean; enter: () => Promise<void> }) {
  const { t } = useTranslation();
  const { busy, act } = useAct();
  return (
    <Stack>
      <Group wrap="nowrap">
        <Avatar name={title} color="initials" radius="xl" size="lg" alt="" aria-hidden variant="filled" />
        <div><Text fw={600} dir="auto">{title}</Text><Text size="sm" c="dimmed">{channel ? t("chats.subscribers", { count }) : t("chats.members", { count })}</Text></div>
      </Group>
      {about && <Text size="sm" dir="auto">{about}</Text>}
      {request && <Text size="sm" c="dimmed">{t("links.requestText")}</Text>}
      <Button loading={busy} onClick={() => void act(enter)} data-autofocus>{request ? t("links.request") : t("chats.join")}</Button>
    </Stack>
  );
}

export const followOrTell = (address: string, navigate: NavigateFunction): void => void follow(address, navigate).catch(failed);
