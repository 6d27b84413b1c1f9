// Passkeys: what the server asks, put to the authenticator.
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from "@simplewebauthn/browser";
import { asserted, attested, isAbandoned, type CreationOptions, type RequestOptions } from "../../../shared/passkeys.ts";
import { answer, api } from "../api/client.ts";
import type { Session } from "../api/types.ts";

export const passkeysWork = (): boolean => browserSupportsWebAuthn();

export { isAbandoned };

export async function signInWithPasskey(): Promise<Session> {
  const { challenge_id, options } = await answer(api.POST("/session/passkey/options", {}));
  const credential = asserted(await startAuthentication({ optionsJSON: options as unknown as RequestOptions }));
  return answer(api.POST("/session/passkey", { body: { challenge_id, credential } }));
}

export async function enrolPasskey(token: string, label: string): Promise<Session> {
  const { challenge_id, options } = await answer(api.POST("/enrolment/passkey/options", { body: { token } }));
  const credential = attested(await startRegistration({ optionsJSON: options as unknown as CreationOptions }));
  return answer(api.POST("/enrolment/passkey", { body: { token, passkey: { challenge_id, credential, label } } }));
}

export async function addPasskey(label: string) {
  const { challenge_id, options } = await answer(api.POST("/session/credentials/passkey/options", {}));
  const credential = attested(await startRegistration({ optionsJSON: options as unknown as CreationOptions }));
  return answer(api.POST("/session/credentials/passkey", { body: { challenge_id, credential, label } }));
}

export async function stepUpWithPasskey(): Promise<Session> {
  const { passkey } = await answer(api.POST("/session/step-up/options", {}));
  const credential = asserted(await startAuthentication({ optionsJSON: passkey!.options as unknown as RequestOptions }));
  return answer(api.POST("/session/step-up", { body: { passkey: { challenge_id: passkey!.challenge_id, credential } } }));
}
