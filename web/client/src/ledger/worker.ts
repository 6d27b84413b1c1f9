// The check of an entry. In a worker, since only a worker of this page may compile (the arithmetic is WebAssembly).
/// <reference lib="webworker" />
import { checkEntry } from "../../../transparency/entry.ts";
import { Wrong } from "../../../transparency/group.ts";
import type { Ask, Said } from "./own_entry.ts";

async function fetched(path: string): Promise<Uint8Array> {
  const answer = await fetch(path, { cache: "no-store" });
  if (!answer.ok) throw new Error(`${path} answers with status ${answer.status}.`);
  return new Uint8Array(await answer.arrayBuffer());
}

const words = async (path: string): Promise<string> => new TextDecoder().decode(await fetched(path));

async function check({ opening, leaf }: Ask): Promise<Said> {
  try {
    const [proof, key] = [await words(`/ledger/proof/${leaf}`), await words("/ledger/vkey")];
    const verdict = await checkEntry({ opening: `${opening.trim()}\n`, proof, key, log: (path) => fetched(`/ledger/${path}`) });
    return { holds: true, index: verdict.index, tree: verdict.tree, fields: verdict.fields, key: key.trim() };
  } catch (error) {
    return { holds: false, wrong: error instanceof Wrong, why: error instanceof Error ? error.message : String(error) };
  }
}

self.onmessage = (event: MessageEvent<Ask>) => void check(event.data).then((said) => self.postMessage(said));
