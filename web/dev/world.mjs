// What else there is in the mock's world: rules, templates, terms, figures.
import { total } from "./cases.mjs";
import { now } from "./people.mjs";

const clause = (id, title, text) => ({ id, title, text, category: id.replaceAll("-", "_") });
const clauses = [
  clause("illegal-goods", "Illegal goods", "Do not offer, ask for or arrange the sale of what the law forbids to trade."),
  clause("fraud", "Fraud", "Do not deceive people to get their money, their accounts or their data."),
  clause("csae", "Sexual abuse of children", "Nothing that sexualises children."),
  clause("terrorism", "Terrorism", "Do not promote, fund or recruit for terrorist groups or acts."),
  clause("violence", "Threats and violence", "Do not threaten people, call for violence against them, or celebrate it."),
  clause("hate", "Hate", "Do not attack people for what they are."),
  clause("harassment", "Harassment", "Do not insult, hunt or expose people."),
  clause("sexual", "Sexual content", "Sexual content between adults is marked as such."),
  clause("self-harm", "Self-harm", "Who is in despair is offered help and is not punished."),
  clause("spam", "Spam", "Do not send bulk messages that people did not ask for."),
  clause("other-illegal", "Other things that the law forbids", "Do not use this service for other acts that the law forbids."),
];
const effect = (name, subjects, more = {}) => ({ effect: name, subjects, severe: false, second_review: false, days: "none", countries: "none", ...more });
const all = ["message", "account", "chat", "campaign", "term"];
export const meta = {
  server: "Heliograph demo", version: "0.5.0", clauses, appeal_days: 183, undo_seconds: 3600, translation: true, languages: ["en", "de", "ru", "es", "fr", "ar"],
  effects: [
    effect("allow", all), effect("mark_sensitive", ["message", "campaign"]), effect("hide_from_search", ["message", "account", "chat", "campaign"]),
    effect("hold", ["message", "campaign"]), effect("restrict_countries", ["message", "chat", "campaign"], { days: "optional", countries: "required" }),
    effect("remove", ["message", "campaign"]), effect("close_channel", ["message", "chat"], { severe: true, days: "optional" }),
    effect("limit_account", ["message", "account", "campaign"], { days: "optional", days_default: 7, limits: ["slow", "mute", "freeze"] }), effect("ban", ["message", "account", "campaign"], { severe: true, second_review: true, days: "optional" }),
  ],
  queues: [{ id: "urgent", title: "Urgent", description: "Threats to life, terrorism, removal orders" }, { id: "general", title: "General" }, { id: "spam", title: "Spam and fraud" }, { id: "terms", title: "Search terms" }, { id: "senior", title: "Senior" }],
};
const template = (id, title, effectName, clauseId, reason, more = {}) => ({ id, place: id, title, effect: effectName, reason, ...(clauseId ? { clause: clauseId } : {}), ...more });
export const templates = [
  template(1, "Offer of illegal goods", "remove", "illegal-goods", "You offered goods that the law forbids to trade: “{excerpt}”.", { subjects: ["message", "campaign"], categories: ["illegal_goods"] }),
  template(2, "Shop for illegal goods", "close_channel", "illegal-goods", "{place} is a shop for goods that the law forbids to trade.", { subjects: ["message", "chat"], categories: ["illegal_goods"] }),
  template(3, "Phishing or scam", "remove", "fraud", "You tried to deceive people to get their money or their accounts: “{excerpt}”.", { subjects: ["message", "campaign"], categories: ["fraud", "spam"] }),
  template(4, "Spam", "remove", "spam", "You sent bulk messages that people had not asked for.", { subjects: ["message", "campaign"], categories: ["spam", "fraud"] }),
  template(5, "Hate", "remove", "hate", "You attacked people for what they are: “{excerpt}”.", { subjects: ["message"], categories: ["hate"] }),
  template(6, "Threat", "remove", "violence", "You threatened people or called for violence against them.", { subjects: ["message"], categories: ["violence", "harassment"] }),
  template(7, "Exposes or insults somebody", "remove", "harassment", "You exposed or insulted people: “{excerpt}”.", { subjects: ["message"], categories: ["harassment", "hate"] }),
  template(8, "Sensitive, allowed", "mark_sensitive", "sexual", "This is shown behind a warning.", { subjects: ["message"], categories: ["sexual"] }),
  template(9, "Account used to break the rules", "limit_account", "spam", "Your account was used to break the rules again and again.", { days: 7, subjects: ["account"] }),
  template(10, "Nothing wrong", "allow", undefined, "Within the rules.", { place: 90 }),
];

const texts = [["green papers", "illegal_goods", 42, 318], ["party candy", "illegal_goods", 31, 120], ["green docs", "illegal_goods", 12, 41], ["easy clone cards", "fraud", 9, 77], ["snow delivery", "illegal_goods", 8, 12], ["double your coins", "fraud", 4, 230], ["leaked private", "sexual", 3, 640], ["no prescription", "illegal_goods", 2, 55], ["blank id", "illegal_goods", 1, 9], ["fake passport", "illegal_goods", 14, 510], ["stolen cards", "fraud", 6, 96], ["old slang", "illegal_goods", 0, 0]];
export const terms = texts.map(([text, category, reports, asked], index) => ({
  id: index + 1, version: 1, text, category, state: index < 9 ? "proposed" : index < 11 ? "active" : "retired", source: index % 4 === 3 ? "machine" : "report", reports, asked, created_at: now() - index * 40_000 - 900, locale: "en",
  ...(index >= 9 ? { effect: ["block", "interstitial", "demote"][index - 9], countries: index === 10 ? ["DE", "AT"] : [], changed_at: now() - 300_000, changed_by: { id: 2, name: "Sol Senior" } } : { effect: "interstitial" }),
}));
export const termLists = [
  { name: "goods", version: "2026-11-25.1", categories: ["illegal_goods"], locales: ["en", "de", "ru"], rows: Array.from({ length: 900 }, (_, index) => ({ id: `goods/term ${index}`, text: `example term ${index}`, kind: ["word", "word", "substring", "regex"][index % 4], category: "illegal_goods", score: 0.9, effect: ["block", "interstitial", "none"][index % 3], locale: ["en", "de", "ru"][index % 3], state: index % 40 ? "active" : "retired", ...(index % 6 === 0 ? { near: ["sale", "contact"], not_near: ["weather"], window: 6 } : {}) })) },
  { name: "fraud", version: "2026-11-20.2", categories: ["fraud"], locales: ["en"], rows: Array.from({ length: 120 }, (_, index) => ({ id: `fraud/term ${index}`, text: `sample phrase ${index}`, kind: "word", category: "fraud", score: 0.8, effect: "none", locale: "en", state: "active" })) },
  { name: "guarded", version: "7", categories: ["illegal_goods", "fraud"], locales: ["en"], rows: terms.filter((one) => one.state === "active").map((one) => ({ id: `guarded/${one.id}`, text: one.text, kind: "word", category: one.category, effect: one.effect, locale: one.locale, countries: one.countries, state: "active" })) },
];
const rule = (id, category, at_least, effectName, more = {}) => ({ id, category, at_least, effect: effectName, clause: category.replaceAll("_", "-"), mode: "live", severity: 60, ...more });
export const policy = {
  version: "2026-11-28", rules_version: 2, machine_may: ["mark_sensitive", "hide_from_search", "review", "hold", "remove", "limit_account"], on_failure: "deliver",
  strikes: { expire_days: 180, limit_at: 3, limit_days: 7, ban_at: 6 }, clauses: clauses.map(({ category, ...one }) => one),
  rules: [rule("goods-sure", "illegal_goods", 0.97, "remove", { strike: 1, severity: 70 }), rule("goods-likely", "illegal_goods", 0.6, "review"), rule("fraud-sure", "fraud", 0.98, "remove"), rule("csae-any", "csae", 0.3, "hold", { severity: 100 }), rule("terrorism-likely", "terrorism", 0.5, "hold", { severity: 98, witnesses: ["hash", "text"] }), rule("sexual-picture", "sexual", 0.6, "mark_sensitive", { witnesses: ["image"], severity: 20 }), rule("spam-fresh", "spam", 0.9, "limit_account", { standing: ["fresh"], mode: "shadow" })],
  source: "# What is done about what the scan finds.\nversion = \"2026-11-28\"\nmachine_may = [\"mark_sensitive\", \"hide_from_search\", \"review\", \"hold\", \"remove\", \"limit_account\"]\n\n[[rule]]\nid = \"goods-sure\"\ncategory = \"illegal_goods\"\nat_least = 0.97\neffect = \"remove\"\nclause = \"illegal-goods\"\n",
};
export const agreement = {
  samples: 412, agreed: 371, kappa: 0.81, mine: { samples: 54, agreed: 50 },
  categories: [["illegal_goods", 120, 114], ["fraud", 90, 84], ["hate", 70, 54], ["harassment", 62, 50], ["spam", 70, 69]].map(([category, samples, agreed]) => ({ category, samples, agreed })),
  pairs: [{ first: "remove", second: "allow", count: 17 }, { first: "remove", second: "mark_sensitive", count: 11 }, { first: "allow", second: "remove", count: 9 }, { first: "limit_account", second: "remove", count: 4 }],
};
export function figures(from, to) {
  const end = to ? Date.parse(to) : Date.now();
  const days = from ? Math.max(1, Math.round((end - Date.parse(from)) / 86_400_000) + 1) : 30;
  const series = Array.from({ length: days }, (_, index) => {
    const wave = Math.sin(index / 2.2) * 300;
    return { day: new Date(end - (days - 1 - index) * 86_400_000).toISOString().slice(0, 10), opened: Math.round(2100 + wave + (index % 7) * 40), decided: Math.round(2050 + wave * 0.8 + (index % 5) * 55), by_machine: Math.round(1300 + wave / 2), backlog: Math.round(total + Math.sin(index / 4) * 9000), median_seconds: Math.round(2600 + Math.cos(index / 3) * 900), appealed: 22 + (index % 6), overturned: 3 + (index % 3) };
  });
  const period = { opened: 63_410, decided: 61_904, by_machine: 38_900, median_seconds: 2710, in_time: 0.934, accuracy: 0.917, appealed: 702, overturned: 88, overturn_rate: 0.125 };
  return {
    at: now(), period, series, now: { backlog: total, overdue: 1799, unassigned: Math.round(total * 0.91), awaiting_second: 14, appeals: 34, oldest_seconds: 191_000, median_age_seconds: 40_100 },
    categories: [["illegal_goods", 0.31, 0.94], ["fraud", 0.22, 0.9], ["spam", 0.21, 0.97], ["hate", 0.1, 0.78], ["harassment", 0.08, 0.74], ["sexual", 0.05, 0.92], ["violence", 0.02, 0.86], ["self_harm", 0.01, 0.9]].map(([category, part, accuracy]) => ({ category, backlog: Math.round(total * part), overdue: Math.round(1799 * part), period: { ...period, opened: Math.round(period.opened * part), decided: Math.round(period.decided * part), accuracy, overturn_rate: Math.round((1 - accuracy) * 1.3 * 1000) / 1000, median_seconds: Math.round(period.median_seconds * (2 - accuracy)) } })),
    bases: [{ basis: "rule", name: "spam-links", decided: 9120, overturned: 41 }, { basis: "model", name: "2026-11-20", decided: 38_900, overturned: 63 }, { basis: "person", decided: 23_004, overturned: 25 }],
  };
}
export const health = {
  status: "warning", version: "0.5.0", up_since: now() - 400_000,
  parts: [
    { name: "scan", status: "ok", facts: { terms: "2026-11-25.1", model: "linear-7", policy: "2026-11-28" } },
    { name: "second_stage", status: "warning", detail: "Two of the last ten questions were not answered.", facts: { waiting: "118" } },
    { name: "image_model", status: "ok" }, { name: "hash_lists", status: "ok", facts: { banks: "3", hashes: "1 204 551" } },
    { name: "ledger", status: "ok", facts: { size: "8 112 640", checkpoint: "12 s ago" } }, { name: "search", status: "ok", facts: { behind: "0" } }, { name: "guard", status: "ok", facts: { version: "7" } }, { name: "queue", status: "ok" },
  ],
};
