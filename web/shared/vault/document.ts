// Documents that people and programs hand to each other (src/legal/journal/document.h): text, a field a line, under a
// header that names the kind. Read strictly: each field in its place, each value in one spelling.
import sodium from "libsodium-wrappers-sumo";

// What goes wrong where keys are handled; `code` as the server has it, where it has one.
export class VaultError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = "VaultError";
    this.code = code;
  }
}

export const base64 = (bytes: Uint8Array): string => sodium.to_base64(bytes, sodium.base64_variants.ORIGINAL);
export function fromBase64(text: string): Uint8Array {
  const bytes = sodium.from_base64(text, sodium.base64_variants.ORIGINAL);
  if (base64(bytes) !== text) throw new VaultError("JOURNAL_DOCUMENT_INVALID", "This is not the document that is needed here.");
  return bytes;
}

const invalid = (): VaultError => new VaultError("JOURNAL_DOCUMENT_INVALID", "This is not the document that is needed here.");

export class Reader {
  private readonly lines: string[];
  private at = 1;

  constructor(text: string, header: string) {
    this.lines = text.split("\n");
    if (this.lines[0] !== header || this.lines.at(-1) !== "") throw invalid();
    this.lines.pop();
  }
  text(name: string): string {
    const line = this.lines[this.at++];
    if (line === undefined || !line.startsWith(`${name} `)) throw invalid();
    return line.slice(name.length + 1);
  }
  number(name: string, least: number, most: number): number {
    const text = this.text(name);
    const value = Number(text);
    if (!/^(0|[1-9]\d*)$/.test(text) || value < least || value > most) throw invalid();
    return value;
  }
  // Also beyond what a JavaScript number holds.
  decimal(name: string): bigint {
    const text = this.text(name);
    if (!/^(0|[1-9]\d{0,17})$/.test(text)) throw invalid();
    return BigInt(text);
  }
  bytes(name: string, size?: number): Uint8Array {
    let bytes: Uint8Array;
    try {
      bytes = fromBase64(this.text(name));
    } catch {
      throw invalid();
    }
    if (size !== undefined && bytes.length !== size) throw invalid();
    return bytes;
  }
  point(name: string): Uint8Array {
    const bytes = this.bytes(name, 32);
    if (!isPoint(bytes)) throw invalid();
    return bytes;
  }
  done(): void {
    if (this.at !== this.lines.length) throw invalid();
  }
}

export const document = (header: string, fields: [string, string | number | bigint | Uint8Array][]): string =>
  `${header}\n${fields.map(([name, value]) => `${name} ${value instanceof Uint8Array ? base64(value) : value}\n`).join("")}`;

export const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);
export const isPoint = (bytes: Uint8Array): boolean => bytes.length === 32 && !isZero(bytes) && sodium.crypto_core_ristretto255_is_valid_point(bytes);
export const same = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && sodium.memcmp(a, b);

export function joined(parts: Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

// Eight bytes, little-endian.
export function numberBytes(value: number | bigint): Uint8Array {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, BigInt(value), true);
  return out;
}

const encoder = new TextEncoder();
export const utf8 = (text: string): Uint8Array => encoder.encode(text);

function joinedParts(label: string, parts: Uint8Array[]): Uint8Array {
  const name = utf8(label);
  return joined([numberBytes(name.length), name, ...parts.flatMap((part) => [numberBytes(part.length), part])]);
}
export const hashParts = (label: string, parts: Uint8Array[]): Uint8Array => sodium.crypto_hash_sha256(joinedParts(label, parts));
export const challenge = (label: string, parts: Uint8Array[]): Uint8Array =>
  sodium.crypto_core_ristretto255_scalar_reduce(sodium.crypto_hash_sha512(joinedParts(label, parts)));
