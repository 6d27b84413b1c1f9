import { useEffect } from "react";
import { useFollow } from "../api/observable.ts";
import { chatList } from "./chat_list.ts";

// Reads the list of chats on for as long as more are wanted and there are any: page after page. Whether it does.
export function useMoreChats(wanted: boolean): boolean {
  const { version, hasMore, failed } = useFollow(chatList);
  const reading = wanted && hasMore && failed === undefined;
  // Again with each page: none of its chats may be what is wanted.
  useEffect(() => { if (reading) void chatList.more(); }, [reading, version]);
  return reading;
}
