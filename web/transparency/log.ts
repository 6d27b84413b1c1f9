// The log's key, its signed notes, and its tree.
import sodium from "libsodium-wrappers-sumo";

import { base64, bytesOf, joined, must, same, text, Wrong } from "./group.ts";

export type Fetch = (path: string) => Promise<Uint8Array>;

export interface Tree {
  size: number;
  root: string;
}

export const width = 256;
export type Progress = (done: number, all: number) => void | Promise<void>;

export interface Key {
  name: string;
  id: Uint8Array;
  key: Uint8Array;
}

export function parseKey(encoded: string): Key {
  const [name, id, ...rest] = encoded.trim().split("+");
  must(name !== undefined && id !== undefined, "The log's key cannot be read.");
  const bytes = sodium.from_base64(rest.join("+"), sodium.base64_variants.ORIGINAL);
  must(bytes.length === 33 && bytes[0] === 1, "The log's key is of another kind.");
  const expected = sodium.crypto_hash_sha256(joined(text.encode(`${name}\n`), bytes)).slice(0, 4);
  must(sodium.to_hex(expected) === id, "The log's key does not have its number.");
  return { name, id: expected, key: bytes.slice(1) };
}

// The text of a note that the key has signed.
export function openNote(note: string, key: Key): string {
  const cut = note.lastIndexOf("\n\n");
  must(cut >= 0, "A note is not signed.");
  const signed = note.slice(0, cut + 1);
  for (const line of note.slice(cut + 2).split("\n")) {
    const parts = line.split(" ");
    if (parts.length !== 3 || parts[0] !== "—" || parts[1] !== key.name) continue;
    const bytes = sodium.from_base64(parts[2]!, sodium.base64_variants.ORIGINAL);
    if (!same(bytes.slice(0, 4), key.id)) continue;
    must(bytes.length === 68 && sodium.crypto_sign_verify_detached(bytes.slice(4), text.encode(signed), key.key), "A signature is wrong.");
    return signed;
  }
  throw new Wrong("The log has not signed this.");
}

export function openCheckpoint(note: string, key: Key): Tree {
  const [origin, size, root] = openNote(note, key).split("\n");
  must(origin === key.name, "A checkpoint is of another log.");
  must(/^(0|[1-9][0-9]{0,14})$/.test(size ?? ""), "A checkpoint has no size.");
  return { size: Number(size), root: base64(bytesOf(root, 32)) };
}

export const leafHash = (entry: Uint8Array) => sodium.crypto_hash_sha256(joined(Uint8Array.of(0), entry));
export const nodeHash = (left: Uint8Array, right: Uint8Array) => sodium.crypto_hash_sha256(joined(Uint8Array.of(1), left, right));

// The rightmost subtrees of a tree that grows from the left; each is complete.
export class GrowingTree {
  size = 0;
  private subtrees: { size: number; hash: Uint8Array }[] = [];
  add(hash: Uint8Array, leaves: number) {
    let next = { size: leaves, hash };
    for (let last = this.subtrees.at(-1); last !== undefined && last.size === next.size; last = this.subtrees.at(-1)) {
      this.subtrees.pop();
      next = { size: last.size * 2, hash: nodeHash(last.hash, next.hash) };
    }
    this.subtrees.push(next);
    this.size += leaves;
  }
  root(): string {
    const hashes = this.subtrees.map((each) => each.hash);
    let out = hashes.pop();
    if (out === undefined) return base64(sodium.crypto_hash_sha256(new Uint8Array(0)));
    for (let left = hashes.pop(); left !== undefined; left = hashes.pop()) out = nodeHash(left, out);
    return base64(out);
  }
}

export function tileName(kind: string, index: number, wide: number): string {
  let name = String(index % 1000).padStart(3, "0");
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    name = `x${String(rest % 1000).padStart(3, "0")}/${name}`;
  }
  return `tile/${kind}/${name}${wide === width ? "" : `.p/${wide}`}`;
}

export function splitBundle(bytes: Uint8Array, wide: number): Uint8Array[] {
  const out: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = (bytes[at]! << 8) | (bytes[at + 1] ?? 0);
    must(at + 2 + length <= bytes.length, "A bundle of entries is cut short.");
    out.push(bytes.slice(at + 2, at + 2 + length));
    at += 2 + length;
  }
  must(out.length === wide, "A bundle holds another number of entries.");
  return out;
}

// Goes through the whole tree: entries where they count or where a tree ends, else hashes of 256 at a time. What it has
// seen is the log, since the root that comes out is the one that was signed.
export async function walk(source: { log: Fetch; progress?: Progress }, newest: Tree, reported: Tree, first: number, end: number, visit: (entry: Uint8Array, leaf: number) => void) {
  const tree = new GrowingTree();
  const bundles = Math.ceil(newest.size / width);
  const whole = Math.floor(newest.size / width);
  let hashes: Uint8Array = new Uint8Array(0);
  let hashesOf = -1;
  for (let bundle = 0; bundle < bundles; ++bundle) {
    const begin = bundle * width;
    const wide = Math.min(width, newest.size - begin);
    const counts = begin < end && begin + wide > first;
    const ends = reported.size > begin && reported.size < begin + wide;
    if (!counts && !ends && wide === width) {
      const tile = Math.floor(bundle / width);
      if (tile !== hashesOf) {
        hashes = await source.log(tileName("1", tile, Math.min(width, whole - tile * width)));
        hashesOf = tile;
      }
      const at = (bundle % width) * 32;
      must(hashes.length >= at + 32, "A tile is too short.");
      tree.add(hashes.slice(at, at + 32), width);
    } else {
      const entries = splitBundle(await source.log(tileName("entries", bundle, wide)), wide);
      for (const [i, entry] of entries.entries()) {
        const leaf = begin + i;
        if (leaf >= first && leaf < end) visit(entry, leaf);
        tree.add(leafHash(entry), 1);
        if (tree.size === reported.size) {
          must(tree.root() === reported.root, "The report's tree is no beginning of the log: it has two histories.");
        }
      }
    }
    if (tree.size === reported.size) {
      must(tree.root() === reported.root, "The report's tree is no beginning of the log: it has two histories.");
    }
    if (bundle % 8 === 7) await source.progress?.(tree.size, newest.size);
  }
  must(tree.root() === newest.root, "The entries are not what the log has signed.");
}
