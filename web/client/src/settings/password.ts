// Sets the two-step password (core.telegram.org/api/srp). mtcute's own way lengthens the salt where it computes, which is in the
// worker here: this page would then give the server a salt that the password was not computed with, and nobody would get in again.
import type { tl } from "@mtcute/core";
import { tg } from "../api/client.ts";

const utf8 = new TextEncoder();

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((sum, each) => sum + each.length, 0));
  let at = 0;
  for (const each of parts) {
    out.set(each, at);
    at += each.length;
  }
  return out;
}

const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
const salted = (data: Uint8Array, salt: Uint8Array): Promise<Uint8Array> => sha256(joined(salt, data, salt));

// PH2 of the documentation.
export async function passwordHash(password: string, salt1: Uint8Array, salt2: Uint8Array): Promise<Uint8Array> {
  const first = await salted(await salted(utf8.encode(password), salt1), salt2);
  const key = await crypto.subtle.importKey("raw", joined(first), "PBKDF2", false, ["deriveBits"]);
  const long = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-512", salt: joined(salt1), iterations: 100_000 }, key, 512);
  return salted(new Uint8Array(long), salt2);
}

const numberOf = (bytes: Uint8Array): bigint => bytes.reduce((sum, each) => (sum << 8n) | BigInt(each), 0n);

export function bytesOf(value: bigint, size: number): Uint8Array {
  const out = new Uint8Array(size);
  for (let at = size - 1, rest = value; at >= 0; at -= 1, rest >>= 8n) out[at] = Number(rest & 255n);
  return out;
}

export function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let square = base % modulus, rest = exponent; rest > 0n; rest >>= 1n, square = (square * square) % modulus) if (rest & 1n) result = (result * square) % modulus;
  return result;
}

// `current`: the password there is, if there is one.
export async function setPassword(password: string, hint: string, current?: string): Promise<void> {
  const state = await tg().call({ _: "account.getPassword" });
  const algo: tl.TypePasswordKdfAlgo = state.newAlgo;
  if (algo._ !== "passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow") throw new Error("the server asks for a way of keeping passwords that this client does not know");
  const salt1 = joined(algo.salt1, crypto.getRandomValues(new Uint8Array(32)));
  const x = await passwordHash(password, salt1, algo.salt2);
  const verifier = bytesOf(power(BigInt(algo.g), numberOf(x), numberOf(algo.p)), 256);
  await tg().call({
    _: "account.updatePasswordSettings",
    password: current === undefined ? { _: "inputCheckPasswordEmpty" } : await tg().computeSrpParams(state, current),
    newSettings: { _: "account.passwordInputSettings", newAlgo: { ...algo, salt1 }, newPasswordHash: verifier, hint },
  });
}
