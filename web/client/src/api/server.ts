// What the server tells clients about itself, and the server's pages that are not part of the client.
export interface ServerFacts {
  dc_id: number;
  websocket: string;
  rsa_public_key_pem: string;
  layers: [number, number];
}

const kept = "server";

// From the server, or as it said last when it cannot be reached.
export async function serverFacts(): Promise<ServerFacts> {
  try {
    const answer = await fetch("/.well-known/heliograph.json", { cache: "no-cache" });
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const facts = (await answer.json()) as ServerFacts;
    facts.websocket = nearest(facts.websocket, location);
    localStorage.setItem(kept, JSON.stringify(facts));
    return facts;
  } catch (error) {
    const last = localStorage.getItem(kept);
    if (last) return JSON.parse(last) as ServerFacts;
    throw error;
  }
}

// A server that was given no public address calls itself by a loopback address. A page that came from elsewhere (through a
// tunnel, a proxy, another name) came from the same server, so its own address is the one that works.
export function nearest(websocket: string, page: { protocol: string; host: string }): string {
  const host = new URL(websocket).hostname;
  const loopback = host === "localhost" || host === "[::1]" || host.startsWith("127.") || host === "0.0.0.0";
  return loopback ? `${page.protocol === "https:" ? "wss" : "ws"}://${page.host}/apiws` : websocket;
}
