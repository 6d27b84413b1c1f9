// How others, and oneself, reacted to a message.
import { Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Message, Peer } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { failed } from "../layout/notify.ts";
import classes from "./history.module.css";

const usual = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

const same = (a: string, b: string): boolean => a.replaceAll("\uFE0F", "") === b.replaceAll("\uFE0F", "");

async function react(message: Message, emoji: string): Promise<void> {
  const mine = chosen(message);
  const has = mine.some((each) => same(each, emoji));
  await tg().sendReaction({ chatId: message.chat.id, message: message.id, emoji: has ? null : emoji });
}

const chosen = (message: Message): string[] => (message.reactions?.reactions ?? []).filter((each) => each.order !== null).flatMap((each) => (typeof each.emoji === "string" ? [each.emoji] : []));

export function Reactions({ message }: { message: Message }) {
  const { t } = useTranslation();
  const all = (message.reactions?.reactions ?? []).filter((each) => typeof each.emoji === "string");
  if (all.length === 0) return null;
  const mine = chosen(message);
  return (
    <div className={classes.reactions}>
      {all.map((each) => {
        const emoji = String(each.emoji);
        const isMine = mine.includes(emoji);
        return <button key={emoji} type="button" aria-pressed={isMine} aria-label={t("history.reaction", { emoji, count: each.count })} className={classes.reaction} onClick={() => void react(message, emoji).catch(failed)}>{emoji} {each.count}</button>;
      })}
    </div>
  );
}

// The first few that the server offers.
export function QuickReactions({ message, peer, done }: { message: Message; peer: Peer; done: () => void }) {
  const { t } = useTranslation();
  const offered = useQuery({
    queryKey: ["reactions"], staleTime: Infinity,
    queryFn: async () => {
      const answer = await tg().call({ _: "messages.getAvailableReactions", hash: 0 });
      return answer._ === "messages.availableReactions" ? answer.reactions.filter((each) => !each.inactive).map((each) => each.reaction) : [];
    },
  });
  if (message.isService || (peer.type === "chat" && !peer.isMember)) return null;
  const list = offered.data ?? [];
  const shown = [...usual.flatMap((each) => list.find((other) => same(each, other)) ?? []), ...list.filter((each) => !usual.some((other) => same(each, other)))].slice(0, 12);
  if (shown.length === 0) return null;
  return (
    <div className={classes.quick}>
      {shown.map((emoji) => <Menu.Item key={emoji} className={classes.quickOne} aria-label={t("history.react", { emoji })} onClick={() => { done(); void react(message, emoji).catch(failed); }}>{emoji}</Menu.Item>)}
    </div>
  );
}
