// Passkeys: what the server asks, put to the authenticator.
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from "@simplewebauthn/browser";
import { isProblem } from "../../../shared/problem.ts";
import { asserted, attested, type CreationOptions, type RequestOptions } from "../../../shared/passkeys.ts";
import { answer, api } from "../api/client.ts";
import type { Session } from "../api/types.ts";

export const passkeysWork = (): boolean => browserSupportsWebAuthn();

async function show() {
  const { challenge_id, options } = await answer(api.POST("/session/options", {}));
  return { challenge_id, credential: asserted(await startAuthentication({ optionsJSON: options as unknown as RequestOptions })) };
}

export const enter = async (): Promise<Session> => answer(api.POST("/session", { body: await show() }));

// Does it; where the server wants to see the passkey once more, shows it and does it again.
export async function proved<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!isProblem(error, "STEP_UP_NEEDED")) throw error;
  }
  await answer(api.POST("/session/proof", { body: await show() }));
  return act();
}

export async function enrol(token: string, invitation: { challenge_id: string; options: object }, boxKey: string): Promise<Session> {
  const credential = attested(await startRegistration({ optionsJSON: invitation.options as unknown as CreationOptions }));
  return answer(api.POST("/enrolment", { body: { token, box_key: boxKey, passkey: { challenge_id: invitation.challenge_id, label: "", credential } } }));
}
