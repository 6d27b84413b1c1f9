// A secret under a passphrase, as files have it: Argon2id, then XChaCha20-Poly1305 over everything that stands beside it.
import sodium from "libsodium-wrappers-sumo";
import { document, joined, Reader, utf8, VaultError } from "./document.ts";

export interface Cost {
  passes: number;
  memory_kib: number;
}
type Field = [string, string | number | bigint | Uint8Array];

export function readCost(reader: Reader): Cost {
  return { passes: reader.number("passes", 1, 16), memory_kib: reader.number("memory_kib", 8 * 1024, 1024 * 1024) };
}

const about = (header: string, fields: Field[]): Uint8Array => utf8(document(header, [...fields, ["sealed", ""]]));

function keyOf(passphrase: string, salt: Uint8Array, cost: Cost): Uint8Array {
  try {
    return sodium.crypto_pwhash(32, passphrase, salt, cost.passes, cost.memory_kib * 1024, sodium.crypto_pwhash_ALG_ARGON2ID13);
  } catch {
    throw new VaultError("MEMORY_SHORT", "There is not enough memory to make a key.");
  }
}

// `fields` are all that the document has before `sealed`.
export function unlock(header: string, fields: Field[], salt: Uint8Array, cost: Cost, sealed: Uint8Array, passphrase: string): Uint8Array {
  const key = keyOf(passphrase, salt, cost);
  try {
    return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed.subarray(24), about(header, fields), sealed.subarray(0, 24), key);
  } catch {
    throw new VaultError("PASSPHRASE_WRONG", "The passphrase is wrong, or the file was changed.");
  } finally {
    sodium.memzero(key);
  }
}

export function lock(header: string, fields: Field[], salt: Uint8Array, cost: Cost, secret: Uint8Array, passphrase: string): string {
  const key = keyOf(passphrase, salt, cost);
  const nonce = sodium.randombytes_buf(24);
  const sealed = joined([nonce, sodium.crypto_aead_xchacha20poly1305_ietf_encrypt(secret, about(header, fields), null, nonce, key)]);
  sodium.memzero(key);
  return document(header, [...fields, ["sealed", sealed]]);
}
