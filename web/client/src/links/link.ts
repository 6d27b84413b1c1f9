// What an address means here: somebody's page, a message, a bot's beginning, an invitation. Both ways of writing them, tg://
// and https://t.me/, are those of core.telegram.org/api/links.
export type Link =
  | { to: "name"; username: string; message?: number; start?: string }
  | { to: "channel"; channel: number; message: number }
  | { to: "invite"; hash: string }
  | { to: "share"; text: string };

const name = /^[A-Za-z][A-Za-z0-9_]{3,31}$/;
const start = /^[A-Za-z0-9_-]{1,512}$/;
const hosts = new Set(["t.me", "telegram.me", "telegram.dog"]);

const whole = (text: string | null | undefined): number | undefined => (text && /^[1-9][0-9]{0,9}$/.test(text) ? Number(text) : undefined);

function named(username: string | null | undefined, message: number | undefined, parameter: string | null): Link | undefined {
  if (!username || !name.test(username)) return undefined;
  return { to: "name", username, ...(message === undefined ? {} : { message }), ...(parameter && start.test(parameter) ? { start: parameter } : {}) };
}

const invited = (hash: string | null | undefined): Link | undefined => (hash && start.test(hash) ? { to: "invite", hash } : undefined);

// None: an address of elsewhere, or one that nothing here is meant by.
export function parseLink(address: string): Link | undefined {
  let url: URL;
  try {
    url = new URL(/^(tg|https?):/i.test(address) ? address : `https://${address}`);
  } catch {
    return undefined;
  }
  const query = url.searchParams;
  if (url.protocol === "tg:") {
    const what = url.host || url.pathname.replaceAll("/", "");
    if (what === "resolve") return named(query.get("domain"), whole(query.get("post")), query.get("start"));
    if (what === "join") return invited(query.get("invite"));
    if (what === "privatepost") return inChannel(query.get("channel"), query.get("post"));
    if (what === "msg_url" || what === "share") return { to: "share", text: [query.get("url"), query.get("text")].filter(Boolean).join("\n") };
    return undefined;
  }
  if (!hosts.has(url.hostname.replace(/^www\./, ""))) return undefined;
  const [first = "", second, third, fourth] = url.pathname.split("/").filter(Boolean);
  if (first.startsWith("+")) return invited(first.slice(1));
  if (first === "joinchat") return invited(second);
  // t.me/c/CHANNEL/[TOPIC/]MESSAGE, t.me/NAME/[TOPIC/]MESSAGE
  if (first === "c") return inChannel(second, fourth ?? third);
  return named(first === "s" ? second : first, whole(first === "s" ? third : (third ?? second)), query.get("start"));
}

function inChannel(channel: string | null | undefined, message: string | null | undefined): Link | undefined {
  const [id, post] = [whole(channel), whole(message)];
  return id === undefined || post === undefined ? undefined : { to: "channel", channel: id, message: post };
}
