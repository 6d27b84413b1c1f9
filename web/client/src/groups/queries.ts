// What the panels of a chat's administration ask, and what follows a change.
import { useQueryClient } from "@tanstack/react-query";
import { useOutletContext } from "react-router";
import type { Chat, Peer } from "@mtcute/core";
import { chatList } from "../chats/chat_list.ts";
import { tg } from "../api/client.ts";
import { peers } from "../api/peers.ts";
import { useAct } from "../layout/use_act.ts";

// The chat beside which a panel is. A person has none of these panels.
export function useGroup(): Chat | undefined {
  const peer = useOutletContext<Peer>();
  return peer.type === "chat" ? peer : undefined;
}

// Something that changes the chat: afterwards all that is shown of it is asked anew.
export function useChange(chat: Chat | undefined): { busy: boolean; change: (what: () => Promise<unknown>) => Promise<boolean> } {
  const queries = useQueryClient();
  const { busy, act } = useAct();
  const change = (what: () => Promise<unknown>) => act(async () => {
    await what();
    if (!chat) return;
    peers.put(await tg().getChat(chat.id));
    void chatList.refresh(chat.id);
    await Promise.all(["full chat", "members", "member", "invites", "requests", "log"].map((key) => queries.invalidateQueries({ queryKey: [key, chat.id] })));
  });
  return { busy, change };
}
