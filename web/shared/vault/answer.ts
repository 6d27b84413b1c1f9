// The key that answers are encrypted to, made and kept on the officer's side, and opening an answer with it
// (docs/legal.md, The answer).
import sodium from "libsodium-wrappers-sumo";
import { base64, fromBase64, joined, Reader, same, utf8, VaultError } from "./document.ts";
import { lock, readCost, unlock } from "./locked.ts";

const header = "heliograph-answer-key v1";
const signed = utf8("heliograph/disclosure/v3\n");
const signedWithoutCms = utf8("heliograph/disclosure/v2\n");  // of an answer from before there was a second signature
const signedJson = utf8("heliograph/disclosure/v1\n");  // of an answer from before there were pages
const cost = { passes: 3, memory_kib: 256 * 1024 };
export const passphraseLeast = 12;

export interface AnswerKey {
  public_key: string;  // base64
  file: string;        // the private half, under the passphrase
}

export function makeKey(passphrase: string): AnswerKey {
  if (utf8(passphrase).length < passphraseLeast) throw new VaultError("PASSPHRASE_SHORT", "A passphrase has at least 12 characters.");
  const pair = sodium.crypto_box_keypair();
  const salt = sodium.randombytes_buf(16);
  const file = lock(header, [["public", pair.publicKey], ["passes", cost.passes], ["memory_kib", cost.memory_kib], ["salt", salt]], salt, cost, pair.privateKey, passphrase);
  sodium.memzero(pair.privateKey);
  return { public_key: base64(pair.publicKey), file };
}

function read(file: string) {
  const reader = new Reader(file, header);
  const publicKey = reader.bytes("public", 32);
  const bears = readCost(reader);
  const salt = reader.bytes("salt", 16);
  const sealed = reader.bytes("sealed", 32 + 40);
  reader.done();
  return { publicKey, bears, salt, sealed };
}

// Whose file it is: base64, as the server has it.
export const publicKeyOf = (file: string): string => base64(read(file).publicKey);

export interface Answer {
  json: string;
  pdf: string;     // the same for people, base64; empty: there is none
  p7s: string;     // the second signature (CMS, DER), base64, which is not checked here; empty: there is none
  signed: string;  // what both are over, base64
  sha256: string;  // of the package, hexadecimal
}

// `signer`: hexadecimal.
export function openAnswer(input: { file: string; passphrase: string; package: string; signer: string }): Answer {
  const { publicKey, bears, salt, sealed } = read(input.file);
  const secret = unlock(header, [["public", publicKey], ["passes", bears.passes], ["memory_kib", bears.memory_kib], ["salt", salt]], salt, bears, sealed, input.passphrase);
  const bytes = fromBase64(input.package);
  let open: Uint8Array;
  try {
    if (!same(sodium.crypto_scalarmult_base(secret), publicKey)) throw new Error("another key");
    open = sodium.crypto_box_seal_open(bytes, publicKey, secret);
  } catch {
    throw new VaultError("SEAL_BROKEN", "The answer was encrypted to another key.");
  } finally {
    sodium.memzero(secret);
  }
  const invalid = () => new VaultError("PACKAGE_INVALID", "This answer was not signed by this server.");
  if (open.length < 64) throw invalid();
  const fits = (message: Uint8Array) => sodium.crypto_sign_verify_detached(open.subarray(0, 64), message, sodium.from_hex(input.signer));
  const sha256 = sodium.to_hex(sodium.crypto_hash_sha256(bytes));
  const text = (json: Uint8Array) => new TextDecoder().decode(json);
  const rest = open.subarray(64);
  if (fits(joined([signedJson, rest]))) return { json: text(rest), pdf: "", p7s: "", signed: "", sha256 };
  // What has its length before it, and what comes after.
  const counted = (from: Uint8Array): [Uint8Array, Uint8Array] => {
    const end = from.length < 4 ? Infinity : 4 + new DataView(from.buffer, from.byteOffset, 4).getUint32(0, true);
    if (end > from.length) throw invalid();
    return [from.subarray(4, end), from.subarray(end)];
  };
  const parts = (body: Uint8Array) => {
    const [json, pdf] = counted(body);
    return { json: text(json), pdf: base64(pdf) };
  };
  if (fits(joined([signedWithoutCms, rest]))) return { ...parts(rest), p7s: "", signed: "", sha256 };
  const [cms, body] = counted(rest);
  const message = joined([signed, body]);
  if (!fits(message)) throw invalid();
  return { ...parts(body), p7s: base64(cms), signed: base64(message), sha256 };
}
