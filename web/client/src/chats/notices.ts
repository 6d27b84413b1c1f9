// What this device tells while nobody sees the page: a notice of the system for each new message of a chat that is not muted.
// Off until somebody turns it on here.
import { Message, type tl } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { live } from "../api/live.ts";
import { Observable } from "../api/observable.ts";
import { isBroadcast } from "../groups/may.ts";
import { rawOf } from "../history/raw.ts";
import { withheldOf } from "../report/tombstone.tsx";
import { t } from "../texts/index.ts";
import { chatList } from "./chat_list.ts";
import { chatName, nameOf, summary } from "./names.ts";
import { isToBeTold, type Kind, kindOf } from "./to_be_told.ts";

const kept = "notices";
// Held by each tab that can be seen. What one sees in one tab, no other tells.
const inSight = "a page in sight";

class Notices extends Observable {
  private readonly kinds = new Map<Kind, Promise<tl.TypePeerNotifySettings>>();
  private leave: (() => void) | undefined;

  // Also: on a phone, where only service workers may.
  get possible(): boolean {
    return "Notification" in globalThis && Notification.permission !== "denied";
  }

  get on(): boolean {
    return this.possible && Notification.permission === "granted" && localStorage.getItem(kept) === "on";
  }

  async turn(on: boolean): Promise<void> {
    if (on && (await Notification.requestPermission()) === "granted") localStorage.setItem(kept, "on");
    else localStorage.removeItem(kept);
    this.changed();
  }

  start(): void {
    if (!("locks" in navigator)) return;
    live.add((update, index) => {
      if (update._ === "updateNotifySettings") this.kinds.clear();
      if ((update._ === "updateNewMessage" || update._ === "updateNewChannelMessage") && update.message._ === "message") void this.came(new Message(update.message, index)).catch(() => undefined);
    });
    document.addEventListener("visibilitychange", () => this.look());
    this.look();
  }

  private look(): void {
    this.leave?.();
    this.leave = undefined;
    if (document.visibilityState !== "visible") return;
    void navigator.locks.request(inSight, { mode: "shared" }, () => new Promise<void>((leave) => {
      if (document.visibilityState === "visible") this.leave = leave;
      else leave();
    }));
  }

  private async came(message: Message): Promise<void> {
    if (!this.on || document.visibilityState === "visible" || withheldOf(message) !== undefined) return;
    const settings = await this.settingsOf(kindOf(message.chat));
    const { id } = message.chat;
    // What the list has not come to yet may be muted.
    if (!chatList.get(id)) await chatList.refresh(id);
    if (!isToBeTold(message, chatList.get(id), settings)) return;
    const { held = [] } = await navigator.locks.query();
    if (held.some((each) => each.name === inSight)) return;
    const inGroup = message.chat.type === "chat" && !isBroadcast(message.chat);
    const text = inGroup ? `${nameOf(message.sender)}: ${summary(message)}` : summary(message);
    // One a chat: the newer one takes the place of the older one, also of the same one by another tab.
    const notice = new Notification(chatName(message.chat), {
      body: settings.showPreviews === false ? t("settings.newMessage") : text,
      tag: `${message.chat.id}`, silent: settings.silent === true || rawOf(message)?.silent === true, lang: document.documentElement.lang, dir: "auto",
    });
    notice.onclick = () => {
      window.focus();
      location.hash = `#/chat/${message.chat.id}`;
      notice.close();
    };
  }

  private settingsOf(kind: Kind): Promise<tl.TypePeerNotifySettings> {
    let found = this.kinds.get(kind);
    if (!found) {
      found = tg().call({ _: "account.getNotifySettings", peer: { _: kind } });
      this.kinds.set(kind, found);
      found.catch(() => this.kinds.delete(kind));
    }
    return found;
  }
}

export const notices = new Notices();
