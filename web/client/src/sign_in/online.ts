// Whether others see this account as online: while a tab is in front of somebody.
import { tg } from "../api/client.ts";

const every = 50_000;  // the server counts a minute or more
let told = false;

function tell(): void {
  const here = document.visibilityState === "visible" && document.hasFocus();
  if (!here && !told) return;
  told = here;
  void tg().call({ _: "account.updateStatus", offline: !here }).catch(() => undefined);
}

// Once, after signing in.
export function sayOnline(): void {
  tell();
  setInterval(tell, every);
  for (const event of ["focus", "blur"]) window.addEventListener(event, tell);
  document.addEventListener("visibilitychange", tell);
}
