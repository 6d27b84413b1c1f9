// The account's one connection. All tabs share it: a SharedWorker, so that there is one session, one stream of
// updates and one writer of the stored session however many tabs are open. Where browsers have none, a worker of the one
// tab that may run (client.ts).
/// <reference lib="webworker" />
import { BaseTelegramClient, IdbStorage, TelegramWorker, WebCryptoProvider } from "@mtcute/web";
import { addPublicKey } from "@mtcute/web/utils.js";
import { IntermediatePacketCodec, ObfuscatedPacketCodec } from "@mtcute/core";
import { connectWs } from "@fuman/net";
import type { ServerFacts } from "./server.ts";

// The page says which server it is through the worker's name, which is at hand before anything runs.
const { facts, device } = JSON.parse(self.name) as { facts: ServerFacts; device: string };

class Crypto extends WebCryptoProvider {
  override async initialize(): Promise<void> {
    await super.initialize();
    addPublicKey(this, facts.rsa_public_key_pem);
  }
}

const dc = { id: facts.dc_id, ipAddress: "127.0.0.1", port: 443 };
const client = new BaseTelegramClient({
  apiId: 1,
  apiHash: "heliograph-web",
  storage: new IdbStorage("heliograph-session"),
  crypto: new Crypto(),
  defaultDcs: { main: dc, media: dc },
  transport: {
    connect: () => connectWs({ url: facts.websocket, implementation: WebSocket, protocols: "binary" }),
    packetCodec: () => new ObfuscatedPacketCodec(new IntermediatePacketCodec()),
  },
  initConnectionOptions: { appVersion: "web", deviceModel: device, systemVersion: "browser" },
  // Updates that a call answers with go to all tabs, also to the one that called. What is answered otherwise (deletions,
  // readings, what was sent) the tabs tell each other: live.ts.
  updates: { disableNoDispatch: true, catchUp: true },
});
new TelegramWorker({ client });
