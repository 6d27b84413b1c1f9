// The page itself without a network: what was fetched last of the client is kept, so that it opens and shows what is cached
// of the chats. Nothing of the server's answers is kept here but the client's own files.
/// <reference lib="webworker" />
import type { Given, Wanted } from "./media/stream.ts";

const self = globalThis as unknown as ServiceWorkerGlobalScope;

const name = "client";
// All of the client, by the build (vite.config.ts): a list as JSON.
const files = JSON.parse("OWN_FILES") as string[];
// A page that does not answer for so long, in milliseconds, is gone.
const patience = 60_000;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

// The page asks for a new version itself (layout/new_version.tsx), so that an old page and a new worker have to agree on nothing
// but addresses, and on how films are asked for: a page whose player gets no answer fetches them whole.
async function install(): Promise<void> {
  const cache = await caches.open(name);
  await Promise.all(["/", ...files].map(async (each) => { if (each === "/" || !(await cache.match(each))) await cache.add(each); }));
  await self.skipWaiting();
}

async function activate(): Promise<void> {
  const cache = await caches.open(name);
  for (const request of await cache.keys()) {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/assets/") && !files.includes(pathname)) await cache.delete(request);
  }
  await self.clients.claim();
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  // What has its hash in its name never changes; the page that names it does.
  if (url.pathname.startsWith("/assets/")) event.respondWith(fromCache(event.request));
  else if (url.pathname === "/" || url.pathname === "/.well-known/heliograph.json") event.respondWith(fromNetwork(event.request));
  // For players alone: what a stranger sent never becomes a page of this origin.
  else if (url.pathname.startsWith("/stream/") && (event.request.destination === "video" || event.request.destination === "audio")) event.respondWith(fromPage(event, url.pathname.slice("/stream/".length)));
});

async function fromCache(request: Request): Promise<Response> {
  const cache = await caches.open(name);
  const there = await cache.match(request);
  if (there) return there;
  return fetch(request);
}

async function fromNetwork(request: Request): Promise<Response> {
  const cache = await caches.open(name);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  } catch (error) {
    const there = await cache.match(request);
    if (there) return there;
    throw error;
  }
}

// A part of a film, from the page whose player asks for it: that one has the account (media/stream.ts).
async function fromPage(event: FetchEvent, stream: string): Promise<Response> {
  const page = await self.clients.get(event.clientId);
  if (!page) return new Response(null, { status: 404 });
  const { port1, port2 } = new MessageChannel();
  const wanted: Wanted = { stream: decodeURIComponent(stream), range: event.request.headers.get("Range") };
  const given = await new Promise<Given | undefined>((resolve) => {
    const late = setTimeout(() => resolve(undefined), patience);
    port1.onmessage = (message: MessageEvent<Given>) => {
      clearTimeout(late);
      resolve(message.data);
    };
    page.postMessage(wanted, [port2]);
  });
  port1.close();
  return given ? new Response(given.bytes ?? null, { status: given.status, headers: given.headers }) : new Response(null, { status: 504 });
}
