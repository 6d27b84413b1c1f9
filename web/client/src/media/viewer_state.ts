import type { Message } from "@mtcute/core";
import { Observable } from "../api/observable.ts";

// The photo or film that is open in front of everything.
class Viewer extends Observable {
  message: Message | undefined;

  open(message: Message): void {
    this.message = message;
    this.changed();
  }

  close(): void {
    this.message = undefined;
    this.changed();
  }
}

export const viewer = new Viewer();
