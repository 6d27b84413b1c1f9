// What the mock answers, by operationId of docs/api/console.yaml.
import { randomBytes } from "node:crypto";
import { change, changes, chat, content, findings, member, summary, total } from "./cases.mjs";
import { close, keys, now, open, shown, staff } from "./people.mjs";
import { agreement, figures, health, meta, policy, templates, termLists, terms } from "./world.mjs";

import { addPublicReport, publicReports } from "./reports.mjs";

export class Answer {
  constructor(status, body, headers = {}) {
    Object.assign(this, { status, body, headers });
  }
}
const ok = (body, status = 200) => new Answer(status, body);
const fail = (status, code, detail, more = {}) => new Answer(status, { type: "about:blank", title: code.toLowerCase().replaceAll("_", " "), status, code, detail, ...more });
const me = (session) => ({ id: session.id, name: session.name });
const page = (list, query) => {
  const from = query.cursor ? Number(Buffer.from(query.cursor, "base64url").toString()) : 0;
  const items = list.slice(from, from + (query.limit ?? 50));
  return { items, ...(from + items.length < list.length ? { next: Buffer.from(String(from + items.length)).toString("base64url") } : {}) };
};
const challenge = (rest) => ({ challenge_id: randomBytes(8).toString("hex"), options: { challenge: randomBytes(32).toString("base64url"), timeout: 60_000, userVerification: "required", ...rest } });
const creation = (name) => challenge({ rp: { name: "Heliograph" }, user: { id: Buffer.from(name).toString("base64url"), name, displayName: name }, pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -8 }], authenticatorSelection: { residentKey: "required", userVerification: "required" }, attestation: "none" });
const enrolled = (token) => {
  const found = staff.find((one) => token === `demo-${one.role}`);
  if (!found) throw fail(404, "ENROLMENT_UNKNOWN", "This link was never given, has been used, or has expired. Ask an administrator for a new one.");
  return found;
};
const signIn = (found) => {
  const { session, cookie } = open(found);
  return new Answer(200, shown(session), { "Set-Cookie": cookie });
};
const codeOf = (code) => {
  if (code !== "123456") throw fail(401, "CODE_INVALID", "This code is not right, or no longer. Wait for the next one.");
};

function publicReport(id) {
  const found = publicReports.find((one) => one.id === id);
  if (!found) throw fail(404, "PUBLIC_REPORT_UNKNOWN", "There is no report of this number.");
  return found;
}

function known(id) {
  if (!(id >= 1 && id <= total)) throw fail(404, "CASE_UNKNOWN", "There is no case with this number.");
  return summary(id);
}
function can(session, found) {
  const works = ["moderator", "senior-moderator"].includes(session.role);
  const mine = !found.claim || found.claim.by.id === session.id;
  return {
    claim: works && mine && found.state === "open", decide: works && mine && found.state === "open" && found.kind !== "term", undo: works && found.state === "decided",
    escalate: works && found.state === "open", note: works || session.role === "legal-officer", second_review: works && found.state === "awaiting_second" && changes.get(found.id)?.decision?.by.id !== session.id,
    effects: works ? meta.effects.filter((one) => one.subjects.includes(found.kind)).map((one) => one.effect) : [],
  };
}
function caseOf(session, id) {
  const found = known(id);
  const what = content(found);
  const done = changes.get(id);
  return {
    summary: found, content: what, findings: findings(found, what.text), statements: done?.statements ?? [], notes: done?.notes ?? [],
    ...(found.kind === "term" ? { term: terms[(id % terms.length)] } : { author: member(id % 300) }),
    ...(["message", "chat"].includes(found.kind) ? { place: chat(id % 5000, found.title) } : {}),
    ...(done?.decision ? { decision: done.decision } : {}),
    ...(id % 17 === 3 ? { order: { authority: "Zentrale Meldestelle", reference: "TCO 2026/118", received_at: found.opened_at, due_at: found.opened_at + 3600 } } : {}),
    can: can(session, found),
  };
}
const severe = new Map(meta.effects.map((one) => [one.effect, one]));
function decide(session, id, version, decision) {
  const found = known(id);
  if (found.claim && found.claim.by.id !== session.id) throw fail(409, "CASE_TAKEN", `${found.claim.by.name} is at work on it.`, { by: found.claim.by.name });
  if (found.state !== "open") throw fail(409, "CASE_NOT_OPEN", "It has been decided meanwhile.");
  if (found.version !== version) throw fail(409, "CASE_CHANGED", "The case has changed; look again.");
  if (decision.effect !== "allow" && !decision.clause) throw fail(422, "CLAUSE_UNKNOWN", "Name the rule that it breaks.", { field: "clause" });
  if (!severe.get(decision.effect)?.subjects.includes(found.kind)) throw fail(422, "EFFECT_UNFIT", `${decision.effect} does not fit a ${found.kind}.`, { field: "effect" });
  const second = severe.get(decision.effect).second_review;
  const done = change(id, { state: second ? "awaiting_second" : "decided", claim: undefined, decided_at: now(), ...(second ? {} : { effect: decision.effect }) }, { by: me(session), what: second ? "awaiting_second" : "decided", effect: decision.effect, text: decision.reason });
  done.decision = { at: now(), by: me(session), effect: decision.effect, reason: decision.reason, record: 40_000 + id, ...(decision.clause ? { clause: decision.clause } : {}) };
  if (decision.effect !== "allow" && !second) {
    done.statements = [{ at: now(), effect: decision.effect, facts: decision.reason, source: "own_initiative", automated_detection: true, automated_decision: false, clause: decision.clause, clause_title: meta.clauses.find((one) => one.id === decision.clause)?.title ?? "", redress: "You can appeal within 183 days." }];
  }
  return { case: summary(id), decision: done.decision, undo_until: now() + meta.undo_seconds };
}

function* matching(session, query, from) {
  const step = query.order === "oldest" ? -1 : 1;
  for (let id = from; id >= 1 && id <= total; id += step) {
    const found = summary(id);
    if (query.state !== "all" && found.state !== query.state) continue;
    if (query.queue && found.queue !== query.queue) continue;
    if (query.category ? !query.category.includes(found.category) : session.settings.opt_out.includes(found.category)) continue;
    if (query.language && found.language !== query.language) continue;
    if (query.country && found.country !== query.country) continue;
    if (query.kind && found.kind !== query.kind) continue;
    if (query.severity_min && found.severity < query.severity_min) continue;
    if (query.assigned === "nobody" && found.claim) continue;
    if (query.assigned === "me" && found.claim?.by.id !== session.id) continue;
    if (query.assigned === "others" && (!found.claim || found.claim.by.id === session.id)) continue;
    yield found;
  }
}
const claimFor = (session, id) => {
  const claim = { by: me(session), until: now() + 900 };
  change(id, { claim }, { by: me(session), what: "claimed" });
  return claim;
};

// One is a dot on the map, one is too small even for that.
const reportCountries = ["DE", "PL", "UA", "US", "SG", "BR", "IN", "NG", "GI", "AU", "FR"];
const countriesOf = (id) => Object.entries(Object.groupBy(reportsOf(id).filter((one) => one.country), (one) => one.country)).map(([country, all]) => ({ country, reports: all.length }));
const reportsOf = (id) => Array.from({ length: summary(id).reports }, (_, index) => ({
  id: index + 1, at: summary(id).opened_at + index * 60, source: index % 5 === 2 ? "flagger" : "report", category: summary(id).category, option: ["Sells documents", "Scam or fraud", "Insults somebody"][index % 3],
  ...(index % 2 ? { comment: "Seen in three groups today." } : {}), ...(index % 9 === 8 ? {} : { country: reportCountries[index % 3 ? index % reportCountries.length : 0] }), language: "en",
  reporter: index % 5 === 2 ? { reports: 812, reputation: 0.96, trusted: "Safe Net e.V." } : { reports: 1 + index * 3, ...(index % 3 ? { reputation: (60 + (index * 7) % 40) / 100 } : {}) },
}));

const appeals = Array.from({ length: 34 }, (_, index) => ({
  id: index + 1, case_id: 900 + index * 14, state: "open", filed_at: now() - (34 - index) * 5400, due_at: now() + 86400 * (index + 1) - 40_000, title: summary(900 + index * 14).title,
  excerpt: "This was a report about such shops, not an offer. Please read the whole post.", category: summary(900 + index * 14).category, effect: ["remove", "limit_account", "close_channel"][index % 3], language: "en", by_machine: index % 2 === 0, by_reporter: false, can_decide: true,
}));
const appealOf = (id) => appeals.find((one) => one.id === id) ?? (() => { throw fail(404, "APPEAL_UNKNOWN", "There is no appeal with this number."); })();
const termOf = (id) => terms.find((one) => one.id === id) ?? (() => { throw fail(404, "TERM_UNKNOWN", "There is no such term."); })();
const touch = (term, session, part) => Object.assign(term, part, { version: term.version + 1, changed_at: now(), changed_by: me(session) });
const reads = [];
const record = (session, what, reason, id) => reads.unshift({ id: reads.length + 1, at: now(), by: me(session), what, reason, ...(id ? { member: id } : {}) });
const replays = [];
const staffOf = (id) => staff.find((one) => one.id === id) ?? (() => { throw fail(404, "STAFF_UNKNOWN", "There is nobody with this number."); })();
const wellness = (session) => ({ ...session.wellness, break_after: session.settings.break_after, break_due: session.wellness.exposures >= session.settings.break_after });
let samples = 0;

export const handlers = {
  getSession: ({ session }) => ok(shown(session)),
  signOut: ({ session }) => { close(session); return new Answer(204, undefined, { "Set-Cookie": "heliograph_staff=; Max-Age=0; Path=/" }); },
  passkeyOptions: () => ok(challenge({ allowCredentials: [] })),
  passkeySignIn: ({ body }) => {
    const id = keys.get(body.credential.id);
    return id ? signIn(staffOf(id)) : fail(401, "PASSKEY_UNKNOWN", "This passkey belongs to nobody here.");
  },
  totpSignIn: ({ body }) => {
    codeOf(body.code);
    const found = staff.find((one) => one.name.toLowerCase() === body.name.toLowerCase());
    return found ? signIn(found) : fail(401, "CODE_INVALID", "This code is not right, or no longer. Wait for the next one.");
  },
  stepUpOptions: () => ok({ passkey: challenge({ allowCredentials: [] }), totp: true }),
  stepUp: ({ session, body }) => { if (body.code) codeOf(body.code); session.stepped_up_until = now() + 300; return ok(shown(session)); },
  putSettings: ({ session, body }) => { session.settings = body; return ok(shown(session)); },
  listCredentials: () => ok({ items: [{ id: 1, kind: "passkey", label: "Blue key", added_at: now() - 8_000_000, used_at: now() - 600 }, { id: 2, kind: "totp", added_at: now() - 8_000_000 }] }),
  removeCredential: () => new Answer(204),
  addPasskeyOptions: ({ session }) => ok(creation(session.name)),
  addPasskey: ({ session, body }) => { keys.set(body.credential.id, session.id); return ok({ id: 3, kind: "passkey", label: body.label ?? "", added_at: now() }, 201); },
  readEnrolment: ({ body }) => { const found = enrolled(body.token); return ok({ name: found.name, role: found.role, expires_at: now() + 86400 }); },
  enrolPasskeyOptions: ({ body }) => ok(creation(enrolled(body.token).name)),
  enrolPasskey: ({ body }) => { const found = enrolled(body.token); keys.set(body.passkey.credential.id, found.id); return signIn(found); },
  enrolTotpOptions: ({ body }) => ok({ secret: "JBSWY3DPEHPK3PXP", uri: `otpauth://totp/Heliograph:${encodeURIComponent(enrolled(body.token).name)}?secret=JBSWY3DPEHPK3PXP&issuer=Heliograph` }),
  enrolTotp: ({ body }) => { codeOf(body.code); return signIn(enrolled(body.token)); },

  getMeta: () => ok(meta),
  listTemplates: () => ok({ items: [...templates].sort((a, b) => a.place - b.place) }),
  addTemplate: ({ session, body }) => { const made = { place: 500, ...body, id: Math.max(...templates.map((one) => one.id)) + 1, changed_at: now(), changed_by: me(session) }; templates.push(made); return ok(made, 201); },
  putTemplate: ({ session, body, id }) => { const at = templates.findIndex((one) => one.id === id); if (at < 0) return fail(404, "TEMPLATE_UNKNOWN", "There is no such template."); templates[at] = { ...body, id, changed_at: now(), changed_by: me(session) }; return ok(templates[at]); },
  removeTemplate: ({ id }) => { const at = templates.findIndex((one) => one.id === id); if (at >= 0) templates.splice(at, 1); return new Answer(204); },

  listQueue: ({ session, query }) => {
    const from = query.cursor ? Number(Buffer.from(query.cursor, "base64url").toString()) : query.order === "oldest" ? total : 1;
    const items = [];
    let next;
    for (const found of matching(session, query, from)) {
      if (items.length === query.limit) { next = Buffer.from(String(found.id)).toString("base64url"); break; }
      items.push(found);
    }
    const plain = query.state === "open" && !query.queue && !query.category && !query.kind && !query.language && !query.country && query.assigned === "anyone" && !query.severity_min;
    return ok({ items, ...(next ? { next } : {}), ...(plain ? { total } : {}) });
  },
  countQueue: ({ session }) => ok({
    mine: [...changes.entries()].filter(([id, one]) => one.summary.claim?.by.id === session.id && summary(id).state === "open").length,
    items: [["urgent", 0.06, 214], ["general", 0.51, 1480], ["spam", 0.4, 90], ["terms", 0.03, 12], ["senior", 0.001, 3]].map(([queue, part, overdue]) => ({ queue, open: Math.round(total * part), unassigned: Math.round(total * part * 0.9), overdue, oldest_at: now() - 190_000 })),
  }),
  claimNext: ({ session, body }) => {
    for (const found of matching(session, { state: "open", assigned: "nobody", ...body }, 1)) return ok({ case: summary(found.id), claim: claimFor(session, found.id) });
    return new Answer(204);
  },
  openCase: ({ session, body }) => { const id = total - 7; change(id, { subject: body.subject, category: body.category, sources: ["staff"] }, { by: me(session), what: "opened", text: body.note }); return ok(summary(id), 201); },
  getCase: ({ session, id }) => { record(session, "getCase", `case ${id}`, summary(id).kind === "term" ? 0 : member(id % 300).id); return ok(caseOf(session, id)); },
  claimCase: ({ session, id }) => {
    const found = known(id);
    if (found.claim && found.claim.by.id !== session.id) return fail(409, "CASE_TAKEN", `${found.claim.by.name} is at work on it.`, { by: found.claim.by.name });
    if (found.state !== "open") return fail(409, "CASE_NOT_OPEN", "It has been decided meanwhile.");
    return ok(claimFor(session, id));
  },
  releaseCase: ({ session, id }) => { change(id, { claim: undefined }, { by: me(session), what: "released" }); return new Answer(204); },
  decideCase: ({ session, id, body: { version, ...decision } }) => ok(decide(session, id, version, decision)),
  secondReview: ({ session, id, body }) => {
    const done = changes.get(id);
    if (known(id).state !== "awaiting_second") return fail(409, "CASE_NOT_AWAITING", "It awaits no second review.");
    if (done.decision.by.id === session.id) return fail(409, "CASE_SAME_PERSON", "Somebody else has to confirm it.");
    change(id, body.verdict === "confirm" ? { state: "decided", effect: done.decision.effect } : { state: "open" }, { by: me(session), what: body.verdict === "confirm" ? "second_confirmed" : "second_refused", text: body.note ?? "" });
    return ok({ case: summary(id), decision: done.decision });
  },
  undoDecision: ({ session, id, body }) => {
    if (known(id).state !== "decided") return fail(409, "CASE_NOT_DECIDED", "There is nothing to take back.");
    change(id, { state: body.reopen ? "open" : "reversed", effect: undefined, decided_at: undefined }, { by: me(session), what: "undone", text: body.reason });
    return ok({ case: summary(id) });
  },
  escalateCase: ({ session, id, body }) => { change(id, { queue: body.queue ?? "senior", claim: undefined }, { by: me(session), what: "escalated", text: body.note }); return ok(summary(id)); },
  translateCase: ({ session, id, body }) => { record(session, "translateCase", `case ${id}`, member(id % 300).id); return ok({ language: body.language ?? "en", text: `In English: ${caseOf(session, id).content.text}` }); },
  addNote: ({ session, id, body }) => {
    const done = change(id, {}, { by: me(session), what: "noted", text: body.text });
    const note = { id: done.notes.length + 1, at: now(), by: me(session), text: body.text };
    done.notes.push(note);
    return ok(note, 201);
  },
  listReports: ({ id, query }) => ok({ ...page(reportsOf(id), query), total: reportsOf(id).length, countries: countriesOf(id) }),
  listHistory: ({ id, query }) => ok(page([...(changes.get(id)?.events ?? []), { id: 2, at: summary(id).opened_at + 20, what: "reported", text: "by 3 people" }, { id: 1, at: summary(id).opened_at, what: "opened" }], query)),
  listMembers: ({ id, query }) => { const found = known(id); return ok({ ...page(Array.from({ length: found.members ?? 0 }, (_, index) => ({ subject: `message/channel/${index}/${id}`, title: `Channel ${index}`, text: `${content(found).text}${"!".repeat(index % 4)}`, author: member(index), added_at: found.opened_at + index * 9, effect: "hold" })), query), total: found.members ?? 0 }); },
  listLinked: ({ id }) => ok({ author: [id + 11, id + 23].map(summary), media: [], campaign: [], similar: [id + 14, id + 28, id + 42].map(summary) }),
  getContext: ({ id }) => {
    const found = known(id);
    if (content(found).private) return fail(404, "SUBJECT_PRIVATE", "It was reported from a private chat: only what was reported can be seen.");
    return ok({ items: Array.from({ length: 7 }, (_, index) => ({ id: id + index + 1, at: found.opened_at - (3 - index) * 70, author: member((id + index * (index % 2)) % 300), text: index === 3 ? content(found).text : ["Morning everyone", "Did anyone see the game?", "Yes, what a finish", "", "Please stop posting this here", "Reported.", "Back to the topic"][index], subject: index === 3 })) });
  },
  getMedia: ({ session, id, query, names }) => {
    const found = known(id);
    if (!query.blur) { session.wellness.exposures += 1; session.wellness.today += 1; }
    const hue = (id * 47 + Number(names.index) * 90) % 360;
    const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480"><defs><filter id="b"><feGaussianBlur stdDeviation="${query.blur ? 40 : 0}"/></filter></defs><g filter="url(#b)"><rect width="640" height="480" fill="hsl(${hue} 50% 70%)"/><circle cx="450" cy="140" r="70" fill="hsl(${hue + 60} 80% 60%)"/><path d="M0 480L220 210L360 360L470 260L640 480Z" fill="hsl(${hue + 140} 40% 35%)"/></g></svg>`;
    const answer = new Answer(200);
    return Object.assign(answer, { bytes: picture, type: "image/svg+xml", found });
  },
  batchDecide: ({ session, body }) => ok({ items: body.cases.map(({ id, version }) => {
    try {
      return { id, decided: decide(session, id, version, body.decision) };
    } catch (error) {
      return { id, problem: error.body };
    }
  }) }),

  listAppeals: ({ query }) => ok(page(appeals.filter((one) => (query.state === "all" || one.state === query.state) && (!query.mine || one.can_decide)), query)),
  getAppeal: ({ session, id }) => { const found = appealOf(id); return ok({ summary: found, text: "This was a report about such shops, not an offer. I am a journalist and wrote about how people are cheated there. Please read the whole post.", source: "bot", case: caseOf(session, found.case_id), ...(found.answer ? { answer: found.answer } : {}) }); },
  claimAppeal: ({ session, id }) => ok(appealOf(id).claim = { by: me(session), until: now() + 900 }),
  decideAppeal: ({ session, id, body }) => {
    const found = appealOf(id);
    if (found.state !== "open") return fail(409, "APPEAL_DECIDED", "It has been decided meanwhile.");
    const { answer, ...rest } = Object.assign(found, { state: body.verdict, decided_at: now(), decided_by: me(session), answer: { ...body } });
    return ok(rest);
  },

  listTerms: ({ query }) => ok(page(terms.filter((one) => (!query.state || one.state === query.state) && (!query.effect || one.effect === query.effect) && (!query.category || one.category === query.category) && (!query.query || one.text.includes(query.query.toLowerCase()))), query)),
  proposeTerm: ({ body }) => {
    const had = terms.find((one) => one.text === body.text);
    if (had) return fail(409, "TERM_KNOWN", "This term is known already.", { id: had.id });
    const { note, ...rest } = body;
    const made = { ...rest, id: terms.length + 1, version: 1, state: "proposed", source: "staff", reports: 0, asked: 0, created_at: now() };
    terms.unshift(made);
    return ok(made, 201);
  },
  tryQuery: ({ body }) => {
    const hit = terms.find((one) => one.state === "active" && body.query.toLowerCase().replaceAll(/[^a-z]/g, "").includes(one.text.replaceAll(" ", "")));
    return ok({ effect: hit?.effect ?? "allow", terms: hit ? [`guarded/${hit.id}`] : [], canonical: body.query.toLowerCase(), ...(hit && !body.query.toLowerCase().includes(hit.text) ? { corrected: hit.text } : {}) });
  },
  getTerm: ({ id }) => ok({ term: termOf(id), canonical: termOf(id).text, reports: reportsOf(6).slice(0, 5), history: [{ id: 1, at: termOf(id).created_at, what: "opened" }], daily: Array.from({ length: 30 }, (_, index) => ({ day: new Date((now() - (29 - index) * 86400) * 1000).toISOString().slice(0, 10), asked: Math.round(20 + 14 * Math.sin(index / 3) + index), evaded: Math.round(index / 4), shown_anyway: index % 5, overblock_reports: index % 11 === 0 ? 1 : 0 })) }),
  previewTerm: ({ id }) => ok({
    peers: [chat(41, "papers desk"), chat(42, "Green papers shop"), { ...chat(43, "Recycling news"), verified: true }].map((one, index) => ({ ...one, ...(index === 0 ? { open_case: 15 } : {}) })),
    posts: Array.from({ length: 6 }, (_, index) => ({ subject: `message/channel/41/${index + 1}`, title: index % 2 ? "papers desk" : "Green papers shop", text: ["New stock this week, write to the bot", "Samples in the comments", "Where can I recycle green paper?", "Prices as always, delivery in three days", "Review: arrived in four days", "Restock on Friday"][index], at: now() - index * 7000, link: "https://t.me/papers_desk/1" })),
    related: [{ id: 3, text: "green docs", state: "proposed" }, { text: "fake passport*", state: "active", effect: "block" }], benign: termOf(id).text.length < 7 ? ["green paper recycling"] : [],
  }),
  guardTerm: ({ session, id, body: { version, reason, note_to_reporter, ...part } }) => {
    if (termOf(id).version !== version) return fail(409, "TERM_CHANGED", "Somebody else has changed it; look again.");
    return ok(touch(termOf(id), session, { ...part, state: "active" }));
  },
  retireTerm: ({ session, id }) => ok(touch(termOf(id), session, { state: "retired" })),
  rejectTerm: ({ session, id }) => ok(touch(termOf(id), session, { state: "rejected" })),

  listTermLists: () => ok({ version: "2026-11-25.1+guarded.7", items: termLists.map(({ rows, ...rest }) => ({ ...rest, terms: rows.length, active: rows.filter((one) => one.state === "active").length })) }),
  readTermList: ({ names, query }) => {
    const list = termLists.find((one) => one.name === names.name);
    return list ? ok(page(list.rows.filter((one) => !query.query || one.text.includes(query.query)), query)) : fail(404, "LIST_UNKNOWN", "There is no list of this name.");
  },
  getPolicy: () => ok(policy),
  listReplays: () => ok({ items: replays.map(({ begun, ...one }) => one) }),
  startReplay: ({ session, body }) => {
    if (body.policy && !body.policy.includes("version")) return fail(422, "POLICY_INVALID", "Line 1: version is missing.", { field: "policy" });
    const made = { id: replays.length + 1, from: body.from, to: body.to, state: "running", by: me(session), started_at: now(), policy: body.policy ? "as sent" : policy.version };
    replays.unshift(made);
    setTimeout(() => Object.assign(made, { state: "done", ended_at: now(), judged: 48_212, changed: 37, sums: [{ was: "review", now: "remove", category: "illegal_goods", count: 29 }, { was: "review", now: "allow", category: "hate", count: 8 }], examples: [{ subject: "message/channel/9/31", was: "review", now: "remove", rule: "goods-sure", score: 0.974 }] }), 1500);
    return ok({ ...made }, 202);
  },
  getReplay: ({ id }) => ok(replays.find((one) => one.id === id)),

  findMembers: ({ session, body }) => { record(session, "findMembers", body.reason); return ok({ items: body.query === "nobody" ? [] : [12, 31, 77].map(member) }); },
  readMember: ({ session, id, body }) => { record(session, "readMember", body.reason, id); return ok({ card: member(id - 1000), about: "Writes about films.", cases: [3, 17].map(summary), chats: [chat(41, "papers desk")], reporting: { reports: 14, right: 11, wrong: 2 } }); },
  findChats: ({ session, body }) => { record(session, "findChats", body.reason); return ok({ items: [chat(41, "papers desk"), chat(42, "Green papers shop")] }); },
  readChat: ({ session, id, body }) => { record(session, "readChat", body.reason); return ok({ card: chat(id), about: "All papers, all countries.", owner: member(12), cases: [15, 29].map(summary), posts: [1, 2, 3].map((one) => ({ id: one, at: now() - one * 4000, text: "New stock this week, write to the bot", subject: false })) }); },

  listStaff: () => ok({ items: staff }),
  addStaff: ({ body }) => {
    if (staff.some((one) => one.name === body.name)) return fail(409, "NAME_TAKEN", "Somebody else has this name.", { field: "name" });
    const made = { languages: [], categories: [], ...body, id: staff.length + 1, state: "invited", credentials: [], added_at: now() };
    staff.push(made);
    return ok({ member: made, url: `http://127.0.0.1:8091/console#/enrol/${randomBytes(16).toString("hex")}`, expires_at: now() + 86400 }, 201);
  },
  changeStaff: ({ session, id, body }) => id === session.id && body.role ? fail(409, "OWN_ROLE", "Somebody else has to change your role.") : ok(Object.assign(staffOf(id), body)),
  renewEnrolment: ({ id }) => ok({ member: staffOf(id), url: `http://127.0.0.1:8091/console#/enrol/${randomBytes(16).toString("hex")}`, expires_at: now() + 86400 }, 201),
  disableStaff: ({ session, id }) => id === session.id ? fail(409, "OWN_ACCOUNT", "Somebody else has to disable your account.") : ok(Object.assign(staffOf(id), { state: "disabled" })),
  listReads: ({ query }) => ok(page(reads.filter((one) => !query.staff || one.by.id === query.staff), query)),

  nextSample: () => {
    if (samples === 3) return new Answer(204);
    samples += 1;
    const found = summary(5000 + samples * 3);
    const what = content(found);
    return ok({ id: samples, kind: found.kind, title: found.title, category: found.category, content: { ...what, media: [] }, findings: findings(found, what.text).map(({ proposed, rule, ...one }) => one), effects: meta.effects.filter((one) => one.subjects.includes(found.kind)).map((one) => one.effect) });
  },
  answerSample: ({ id, body }) => ok({ agrees: body.effect === "remove", case_id: 5000 + id * 3, effect: "remove", clause: "illegal-goods", by_machine: false }),
  getAgreement: () => ok(agreement),
  getFigures: ({ query }) => ok(figures(query.from, query.to)),
  listPublicReports: () => ok({ items: publicReports.map(({ words, threshold, made_at, tallies, figures: counted, previous, ...one }) => one), late: [{ from: "2026-01-01", to: "2026-04-01", due: "2026-05-01" }] }),
  readPublicReport: ({ id }) => ok(publicReport(id)),
  draftReport: ({ body }) => {
    if (publicReports.some((one) => one.from === body.from && one.state === "published") && !body.reason) throw fail(422, "REPORT_REASON_MISSING", "The period's report has been published. Say why there is to be another version.");
    return ok(addPublicReport(body), 201);
  },
  reviewReport: ({ id, body, session }) => ok(Object.assign(publicReport(id), { state: "reviewed", words: body.words ?? "", reviewed_by: session.name, reviewed_at: now() })),
  publishReport: ({ id }) => {
    if (publicReport(id).state !== "reviewed") throw fail(409, "REPORT_NOT_REVIEWED", "Nobody has reviewed the report yet.");
    return ok(Object.assign(publicReport(id), { state: "published", published_at: now() }));
  },
  getHealth: () => ok(health),
  getWellness: ({ session }) => ok(wellness(session)),
  takeBreak: ({ session }) => { Object.assign(session.wellness, { since: now(), exposures: 0 }); return ok(wellness(session)); },
};
