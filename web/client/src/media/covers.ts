// What is not seen until it is asked for: media that was marked as sensitive, and what the sender hid. Whoever asked for it
// in one place has asked for it in all, as long as the page is open.
import type { Message } from "@mtcute/core";
import { Observable } from "../api/observable.ts";
import { rawOf } from "../history/raw.ts";

export const isSensitive = (message: Message): boolean => (rawOf(message)?.restrictionReason ?? []).some((each) => each.reason === "sensitive");

const isHidden = (message: Message): boolean => message.media !== null && "hasSpoiler" in message.media && message.media.hasSpoiler;

class Covers extends Observable {
  private readonly asked = new Set<string>();

  isCovered(message: Message): boolean {
    return (isSensitive(message) || isHidden(message)) && !this.asked.has(keyOf(message));
  }

  show(message: Message): void {
    this.asked.add(keyOf(message));
    this.changed();
  }
}

const keyOf = (message: Message): string => `${message.chat.id}/${message.id}`;

export const covers = new Covers();
