// How one gets in, step by step, in the server's terms.
import { type tl, User } from "@mtcute/core";
import { base64url } from "../api/base64url.ts";
import { tg } from "../api/client.ts";
import { isError } from "../api/errors.ts";

export interface Code {
  phone: string;
  hash: string;
  toApp: boolean;  // to the account's other devices
}

export type Next =
  | { need: "password" }
  | { need: "name"; terms: string }
  | { need: "nothing"; user: User };

export async function askForCode(phone: string): Promise<Code> {
  const { id, hash } = await tg().getApiCredentials();
  const sent = await tg().call({ _: "auth.sendCode", phoneNumber: phone, apiId: id, apiHash: hash, settings: { _: "codeSettings" } });
  if (sent._ !== "auth.sentCode") throw new Error("unexpected answer to auth.sendCode");
  return { phone, hash: sent.phoneCodeHash, toApp: sent.type._ === "auth.sentCodeTypeApp" };
}

export async function askAgain(code: Code): Promise<Code> {
  const sent = await tg().call({ _: "auth.resendCode", phoneNumber: code.phone, phoneCodeHash: code.hash });
  if (sent._ !== "auth.sentCode") throw new Error("unexpected answer to auth.resendCode");
  return { phone: code.phone, hash: sent.phoneCodeHash, toApp: sent.type._ === "auth.sentCodeTypeApp" };
}

async function enter(authorization: tl.auth.TypeAuthorization): Promise<Next> {
  if (authorization._ === "auth.authorizationSignUpRequired") return { need: "name", terms: authorization.termsOfService?.text ?? "" };
  return { need: "nothing", user: new User(await tg().notifyLoggedIn(authorization)) };
}

export async function giveCode(code: Code, digits: string): Promise<Next> {
  try {
    return await enter(await tg().call({ _: "auth.signIn", phoneNumber: code.phone, phoneCodeHash: code.hash, phoneCode: digits }));
  } catch (error) {
    if (isError(error, "SESSION_PASSWORD_NEEDED")) return { need: "password" };
    throw error;
  }
}

// mtcute has no way of its own to make an account.
export async function signUp(code: Code, firstName: string, lastName: string): Promise<Next> {
  return enter(await tg().call({ _: "auth.signUp", phoneNumber: code.phone, phoneCodeHash: code.hash, firstName, lastName }));
}

// Until somebody scans what `show` gets, as tg://login?token=...; renewed when it expires.
export async function waitForScan(show: (url: string) => void, stop: AbortSignal): Promise<Next> {
  const { id, hash } = await tg().getApiCredentials();
  while (!stop.aborted) {
    let answer: tl.auth.TypeLoginToken;
    try {
      answer = await tg().call({ _: "auth.exportLoginToken", apiId: id, apiHash: hash, exceptIds: [] });
    } catch (error) {
      if (isError(error, "SESSION_PASSWORD_NEEDED")) return { need: "password" };
      throw error;
    }
    if (answer._ === "auth.loginTokenSuccess") return enter(answer.authorization);
    if (answer._ !== "auth.loginToken") throw new Error("unexpected answer to auth.exportLoginToken");
    show(`tg://login?token=${base64url(answer.token)}`);
    await accepted(answer.expires * 1000 - Date.now(), stop);
  }
  throw new DOMException("stopped", "AbortError");
}

// Until a device has accepted the token, or it is no longer good.
function accepted(limit: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      tg().onRawUpdate.remove(heard);
      stop.removeEventListener("abort", end);
      resolve();
    };
    const heard = ({ update }: { update: tl.TypeUpdate }) => update._ === "updateLoginToken" && end();
    const timer = setTimeout(end, Math.max(1000, limit));
    tg().onRawUpdate.add(heard);
    stop.addEventListener("abort", end);
  });
}
