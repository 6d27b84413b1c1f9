// Who is signed in at the mock.
import { randomBytes } from "node:crypto";

export const now = () => Math.floor(Date.now() / 1000);
const names = {
  moderator: "Mira Moderator", "senior-moderator": "Sol Senior", "legal-officer": "Lena Legal",
  "legal-approver": "Aki Approver", auditor: "Otto Auditor", admin: "Ada Admin",
};
export const staff = Object.entries(names).map(([role, name], index) => ({
  id: index + 1, name, role, state: "active", languages: ["en", "de", "ru"].slice(0, 1 + (index % 3)), categories: [],
  credentials: ["passkey"], added_at: now() - 90 * 86400, seen_at: now() - index * 4000,
}));
staff.push({ id: 7, name: "Noa Newcomer", role: "moderator", state: "invited", languages: ["es"], categories: ["spam", "fraud"], credentials: [], added_at: now() - 3600 });
staff.push({ id: 8, name: "Gus Gone", role: "moderator", state: "disabled", languages: [], categories: [], credentials: ["totp"], added_at: now() - 300 * 86400, seen_at: now() - 60 * 86400 });

const sessions = new Map();
export const keys = new Map();  // passkey id -> staff id

export function open(member) {
  const token = randomBytes(16).toString("hex");
  const session = {
    id: member.id, name: member.name, role: member.role, expires_at: now() + 12 * 3600, idle_seconds: 1800,
    languages: member.languages, categories: member.categories,
    settings: { blur: true, grey: true, break_after: 40, opt_out: [], theme: "auto" },
    wellness: { since: now() - 5400, exposures: 12, today: 31 },
  };
  sessions.set(token, session);
  return { session, cookie: `heliograph_staff=${token}; HttpOnly; SameSite=Strict; Path=/` };
}
export function shown({ wellness, ...session }) {
  return session;
}
function tokenOf(request) {
  return /heliograph_staff=(\w+)/.exec(request.headers.cookie ?? "")?.[1];
}
export const sessionOf = (request) => sessions.get(tokenOf(request));
export function close(session) {
  for (const [token, open] of sessions) if (open === session) sessions.delete(token);
}
