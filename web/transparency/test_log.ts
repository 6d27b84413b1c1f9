// A small honest log for the tests beside: its files by name, and what it signs.
import sodium from "libsodium-wrappers-sumo";

import { base64, joined, text } from "./group.ts";
import { GrowingTree, leafHash, tileName, width } from "./log.ts";

const origin = "example.org/ledger";

export class TestLog {
  readonly files = new Map<string, Uint8Array>();
  readonly origin = origin;
  readonly key: string;
  readonly checkpoint: string;
  private readonly pair = sodium.crypto_sign_keypair();
  private readonly id: Uint8Array;

  constructor(entries: Uint8Array[]) {
    const kind = joined(Uint8Array.of(1), this.pair.publicKey);
    this.id = sodium.crypto_hash_sha256(joined(text.encode(`${origin}\n`), kind)).slice(0, 4);
    this.key = `${origin}+${sodium.to_hex(this.id)}+${base64(kind)}`;
    const all = new GrowingTree();
    const roots: string[] = [];
    for (let begin = 0; begin < entries.length; begin += width) {
      const own = new GrowingTree();
      const bundle = entries.slice(begin, begin + width);
      for (const entry of bundle) for (const tree of [all, own]) tree.add(leafHash(entry), 1);
      this.files.set(tileName("entries", begin / width, bundle.length), joined(...bundle.map((entry) => joined(Uint8Array.of(0, entry.length), entry))));
      if (bundle.length === width) roots.push(own.root());
    }
    this.files.set(tileName("1", 0, roots.length), joined(...roots.map((root) => sodium.from_base64(root, sodium.base64_variants.ORIGINAL))));
    this.checkpoint = this.sign(`${origin}\n${entries.length}\n${all.root()}\n`);
    this.files.set("checkpoint", text.encode(this.checkpoint));
  }

  sign(words: string): string {
    return `${words}\n— ${origin} ${base64(joined(this.id, sodium.crypto_sign_detached(words, this.pair.privateKey)))}\n`;
  }

  readonly fetch = async (path: string): Promise<Uint8Array> => {
    const found = this.files.get(path);
    if (found === undefined) throw new Error(`There is no ${path}.`);
    return found;
  };
}
