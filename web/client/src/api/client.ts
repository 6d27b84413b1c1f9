// The one way to the server: mtcute's TelegramClient, whose connection is in a worker that all tabs share.
import { TelegramClient } from "@mtcute/core/client.js";
import { TelegramWorkerPort } from "@mtcute/web";
import workerUrl from "./worker.ts?worker&url";
import { serverFacts } from "./server.ts";

let client: TelegramClient | undefined;

// After `connect`.
export function tg(): TelegramClient {
  if (!client) throw new Error("not connected yet");
  return client;
}

// The account that is signed in in this browser, or null. Does not wait for the network where there is an account.
export async function connect(): Promise<{ userId: number } | null> {
  const facts = await serverFacts();
  if (typeof SharedWorker === "undefined" && !(await onlyTab())) throw new OtherTab();
  const name = JSON.stringify({ facts, device: deviceName(navigator.userAgent) });
  const port = new TelegramWorkerPort({ worker: startWorker(name) });
  client = new TelegramClient({ client: port });
  client.log.mgr.level = 1;
  await port.prepare();
  return port.storage.self.fetch();
}

// Without a SharedWorker one tab has the account: two connections would write one session.
export class OtherTab extends Error {}

function onlyTab(): Promise<boolean> {
  return new Promise((resolve) => {
    void navigator.locks.request("account", { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise(() => undefined);  // until the tab goes
    });
  });
}

function startWorker(name: string): SharedWorker | Worker {
  const options = { name, type: "module" } as const;
  return typeof SharedWorker === "undefined" ? new Worker(workerUrl, options) : new SharedWorker(workerUrl, options);
}

// "Firefox, Linux": what the list of sessions shows.
export function deviceName(agent: string): string {
  const browser = /Firefox|Edg|OPR|Chrome|Safari/.exec(agent)?.[0] ?? "Browser";
  const system = /Android|iPhone|iPad|Windows|Mac OS X|Linux/.exec(agent)?.[0];
  const known: Record<string, string> = { Edg: "Edge", OPR: "Opera", "Mac OS X": "macOS" };
  return [browser, system].filter((each) => each !== undefined).map((each) => known[each] ?? each).join(", ");
}
