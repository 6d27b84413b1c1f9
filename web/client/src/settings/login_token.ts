// The token in tg://login?token=..., which a device that wants to be let in shows (core.telegram.org/api/qr-login).
import { fromBase64url } from "../api/base64url.ts";

export function tokenOf(link: string): Uint8Array | undefined {
  const encoded = /^tg:(?:\/\/)?login\/?\?token=([A-Za-z0-9_-]{16,512})=*$/.exec(link.trim())?.[1];
  if (encoded === undefined) return undefined;
  try {
    return fromBase64url(encoded);
  } catch {
    return undefined;
  }
}
