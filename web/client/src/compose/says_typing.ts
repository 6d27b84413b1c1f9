import { tg } from "../api/client.ts";
import type { History } from "../history/history.ts";

const every = 5000;
let last = 0;

// As often as the others need to hear it.
export function saysTyping(history: History): void {
  if (Date.now() - last < every) return;
  last = Date.now();
  void tg().sendTyping(history.chat, "typing").catch(() => undefined);
}
