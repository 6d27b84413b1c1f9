import sodium from "libsodium-wrappers-sumo";
import { beforeAll, describe, expect, test } from "vitest";

import { add, base64, identity, joined, ready, scalarOf, text, timesBase } from "./group.ts";
import { tileName, width } from "./log.ts";
import { checkReport, type Verdict } from "./report.ts";
import { TestLog } from "./test_log.ts";

// Padding: each tenth entry is of the legal book, and no cell is in the list.
const size = 300;
const bookOf = (leaf: number) => (leaf % 10 === 0 ? 2 : leaf % 2 === 0 ? 1 : 3);
const legalIn = (first: number, end: number) => Array.from({ length: end - first }, (_, i) => bookOf(first + i)).filter((book) => book === 2).length;
let blindings: Uint8Array[];
let log: TestLog;

const entryOf = (leaf: number) => joined(Uint8Array.of(bookOf(leaf)), new Uint8Array(32), timesBase(blindings[leaf]!));

// That an entry counts nowhere, about a list of no cells. It hides nothing: all that could be random is 0.
function proofOf(leaf: number): Uint8Array {
  let b = identity;
  for (const digit of [0, 1, 2]) {
    const name = joined(text.encode("heliograph/ledger/cell-proof/generator/v1\0"), Uint8Array.of(digit, 0, 0));
    b = add(b, sodium.crypto_core_ristretto255_from_hash(sodium.crypto_hash_sha512(name)));
  }
  const points = joined(identity, b, ...Array.from({ length: 5 }, () => identity));
  const context = `heliograph-ledger-cell-proof v1\nlog ${log.origin}\nleaf ${leaf}\ncells 0 ${base64(sodium.crypto_hash_sha256(""))}\n`;
  const said = joined(text.encode("heliograph/ledger/cell-proof/v1\0"), sodium.crypto_hash_sha512(context), entryOf(leaf), points);
  const x = sodium.crypto_core_ristretto255_scalar_reduce(sodium.crypto_hash_sha512(said));
  const mul = sodium.crypto_core_ristretto255_scalar_mul;
  return joined(new Uint8Array(4), points, new Uint8Array(64), mul(mul(x, mul(x, x)), blindings[leaf]!));
}

// Of all bundles with a leaf before `end`; the proof of `wrong` is not one.
function putProofs(end: number, wrong = -1) {
  for (let begin = 0; begin < end; begin += width) {
    const wide = Math.min(width, end - begin);
    const proofs = Array.from({ length: wide }, (_, i) => begin + i).filter((leaf) => bookOf(leaf) === 2).map((leaf) => {
      const proof = proofOf(leaf);
      if (leaf === wrong) proof.set(scalarOf(1), proof.length - 32);
      return proof;
    });
    log.files.set(tileName("entries", begin / width, wide).replace("tile/entries/", "cells/proofs/"), joined(...proofs));
  }
}

function check(first: number, end: number): Promise<Verdict> {
  const tallies = ["content", "legal", "search"].map((book, at) => {
    let sum: Uint8Array = new Uint8Array(32);
    for (let leaf = first; leaf < end; ++leaf) if (bookOf(leaf) === at + 1) sum = sodium.crypto_core_ristretto255_scalar_add(sum, blindings[leaf]!);
    return { book, first, end, counts: {}, hidden: { cells: [], sum: 0, most: 0 }, proof: { blinding: base64(sum) } };
  });
  const report = { schema: "heliograph-transparency-report/1", from: "2026-07-01", to: "2026-10-01", version: 1, checkpoint: log.checkpoint, tallies };
  const document = text.encode(JSON.stringify(report));
  const note = log.sign(`heliograph-transparency-report v1\n${log.origin}\n2026-07-01/2026-10-01/1\n${base64(sodium.crypto_hash_sha256(document))}\n`);
  return checkReport({ document, note, key: log.key, log: log.fetch });
}

beforeAll(async () => {
  await ready();
  blindings = Array.from({ length: size }, () => sodium.crypto_core_ristretto255_scalar_random());
  log = new TestLog(Array.from({ length: size }, (_, leaf) => entryOf(leaf)));
  log.files.set("cells", new Uint8Array(0));
});

// A report begins where the one before ended, which is in the middle of a bundle more often than not.
describe("an honest report is believed", () => {
  test.each([[0, 256], [100, 250], [100, 300], [256, 300], [261, 300], [261, 261]])("of the leaves %i to %i", async (first, end) => {
    putProofs(end);
    const found = await check(first, end);
    expect(found.legalEntries).toBe(legalIn(first, end));
    expect(await found.checkEntries()).toBe(legalIn(first, end));
  });
});

test.each([90, 100, 290])("a wrong proof of entry %i in a bundle of the report is found", async (wrong) => {
  putProofs(300, wrong);
  await expect((await check(100, 300)).checkEntries()).rejects.toThrow(/not proven/);
});
