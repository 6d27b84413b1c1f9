// The mock's cases: made from their number when they are asked for, so that a million of them cost nothing.
import { createHash } from "node:crypto";
import { now } from "./people.mjs";

export const total = Number(process.env.MOCK_CASES ?? 1_000_000);
const begun = now();
export const changes = new Map();  // id -> what has been done with it

function random(seed) {  // mulberry32
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const pick = (next, list) => list[Math.floor(next() * list.length)];

const texts = [
  ["illegal_goods", "en", "message", "Pаssports and driving licences, any country, ready in a week. DM @papers_desk for prices, photos of samples on request.", "papers desk"],
  ["fraud", "en", "message", "Your wallet has been locked! Confirm your recovery words within 24 hours: https://wallet-restore.example/login", "Crypto Daily"],
  ["spam", "ru", "campaign", "Заработок от 500$ в день без вложений, пиши в личку, осталось 3 места!!!", "Работа онлайн"],
  ["harassment", "de", "message", "Das ist die Adresse von dem Typen, der uns angezeigt hat. Ihr wisst, was zu tun ist.", "Kiezfunk"],
  ["hate", "en", "message", "People like them should not be allowed to live on our street. Share if you agree.", "Neighbourhood watch"],
  ["illegal_goods", "es", "chat", "Tienda de documentos: permisos, títulos, facturas. Envío discreto.", "Papeles 24h"],
  ["sexual", "en", "account", "profile photo", "Night Owl"],
  ["violence", "fr", "message", "On sait où il gare sa voiture. Demain soir, devant la gare, tout le monde vient.", "Banlieue info"],
  ["fraud", "en", "campaign", "I doubled my savings with coach Brian in two weeks, write to him, he answers everybody", "Investors club"],
  ["illegal_goods", "en", "term", "green papers", "green papers"],
  ["self_harm", "en", "message", "I cannot do this any more and tonight I have decided. Thank you all.", "late night talks"],
  ["spam", "en", "account", "Cheap followers, likes, views - link in bio", "GrowthHub"],
  ["other_illegal", "ar", "message", "بيع حسابات بنكية جاهزة مع بطاقات، التواصل على الخاص", "سوق مفتوح"],
  ["terrorism", "en", "message", "Reposted statement of a listed organisation (matched a hash list).", "World archive"],
];
const countries = ["DE", "US", "ES", "UA", "GB", "FR", "IN", "BR", "PL", "TR"];
const sources = ["scan", "report", "second_stage", "search_report", "flagger", "hash"];
const queues = { terrorism: "urgent", csae: "urgent", self_harm: "urgent", violence: "urgent", spam: "spam", fraud: "spam" };
const hours = { urgent: 1, spam: 72, general: 24, terms: 48 };

export function summary(id) {
  const next = random(id * 7919);
  const [category, language, kind, text, title] = texts[(id * 5 + Math.floor(next() * 3)) % texts.length];
  // By number the most severe first, so that the queue's order is the numbers'.
  const severity = Math.max(3, Math.min(99, Math.round(97 - (id / total) * 90)));
  const queue = kind === "term" ? "terms" : (queues[category] ?? "general");
  const opened_at = begun - Math.floor(next() * next() * 200_000) - 60;
  const found = {
    id, version: 1, kind, title, excerpt: text.slice(0, 200), state: "open", queue, category, severity, language,
    subject: { message: `message/channel/${id % 5000}/${id}`, account: `account/${1000 + (id % 9000)}`, chat: `channel/${id % 5000}`, campaign: `campaign/${(id * 2654435761 >>> 0).toString(16)}`, term: `term/${1 + (id % 12)}` }[kind],
    priority: Math.round(severity * 10 + next() * 9) / 10, country: pick(next, countries), opened_at,
    due_at: opened_at + hours[queue] * 3600, reports: Math.floor(next() * next() * 40), reach: Math.floor(next() ** 4 * 200_000) + 3,
    media: kind === "message" && id % 3 === 0 ? 1 + (id % 2) : kind === "account" ? 1 : 0,
    sources: [...new Set([pick(next, sources), pick(next, sources)])],
    ...(kind === "campaign" ? { members: 20 + Math.floor(next() * 400) } : {}),
    proposed: { effect: { message: "remove", account: "limit_account", chat: "close_channel", campaign: "remove", term: "review" }[kind], clause: category.replaceAll("_", "-"), confidence: Math.round(next() * 400 + 590) / 1000, by: `${category.replaceAll("_", "-")}-likely` },
  };
  if (id % 11 === 4) found.claim = { by: { id: 2, name: "Sol Senior" }, until: now() + 700 };
  Object.assign(found, changes.get(id)?.summary);
  for (const [key, value] of Object.entries(found)) if (value === undefined) delete found[key];
  if (found.claim && found.claim.until < now()) delete found.claim;
  return found;
}

export function change(id, summaryPart, event) {
  const had = changes.get(id) ?? { summary: {}, events: [], notes: [] };
  had.summary = { ...had.summary, ...summaryPart, version: (had.summary.version ?? 1) + 1 };
  if (event) had.events.unshift({ id: 1000 + had.events.length, at: now(), ...event });
  changes.set(id, had);
  return had;
}

export function member(seed) {
  const next = random(seed * 104729);
  const name = `${pick(next, ["Alex", "Sam", "Kim", "Noor", "Ilse", "Petro", "Ana", "Luc"])} ${pick(next, ["Winter", "Vidal", "Koval", "Brandt", "Moreau", "Haddad"])}`;
  return { id: 1000 + seed, name, username: `user${1000 + seed}`, since: begun - Math.floor(next() * 40_000_000), country: pick(next, countries), standing: pick(next, ["fresh", "regular", "regular", "trusted", "limited"]), strikes: Math.floor(next() * 4), cases: 1 + Math.floor(next() * 9), violations: Math.floor(next() * 3) };
}
export function chat(seed, title = "papers desk") {
  const next = random(seed * 31337);
  return { id: seed, kind: "channel", subject: `channel/${seed}`, title, username: title.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_").replaceAll(/^_|_$/g, "") || `chat${seed}`, public: true, members: Math.floor(next() * 90_000) + 12, created_at: begun - Math.floor(next() * 50_000_000), cases: Math.floor(next() * 12) };
}

export function content(found) {
  const text = texts.find((row) => row[4] === found.title)?.[3] ?? found.excerpt;
  return {
    text, canonical: text.toLowerCase().replaceAll("а", "a"), language: found.language, captured_at: found.opened_at, sent_at: found.opened_at - 1,
    sha256: createHash("sha256").update(text).digest("hex"), changed: ["no", "edited", "no", "deleted"][found.id % 4], private: found.id % 13 === 0 && found.kind === "message",
    ...(found.kind === "message" ? { link: `https://t.me/${chat(found.id % 5000, found.title).username}/${found.id}`, views: found.reach } : {}),
    ...(found.language !== "en" ? { translation: "(translation) " + { ru: "Earn from $500 a day without investment, write to me, 3 places left!!!", de: "This is the address of the guy who reported us. You know what to do.", es: "Document shop: permits, titles, invoices. Discreet delivery.", fr: "We know where he parks his car. Tomorrow evening, in front of the station, everybody comes.", ar: "Ready bank accounts with cards for sale, write to me in private" }[found.language] } : {}),
    media: Array.from({ length: found.media }, (_, index) => ({ index, kind: found.kind === "account" ? "avatar" : index === 1 ? "video" : "photo", width: 640, height: 480, size: 120_000, closed: found.category === "csae", found: index === 0 && found.category === "sexual" ? ["image model: 0.87"] : [] })),
  };
}

export function findings(found, text) {
  if (found.kind === "term") return [];
  const bytes = Buffer.from(text);
  const word = text.split(/\s+/)[0];
  const later = text.split(/\s+/).find((part) => part.length > 6 && part !== word) ?? word;
  const at = Buffer.from(text.slice(0, text.indexOf(later))).length;
  return [{
    at: found.opened_at, source: "scan", category: found.category, rule: found.proposed.by, clause: found.proposed.clause, proposed: found.proposed.effect,
    confidence: found.proposed.confidence, severity: found.severity, terms: [`goods/${word.toLowerCase()}`],
    highlights: [{ from: 0, to: Math.min(bytes.length, Buffer.from(word).length), term: `goods/${word.toLowerCase()}` }, { from: at, to: at + Buffer.from(later).length }],
    why: [{ text: word.toLowerCase(), weight: 1.84 }, { text: later.toLowerCase(), weight: 0.92 }, { text: "dm", weight: 0.44 }, { text: "request", weight: -0.21 }],
    measured: found.kind === "campaign" ? [{ measure: "authors", value: 38 }, { measure: "chats", value: 112 }] : [], signals: found.kind === "campaign" ? ["same-by-many-new"] : [], media: [],
    versions: { terms: "2026-11-25.1", links: "2026-11-20", model: "linear-7", policy: "2026-11-28", rules: "2" },
  }];
}
