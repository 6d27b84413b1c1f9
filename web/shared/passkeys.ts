// Passkeys: what a server reads of an authenticator's answer; it needs no more.
import type { AuthenticationResponseJSON, RegistrationResponseJSON, startAuthentication, startRegistration } from "@simplewebauthn/browser";

export type RequestOptions = Parameters<typeof startAuthentication>[0]["optionsJSON"];
export type CreationOptions = Parameters<typeof startRegistration>[0]["optionsJSON"];

export const asserted = ({ id, rawId, type, response }: AuthenticationResponseJSON) => ({
  id, rawId, type, response: { clientDataJSON: response.clientDataJSON, authenticatorData: response.authenticatorData, signature: response.signature, userHandle: response.userHandle },
});
export const attested = ({ id, rawId, type, response }: RegistrationResponseJSON) => ({
  id, rawId, type, response: { clientDataJSON: response.clientDataJSON, attestationObject: response.attestationObject },
});

// The person closed the browser's window, or it ran out: no error worth a message.
export const isAbandoned = (error: unknown): boolean => error instanceof Error && ["NotAllowedError", "AbortError"].includes(error.name);
