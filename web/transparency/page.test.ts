import sodium from "libsodium-wrappers-sumo";
import { afterEach, expect, test, vi } from "vitest";

import { base64, joined, ready, text, timesBase } from "./group.ts";
import { TestLog } from "./test_log.ts";

afterEach(() => vi.unstubAllGlobals());

// Only what the page asks of a document: elements by name, and those that it makes.
function standIn(name: string) {
  return {
    value: "", textContent: "", files: [] as File[], press: () => {},
    addEventListener(_: string, act: () => void) { this.press = act; },
    append(...parts: { textContent: string }[]) { this.textContent += parts.map((one) => one.textContent).join(" "); },
    replaceChildren(...parts: { textContent: string }[]) { this.textContent = parts.map((one) => one.textContent).join(" "); },
    name,
  };
}

test.each(["the proof itself", "its address", "its number"])("one's own entry is checked with a file of %s", async (what) => {
  await ready();
  const [salt, blinding] = [new Uint8Array(32), sodium.crypto_core_ristretto255_scalar_random()];
  const field = sodium.crypto_hash_sha256(joined(text.encode("heliograph/ledger/field/v1\0"), salt, text.encode("act\0message.withhold")));
  const record = sodium.crypto_hash_sha256(joined(text.encode("heliograph/ledger/record/v1\0"), field));
  const log = new TestLog([joined(Uint8Array.of(1), record, timesBase(blinding))]);
  const proof = `c2sp.org/tlog-proof@v1\nindex 0\n\n${log.checkpoint}`;
  log.files.set("proof/0", text.encode(proof));
  log.files.set("vkey", text.encode(`${log.key}\n`));

  const page = new Map(["opening", "opening-file", "proof", "proof-file", "check-own", "own-verdict"].map((name) => [name, standIn(name)]));
  page.get("opening")!.value = `heliograph-ledger-opening v1\nfield act ${base64(salt)} ${base64(text.encode("message.withhold"))}\nblinding ${base64(blinding)}\n`;
  const content = what === "the proof itself" ? proof : what === "its address" ? "https://example.org/ledger/proof/0\n" : "0\n";
  page.get("proof-file")!.files.push(new File([content], "proof"));
  vi.stubGlobal("document", { getElementById: (name: string) => page.get(name) ?? null, createElement: standIn });
  vi.stubGlobal("fetch", async (path: string) => new Response(new Uint8Array(await log.fetch(path.replace("/ledger/", "")))));

  vi.resetModules();
  await import("./page.ts");
  page.get("check-own")!.press();
  await vi.waitFor(() => expect(page.get("own-verdict")!.textContent).toMatch(/hold|could not/), 30_000);
  expect(page.get("own-verdict")!.textContent).toMatch(/^It holds\. .*message\.withhold/);
});
