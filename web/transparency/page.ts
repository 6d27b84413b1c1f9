// The buttons on the transparency pages: they fetch what it takes, and say what comes out.
import { checkEntry, checkReport, Wrong } from "./verify.ts";
import type { Verdict } from "./verify.ts";

async function bytes(path: string): Promise<Uint8Array> {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path} answers with status ${answer.status}.`);
  return new Uint8Array(await answer.arrayBuffer());
}

const words = async (path: string) => new TextDecoder().decode(await bytes(path));
const log = (path: string) => bytes(`/ledger/${path}`);
const breath = () => new Promise((resolve) => setTimeout(resolve, 0));

function element<T extends HTMLElement>(name: string): T | null {
  return document.getElementById(name) as T | null;
}

// Runs it with the button disabled; what goes wrong is said in `says`.
async function attempt(button: HTMLButtonElement, says: HTMLElement, act: (seconds: () => string) => Promise<void>) {
  const began = performance.now();
  button.disabled = true;
  says.textContent = "Fetching …";
  try {
    await act(() => ((performance.now() - began) / 1000).toFixed(1));
  } catch (error) {
    says.textContent = error instanceof Wrong ? `It does NOT hold: ${error.message}` : `It could not be checked: ${String(error)}`;
  } finally {
    button.disabled = false;
  }
}

async function check(button: HTMLButtonElement, verdict: HTMLElement) {
  const report = button.dataset["report"] ?? "";
  await attempt(button, verdict, async (seconds) => {
    const key = await words("/ledger/vkey");
    const found = await checkReport({
      document: await bytes(`${report}.json`),
      note: await words(`${report}.note`),
      key,
      log,
      progress: async (done, all) => {
        verdict.textContent = `${done} of ${all} entries …`;
        await breath();
      },
    });
    verdict.textContent =
      `It holds. The ${found.acts} acts of this report are all that the entries ${found.first} to ${found.end} of the log commit to, ` +
      `and the log (${found.newest} entries) continues the one that the report is about. Computed here in ${seconds()} seconds, ` +
      `with the key that this server gave: ${key.trim()}. Compare it with one that you have from somewhere else.`;
    offerEntries(found);
  });
}

// Entry by entry takes longer: a few milliseconds for each of the legal book, padding included.
function offerEntries(found: Verdict) {
  const button = element<HTMLButtonElement>("verify-entries");
  const says = element("entries-verdict");
  if (!button || !says || found.legalEntries === 0) return;
  const minutes = Math.ceil((found.legalEntries * 0.003) / 60);
  button.hidden = false;
  button.textContent = `Check each of the ${found.legalEntries} entries of the legal book, too (about ${minutes === 1 ? "a minute" : `${minutes} minutes`} at most)`;
  button.onclick = () =>
    void attempt(button, says, async (seconds) => {
      const proven = await found.checkEntries(async (done, all) => {
        says.textContent = `${done} of ${all} entries of the legal book …`;
        await breath();
      });
      says.textContent = `It holds. Each of the ${proven} entries of the legal book counts in one cell of the published list, or in none. Computed here in ${seconds()} seconds.`;
    });
}

// What was pasted or chosen for one field.
async function given(name: string): Promise<string> {
  const file = element<HTMLInputElement>(`${name}-file`)?.files?.[0];
  return (file ? await file.text() : (element<HTMLTextAreaElement>(name)?.value ?? "")).trim();
}

async function checkOwn(button: HTMLButtonElement, says: HTMLElement) {
  await attempt(button, says, async () => {
    const opening = await given("opening");
    let proof = await given("proof");
    if (opening === "" || proof === "") throw new Wrong("The opening or the proof is missing.");
    // An address or a number stands for what the log serves there.
    const place = /(?:^|\/ledger\/proof\/)([0-9]{1,15})$/.exec(proof);
    if (place) proof = await words(`/ledger/proof/${place[1]}`);
    const key = await words("/ledger/vkey");
    const found = await checkEntry({ opening, proof, key, log });
    says.replaceChildren(
      line(`It holds. Entry ${found.index} of the log (${found.tree} entries) commits to exactly this, and can never be changed. The key is the one that this server gave: ${key.trim()}.`),
      facts(found.fields),
    );
  });
}

function line(text: string): HTMLElement {
  const out = document.createElement("p");
  out.textContent = text;
  return out;
}

function facts(fields: Record<string, string>): HTMLElement {
  const out = document.createElement("dl");
  for (const [name, value] of Object.entries(fields)) {
    const head = document.createElement("dt");
    const body = document.createElement("dd");
    head.textContent = name;
    body.textContent = name === "at" && /^[0-9]+$/.test(value) ? new Date(Number(value) * 1000).toISOString() : value || "none";
    out.append(head, body);
  }
  return out;
}

function wire(name: string, target: string, act: (button: HTMLButtonElement, says: HTMLElement) => Promise<void>) {
  const button = element<HTMLButtonElement>(name);
  const says = element(target);
  if (button && says) button.addEventListener("click", () => void act(button, says));
}

wire("verify", "verdict", check);
wire("check-own", "own-verdict", checkOwn);
