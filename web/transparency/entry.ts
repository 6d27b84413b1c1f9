// Checks one's own entry: that an opening is what an entry commits to, and that the entry is a leaf of a tree that the log
// has signed. docs/ledger.md, "An opening".
import sodium from "libsodium-wrappers-sumo";

import { add, base64, bytesOf, cellPoint, joined, must, parseScalar, ready, same, text, timesBase, words, Wrong } from "./group.ts";
import { leafHash, nodeHash, openCheckpoint, parseKey, splitBundle, tileName, width } from "./log.ts";
import type { Fetch } from "./log.ts";

export interface OwnEntry {
  opening: string;
  // The .tlog-proof.
  proof: string;
  // The log's verifier key, from wherever the caller trusts.
  key: string;
  log: Fetch;
}

export interface EntryVerdict {
  index: number;
  tree: number;
  fields: Record<string, string>;
}

interface Opening {
  hashes: Uint8Array[];
  fields: Record<string, string>;
  blinding: Uint8Array;
}

const unreadable = "This is no opening of an entry.";

function decoded(encoded: string | undefined): Uint8Array {
  must(encoded !== undefined, unreadable);
  try {
    return sodium.from_base64(encoded, sodium.base64_variants.ORIGINAL);
  } catch {
    throw new Wrong(unreadable);
  }
}

function readOpening(opening: string): Opening {
  const [head, ...lines] = opening.trim().split(/\r?\n/);
  must(head === "heliograph-ledger-opening v1", unreadable);
  const out: Opening = { hashes: [], fields: {}, blinding: new Uint8Array(0) };
  for (const line of lines) {
    const parts = line.split(" ");
    must(out.blinding.length === 0, unreadable);
    if (parts[0] === "field" && parts.length === 4) {
      const [salt, value] = [decoded(parts[2]), decoded(parts[3])];
      must(salt.length === 32 && !(parts[1]! in out.fields), unreadable);
      out.fields[parts[1]!] = words.decode(value);
      out.hashes.push(sodium.crypto_hash_sha256(joined(text.encode("heliograph/ledger/field/v1\0"), salt, text.encode(`${parts[1]}\0`), value)));
    } else if (parts[0] === "hidden" && parts.length === 2) {
      out.hashes.push(bytesOf(parts[1], 32));
    } else if (parts[0] === "blinding" && parts.length === 2) {
      out.blinding = parseScalar(bytesOf(parts[1], 32));
    } else {
      throw new Wrong(unreadable);
    }
  }
  must(out.blinding.length === 32, "The opening does not say which cell the entry counts in.");
  return out;
}

function checkOpens(opening: Opening, entry: Uint8Array) {
  must(entry.length === 65, "The entry is malformed.");
  const commitment = sodium.crypto_hash_sha256(joined(text.encode("heliograph/ledger/record/v1\0"), ...opening.hashes));
  must(same(commitment, entry.slice(1, 33)), "The entry commits to something else.");
  let claimed = timesBase(opening.blinding);
  const cell = opening.fields["cell"];
  if (cell) claimed = add(claimed, cellPoint(cell));
  must(same(claimed, entry.slice(33)), "The entry counts in another cell.");
}

// RFC 9162, section 2.1.3.2: whether the path leads from the leaf to the root.
function leads(leaf: Uint8Array, index: number, size: number, path: Uint8Array[], root: string): boolean {
  let at = index;
  let last = size - 1;
  let hash = leaf;
  for (const next of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(next, hash);
      while (at % 2 === 0 && at !== 0) {
        at = Math.floor(at / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = nodeHash(hash, next);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && base64(hash) === root;
}

// Throws Wrong with a sentence. The entry itself is fetched from the log, and believed because the path leads from it
// to the root that the log has signed.
export async function checkEntry(own: OwnEntry): Promise<EntryVerdict> {
  await ready();
  const key = parseKey(own.key);
  const opening = readOpening(own.opening);
  // A note ends with its signatures; whoever copies or fetches one may bring more line feeds.
  const proof = own.proof.replaceAll("\r\n", "\n").trim();
  const cut = proof.indexOf("\n\n");
  const [head, place, ...path] = proof.slice(0, cut).trim().split("\n");
  must(cut > 0 && head === "c2sp.org/tlog-proof@v1" && /^index (0|[1-9][0-9]{0,14})$/.test(place ?? ""), "This is no proof of an entry.");
  const index = Number(place!.slice(6));
  const tree = openCheckpoint(proof.slice(cut + 2), key);
  must(index < tree.size, "This is no proof of an entry.");
  const bundle = Math.floor(index / width);
  const wide = Math.min(width, tree.size - bundle * width);
  const entry = splitBundle(await own.log(tileName("entries", bundle, wide)), wide)[index % width]!;
  must(leads(leafHash(entry), index, tree.size, path.map((each) => bytesOf(each, 32)), tree.root), "The entry is not at this place of the tree.");
  checkOpens(opening, entry);
  return { index, tree: tree.size, fields: opening.fields };
}
