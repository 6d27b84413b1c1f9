// Who is signed in in this browser, and whether the server is reached.
import type { ConnectionState, User } from "@mtcute/core";
import { connect, OtherTab, tg } from "../api/client.ts";
import { isError } from "../api/errors.ts";
import { Observable } from "../api/observable.ts";
import { forget } from "../api/cache.ts";
import { sayOnline } from "./online.ts";
import { live } from "../api/live.ts";

export type Phase = "starting" | "unreachable" | "other_tab" | "signed_out" | "signed_in";

const tabs = new BroadcastChannel("session");

class Session extends Observable {
  phase: Phase = "starting";
  userId = 0;
  me: User | undefined;
  connection: ConnectionState = "connecting";

  async start(): Promise<void> {
    try {
      const self = await connect();
      tg().onConnectionState.add((state) => this.connected(state));
      live.start();
      if (self) this.enter(self.userId);
      else this.leave();
    } catch (error) {
      this.phase = error instanceof OtherTab ? "other_tab" : "unreachable";
      this.changed();
    }
    tabs.onmessage = (event: MessageEvent<string>) => {
      // Another tab signed in or out.
      if (event.data === "in" && this.phase !== "signed_in") location.reload();
      if (event.data === "out" && this.phase === "signed_in") void forget().then(() => location.reload());
    };
  }

  // After a sign-in in this tab.
  signedIn(user: User): void {
    tabs.postMessage("in");
    this.me = user;
    this.enter(user.id);
  }

  async signOut(): Promise<void> {
    await tg().logOut();
    await this.out();
  }

  // The account is no more.
  async ended(): Promise<void> {
    await this.out();
  }

  private enter(userId: number): void {
    this.userId = userId;
    this.phase = "signed_in";
    this.changed();
    // Without the network these wait for it.
    void tg().connect().then(() => tg().startUpdatesLoop()).catch(() => undefined);
    void this.look();
    sayOnline();
  }

  private leave(): void {
    this.phase = "signed_out";
    this.changed();
    void tg().connect().catch(() => undefined);
  }

  private connected(state: ConnectionState): void {
    this.connection = state;
    this.changed();
    if (state === "connected" && this.phase === "signed_in") void this.look();
  }

  // Whether the session still stands: it may have been ended from another device.
  private async look(): Promise<void> {
    try {
      this.me = await tg().getMe();
      if (this.connection === "connecting") this.connection = "connected";
      this.changed();
    } catch (error) {
      if (isError(error, "AUTH_KEY_UNREGISTERED", "SESSION_REVOKED", "USER_DEACTIVATED", "USER_DEACTIVATED_BAN", "AUTH_KEY_INVALID")) await this.out();
    }
  }

  // What was kept of the account goes with it.
  private async out(): Promise<void> {
    await tg().notifyLoggedOut();
    tabs.postMessage("out");
    await forget();
    location.assign("/");
    location.reload();
  }
}

export const session = new Session();
