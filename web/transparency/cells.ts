// Proofs that each entry of the legal book counts in one cell of the log's list, or in none: docs/transparency-proof.md,
// "Each entry of the legal book". Many are checked together: their equations, each times a random number, add up.
import sodium from "libsodium-wrappers-sumo";

import { add, base64, cellPoint, identity, joined, must, parsePoint, parseScalar, same, text, times, timesBase, words, Wrong } from "./group.ts";

const digits = 3;
const cellsMost = 10_000;
const at_once = 2048; // entries whose equations are added up before they are looked at

const order = 2n ** 252n + 27742317777372353535851937790883648493n;
const reduced = (value: bigint) => ((value % order) + order) % order;

function numberOf(bytes: Uint8Array): bigint {
  let hex = "0x";
  for (let i = bytes.length - 1; i >= 0; --i) hex += bytes[i]!.toString(16).padStart(2, "0");
  return BigInt(hex);
}

function bytesOfNumber(value: bigint): Uint8Array {
  const out = new Uint8Array(32);
  let rest = reduced(value);
  for (let i = 0; rest > 0n; ++i) {
    out[i] = Number(rest & 255n);
    rest >>= 8n;
  }
  return out;
}

const randomNumber = () => numberOf(sodium.randombytes_buf(64)) % order;
const timesNumber = (factor: bigint, point: Uint8Array) => times(bytesOfNumber(factor), point);

export function cellBase(cells: number): number {
  let base = 1;
  while (base ** 3 < cells + 1) ++base;
  return base;
}

function generatorPoint(digit: number, value: number): Uint8Array {
  const name = text.encode("heliograph/ledger/cell-proof/generator/v1\0");
  return sodium.crypto_core_ristretto255_from_hash(sodium.crypto_hash_sha512(joined(name, Uint8Array.of(digit, value >> 8, value & 255))));
}

export function parseCells(bytes: Uint8Array): string[] {
  const lines = words.decode(bytes).split("\n");
  must(lines.pop() === "" && lines.length <= cellsMost, "The list of cells cannot be read.");
  must(lines.every((cell) => /^[!-~]{1,200}$/.test(cell)) && new Set(lines).size === lines.length, "The list of cells cannot be read.");
  return lines;
}

export class CellCheck {
  private digests = new Map<number, string>();
  private sum: Uint8Array = identity;
  private base = 0n;
  private cells: bigint[] = [];
  private generators = new Map<number, bigint>(); // by digit * 65536 + value
  private first = -1;
  private count = 0;

  private readonly list: string[];
  private readonly origin: string;

  constructor(list: string[], origin: string) {
    this.list = list;
    this.origin = origin;
  }

  // Takes the proof of one entry off the front of `proofs`, and gives what is left.
  add(leaf: number, entry: Uint8Array, proofs: Uint8Array): Uint8Array {
    const unreadable = `The proof of entry ${leaf} cannot be read.`;
    must(proofs.length >= 4, unreadable);
    const cells = new DataView(proofs.buffer, proofs.byteOffset).getUint32(0);
    must(cells <= this.list.length, `The proof of entry ${leaf} is about ${cells} cells; the list has ${this.list.length}.`);
    const base = cellBase(cells);
    const size = 4 + 32 * (7 + digits * (base - 1) + 3);
    must(proofs.length >= size, unreadable);
    const part = (i: number) => proofs.slice(4 + 32 * i, 36 + 32 * i);
    const points = Array.from({ length: 7 }, (_, i) => parsePoint(part(i)));
    const numbers = Array.from({ length: digits * (base - 1) + 3 }, (_, i) => numberOf(parseScalar(part(7 + i))));
    const [zA, zC, z] = numbers.splice(-3) as [bigint, bigint, bigint];

    const context = `heliograph-ledger-cell-proof v1\nlog ${this.origin}\nleaf ${leaf}\ncells ${cells} ${this.digest(cells)}\n`;
    const said = joined(text.encode("heliograph/ledger/cell-proof/v1\0"), sodium.crypto_hash_sha512(text.encode(context)), entry, proofs.slice(4, 4 + 32 * 7));
    const x = numberOf(sodium.crypto_hash_sha512(said)) % order;
    const answers: bigint[][] = [];
    for (let digit = 0; digit < digits; ++digit) {
      const own = numbers.slice(digit * (base - 1), (digit + 1) * (base - 1));
      answers.push([reduced(x - own.reduce((a, b) => a + b, 0n)), ...own]);
    }
    const [wA, wC, w] = [randomNumber(), randomNumber(), randomNumber()];
    // x B + A = Com(f; zA); x C + D = Com(f (x - f); zC); x^3 of the entry, less the cells and the lower powers, is z G.
    const terms: [bigint, Uint8Array][] = [
      [wA, points[0]!],
      [wA * x, points[1]!],
      [wC * x, points[2]!],
      [wC, points[3]!],
      [w * ((x * x * x) % order), parsePoint(entry.slice(33))],
      [-w, points[4]!],
      [-w * x, points[5]!],
      [-w * ((x * x) % order), points[6]!],
    ];
    for (const [factor, point] of terms) this.sum = add(this.sum, timesNumber(factor, point));
    this.base = reduced(this.base - wA * zA - wC * zC - w * z);
    for (const [digit, row] of answers.entries()) {
      for (const [value, f] of row.entries()) {
        const which = digit * 65536 + value;
        this.generators.set(which, reduced((this.generators.get(which) ?? 0n) - wA * f - wC * reduced(f * (x - f))));
      }
    }
    for (let second = 0, at = 0; at <= cells; ++second) {
      const high = (w * ((answers[1]![second % base]! * answers[2]![Math.floor(second / base)]!) % order)) % order;
      for (let low = 0; low < base && at <= cells; ++low, ++at) {
        this.cells[at] = ((this.cells[at] ?? 0n) - high * answers[0]![low]!) % order;
      }
    }
    if (this.count === 0) this.first = leaf;
    ++this.count;
    if (this.count === at_once) this.finish(leaf);
    return proofs.slice(size);
  }

  // What all that were added come to; `last` is the last of them.
  finish(last: number) {
    if (this.count === 0) return;
    let sum = add(this.sum, timesBase(bytesOfNumber(this.base)));
    for (const [at, factor] of this.cells.entries()) {
      if (at > 0) sum = add(sum, timesNumber(factor, cellPoint(this.list[at - 1]!)));
    }
    for (const [which, factor] of this.generators) {
      sum = add(sum, timesNumber(factor, generatorPoint(Math.floor(which / 65536), which % 65536)));
    }
    this.sum = identity;
    this.base = 0n;
    this.cells = [];
    this.generators.clear();
    this.count = 0;
    if (!same(sum, identity)) {
      throw new Wrong(`Among the entries ${this.first} to ${last}, one is not proven to count in one cell of the list, or in none.`);
    }
  }

  private digest(count: number): string {
    let known = this.digests.get(count);
    if (known === undefined) {
      const lines = this.list.slice(0, count).map((cell) => `${cell}\n`);
      known = base64(sodium.crypto_hash_sha256(text.encode(lines.join(""))));
      this.digests.set(count, known);
    }
    return known;
  }
}
