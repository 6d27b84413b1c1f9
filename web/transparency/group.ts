// The group and the bytes of proofs: elements of ristretto255 and scalars as their 32 bytes, by libsodium.
import sodium from "libsodium-wrappers-sumo";

export const text = new TextEncoder();
export const words = new TextDecoder("utf-8", { fatal: true });
export const identity: Uint8Array = new Uint8Array(32);

export class Wrong extends Error {}

export function must(holds: boolean, why: string): asserts holds {
  if (!holds) throw new Wrong(why);
}

export const base64 = (bytes: Uint8Array) => sodium.to_base64(bytes, sodium.base64_variants.ORIGINAL);

export function bytesOf(encoded: unknown, size: number): Uint8Array {
  must(typeof encoded === "string", "A part of the proof is missing.");
  const bytes = sodium.from_base64(encoded, sodium.base64_variants.ORIGINAL);
  must(bytes.length === size && base64(bytes) === encoded, "A part of the proof cannot be read.");
  return bytes;
}

export function joined(...parts: Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export const same = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i]);

// --- the group: elements and scalars as their 32 bytes -------------------------------------------------------------

// The group's order, from the last byte to the first.
const order = "1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed";
let groupOrder: Uint8Array = identity; // little-endian, once the library is ready

export function scalarOf(value: number): Uint8Array {
  must(Number.isSafeInteger(value) && value >= 0, "A count is no number.");
  const out = new Uint8Array(32);
  let rest = value;
  for (let i = 0; rest > 0; ++i) {
    out[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return out;
}

export function parseScalar(bytes: Uint8Array): Uint8Array {
  for (let i = 31; i >= 0; --i) {
    if (bytes[i]! < groupOrder[i]!) return bytes;
    if (bytes[i]! > groupOrder[i]!) break;
  }
  throw new Wrong("A number of the proof is not reduced.");
}

export function parsePoint(bytes: Uint8Array): Uint8Array {
  must(same(bytes, identity) || sodium.crypto_core_ristretto255_is_valid_point(bytes), "An element of the group is none.");
  return bytes;
}

// The library throws where the identity comes out.
function orIdentity(compute: () => Uint8Array): Uint8Array {
  try {
    return compute();
  } catch {
    return identity;
  }
}

export const add = (a: Uint8Array, b: Uint8Array) => sodium.crypto_core_ristretto255_add(a, b);
export const sub = (a: Uint8Array, b: Uint8Array) => sodium.crypto_core_ristretto255_sub(a, b);
export const timesBase = (scalar: Uint8Array) => orIdentity(() => sodium.crypto_scalarmult_ristretto255_base(scalar));
export const times = (scalar: Uint8Array, point: Uint8Array) => orIdentity(() => sodium.crypto_scalarmult_ristretto255(scalar, point));
export const minus = (a: Uint8Array, b: Uint8Array) => sodium.crypto_core_ristretto255_scalar_sub(a, b);
export const cellPoint = (cell: string) =>
  sodium.crypto_core_ristretto255_from_hash(sodium.crypto_hash_sha512(text.encode(`heliograph/ledger/cell/v1\0${cell}`)));

// Before anything else here.
export async function ready() {
  await sodium.ready;
  groupOrder = sodium.from_hex(order).reverse();
}
