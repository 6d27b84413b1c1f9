// What the parts of an open conversation share.
import { createContext, useContext } from "react";
import type { Message, Peer } from "@mtcute/core";
import type { History } from "./history.ts";
import type { Quote } from "./quote.ts";

export interface Reply {
  message: Message;
  quote?: Quote;
}

// What is asked in front of the conversation.
export type Asked = { what: "forward" | "delete"; messages: readonly Message[] } | { what: "date" } | { what: "scheduled" };

export interface ChatContextValue {
  history: History;
  peer: Peer;
  chat: number;
  thread: number | undefined;
  reply: Reply | undefined;
  setReply: (reply: Reply | undefined) => void;
  editing: Message | undefined;
  setEditing: (message: Message | undefined) => void;
  asked: Asked | undefined;
  ask: (what: Asked | undefined) => void;
}

export const ChatContext = createContext<ChatContextValue | null>(null);

export function useChat(): ChatContextValue {
  const value = useContext(ChatContext);
  if (!value) throw new Error("outside of a conversation");
  return value;
}
