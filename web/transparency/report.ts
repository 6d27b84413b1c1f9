// Checks a transparency report from public data alone, as docs/transparency-proof.md says.
import sodium from "libsodium-wrappers-sumo";

import { CellCheck, parseCells } from "./cells.ts";
import { add, base64, bytesOf, cellPoint, identity, joined, minus, must, parsePoint, parseScalar, ready, same, scalarOf, sub, text, times, timesBase, words } from "./group.ts";
import { openCheckpoint, openNote, parseKey, tileName, walk, width } from "./log.ts";
import type { Fetch, Progress, Tree } from "./log.ts";

export interface Source {
  document: Uint8Array;
  note: string;
  // The log's verifier key, from wherever the caller trusts.
  key: string;
  // A resource of the log: "checkpoint", "tile/entries/000".
  log: Fetch;
  progress?: Progress;
}

export interface Verdict {
  report: string;
  log: string;
  first: number;
  end: number;
  tree: number;
  newest: number;
  acts: number;
  cells: number;
  legalEntries: number;
  // Checks that each entry of the legal book counts in one cell of the log's list, or in none; gives how many. Throws
  // Wrong with a sentence.
  checkEntries: (progress?: Progress) => Promise<number>;
}

interface Tally {
  book: string;
  first: number;
  end: number;
  counts: Record<string, number>;
  hidden: { cells: string[]; sum: number; most: number };
  proof: { blinding?: string; challenge?: string; bits?: string[]; answers?: string[]; answer_of_blinding?: string };
}

interface Report {
  schema: string;
  from: string;
  to: string;
  version: number;
  checkpoint: string;
  tallies: Tally[];
}

const books: Record<string, number> = { content: 1, legal: 2, search: 3 };

function weightsOf(most: number): number[] {
  const out: number[] = [];
  for (let weight = 1; weight <= most; weight *= 2) {
    out.push(weight);
    most -= weight;
  }
  if (most > 0) out.push(most);
  return out;
}

const byBytes = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function claimText(report: string, tally: Tally, origin: string, tree: Tree): string {
  let out = `heliograph-transparency-claim v1\nlog ${origin}\ntree ${tree.size} ${tree.root}\nreport ${report}\nbook ${tally.book}\nleaves ${tally.first} ${tally.end}\n`;
  for (const cell of Object.keys(tally.counts).sort(byBytes)) out += `shown ${tally.counts[cell]} ${cell}\n`;
  for (const cell of tally.hidden.cells) out += `hidden ${cell}\n`;
  return out + `hidden-sum ${tally.hidden.sum}\nhidden-most ${tally.hidden.most}\n`;
}

function checkForm(tally: Tally) {
  const { cells, sum, most } = tally.hidden;
  for (const [cell, count] of Object.entries(tally.counts)) {
    must(/^[!-~]{1,200}$/.test(cell) && Number.isSafeInteger(count) && count >= 0 && count <= tally.end - tally.first, `The count of ${cell} cannot be.`);
  }
  for (const [i, cell] of cells.entries()) {
    must(/^[!-~]{1,200}$/.test(cell) && !(cell in tally.counts) && (i === 0 || cells[i - 1]! < cell), "The hidden cells are no list.");
  }
  must(Number.isSafeInteger(sum) && Number.isSafeInteger(most) && sum >= 0 && most >= 0 && most <= 1_000_000 && sum <= most * cells.length && (most === 0) === (cells.length === 0), "The sum of the hidden counts cannot be.");
}

const doNotAddUp = "The counts are not what the entries add up to.";

function checkTally(tally: Tally, claim: string, sum: Uint8Array) {
  checkForm(tally);
  let left = sum;
  for (const [cell, count] of Object.entries(tally.counts)) {
    if (count !== 0) left = sub(left, times(scalarOf(count), cellPoint(cell)));
  }
  const { proof } = tally;
  if (tally.hidden.cells.length === 0) {
    must(proof.challenge === undefined, "The claim has another kind of proof.");
    must(same(timesBase(parseScalar(bytesOf(proof.blinding, 32))), left), doNotAddUp);
    return;
  }
  must(proof.blinding === undefined && Array.isArray(proof.bits) && Array.isArray(proof.answers), "The claim has another kind of proof.");
  const weights = weightsOf(tally.hidden.most);
  const cells = tally.hidden.cells.map(cellPoint);
  must(proof.bits.length === cells.length * weights.length && proof.answers.length === cells.length, "The proof is of another number of cells.");
  const challenge = parseScalar(bytesOf(proof.challenge, 32));
  const commitments: Uint8Array[] = [];
  const firsts: Uint8Array[] = [];
  let added = identity;
  for (const [k, encoded] of proof.bits.entries()) {
    const bytes = bytesOf(encoded, 128);
    const commitment = parsePoint(bytes.slice(0, 32));
    const [c0, z0, z1] = [32, 64, 96].map((at) => parseScalar(bytes.slice(at, at + 32))) as [Uint8Array, Uint8Array, Uint8Array];
    const cell = cells[Math.floor(k / weights.length)]!;
    added = add(added, times(scalarOf(weights[k % weights.length]!), commitment));
    firsts.push(sub(timesBase(z0), times(c0, commitment)));
    firsts.push(sub(timesBase(z1), times(minus(challenge, c0), sub(commitment, cell))));
    commitments.push(commitment);
  }
  must(same(added, left), doNotAddUp);
  let answers: Uint8Array = new Uint8Array(32);
  let announced = sub(timesBase(parseScalar(bytesOf(proof.answer_of_blinding, 32))), times(challenge, left));
  for (const [i, encoded] of proof.answers.entries()) {
    const answer = parseScalar(bytesOf(encoded, 32));
    answers = sodium.crypto_core_ristretto255_scalar_add(answers, answer);
    announced = add(announced, times(answer, cells[i]!));
  }
  must(same(answers, sodium.crypto_core_ristretto255_scalar_mul(challenge, scalarOf(tally.hidden.sum))), "The hidden counts do not add up to their sum.");
  const transcript = joined(text.encode("heliograph/transparency/hidden/v1\0"), sodium.crypto_hash_sha512(text.encode(claim)), left, ...commitments, ...firsts, announced);
  must(same(sodium.crypto_core_ristretto255_scalar_reduce(sodium.crypto_hash_sha512(transcript)), challenge), "The proof of the hidden counts does not hold.");
}

// Throws Wrong with a sentence.
export async function checkReport(source: Source): Promise<Verdict> {
  await ready();
  const key = parseKey(source.key);
  const report = JSON.parse(words.decode(source.document)) as Report;
  must(report.schema === "heliograph-transparency-report/1", "This is no transparency report.");
  const name = `${report.from}/${report.to}/${report.version}`;
  const digest = base64(sodium.crypto_hash_sha256(source.document));
  must(openNote(source.note, key) === `heliograph-transparency-report v1\n${key.name}\n${name}\n${digest}\n`, "The signature is of another document.");
  const reported = openCheckpoint(report.checkpoint, key);
  const newest = openCheckpoint(words.decode(await source.log("checkpoint")), key);
  must(newest.size >= reported.size, "The log has become shorter.");
  const { first, end } = report.tallies[0] ?? { first: -1, end: -1 };
  must(Number.isSafeInteger(first) && Number.isSafeInteger(end) && first >= 0 && first <= end && end <= reported.size, "The leaves are not in the report's tree.");
  must(report.tallies.length === 3 && new Set(report.tallies.map((each) => books[each.book])).size === 3, "A book is left out.");
  must(report.tallies.every((each) => books[each.book] !== undefined && each.first === first && each.end === end), "The books are counted over different leaves.");
  const sums: Record<number, Uint8Array> = { 1: identity, 2: identity, 3: identity };
  // Of the first bundle, the entries before the leaves, too: its proofs are read from its start.
  const start = first - (first % width);
  const legal = new Map<number, Uint8Array>();
  await walk(source, newest, reported, start, end, (entry, leaf) => {
    const book = entry[0]!;
    must(entry.length === 65 && sums[book] !== undefined, "An entry is malformed.");
    if (book === books["legal"]) legal.set(leaf, entry);
    if (leaf >= first) sums[book] = add(sums[book], parsePoint(entry.slice(33)));
  });
  const legalEntries = [...legal.keys()].filter((leaf) => leaf >= first).length;
  let acts = 0;
  let cells = 0;
  for (const tally of report.tallies) {
    checkTally(tally, claimText(name, tally, key.name, reported), sums[books[tally.book]!]!);
    acts += Object.values(tally.counts).reduce((a, b) => a + b, 0) + tally.hidden.sum;
    cells += Object.keys(tally.counts).length + tally.hidden.cells.length;
  }
  // With each entry of the legal book, on demand: it takes a few milliseconds for each.
  const checkEntries = async (progress?: Progress): Promise<number> => {
    if (first === end) return 0;
    let proven = 0;
    const check = new CellCheck(parseCells(await source.log("cells")), key.name);
    for (let begin = start; begin < end; begin += width) {
      const wide = Math.min(width, end - begin);
      let proofs = await source.log(tileName("entries", begin / width, wide).replace("tile/entries/", "cells/proofs/"));
      for (let leaf = begin; leaf < begin + wide; ++leaf) {
        const entry = legal.get(leaf);
        if (entry === undefined) continue;
        proofs = check.add(leaf, entry, proofs);
        if (leaf >= first && ++proven % 64 === 0) await progress?.(proven, legalEntries);
      }
      must(proofs.length === 0, "A bundle has too many proofs.");
    }
    check.finish(end - 1);
    return proven;
  };
  return { report: name, log: key.name, first, end, tree: reported.size, newest: newest.size, acts, cells, legalEntries, checkEntries };
}
