// One's own entry in the transparency log: the server's bot gives what opens it, the browser checks the rest itself.
import { tg } from "../api/client.ts";
import workerUrl from "./worker.ts?worker&url";

export interface Ask {
  opening: string;
  leaf: number;
}

export type Said =
  | { holds: true; index: number; tree: number; fields: Record<string, string>; key: string }
  | { holds: false; wrong: boolean; why: string };

// Either the opening, or the bot's words for why there is none.
export type Opened = { opening: string; leaf: number } | { words: string };

export const openingHead = "heliograph-ledger-opening v1";

export function readAnswer(texts: readonly string[]): Opened | undefined {
  const opening = texts.find((each) => each.startsWith(openingHead));
  const leaf = texts.map((each) => /\/ledger\/proof\/(0|[1-9][0-9]{0,14})\b/.exec(each)).find((each) => each !== null)?.[1];
  if (opening !== undefined && leaf !== undefined) return { opening, leaf: Number(leaf) };
  const words = texts.find((each) => !each.startsWith(openingHead));
  // The opening comes in a message of its own, after the words about it.
  return words !== undefined && leaf === undefined ? { words } : undefined;
}

export async function openEntry(caseNumber: number): Promise<Opened> {
  const bot = await tg().getPeer("transparency");
  const sent = await tg().sendText(bot, `/entry ${caseNumber}`);
  for (let n = 0; n < 40; n += 1) {
    await new Promise((resolve) => setTimeout(resolve, 250));
    const page = await tg().getHistory(bot, { limit: 10 });
    const answer = readAnswer(page.filter((each) => each.id > sent.id && !each.isOutgoing).map((each) => each.text));
    if (answer) return answer;
  }
  throw new Error("the bot did not answer");
}

export function checkEntry(ask: Ask): Promise<Said> {
  const worker = new Worker(workerUrl, { type: "module" });
  return new Promise<Said>((resolve, reject) => {
    worker.onmessage = (event: MessageEvent<Said>) => resolve(event.data);
    worker.onerror = () => reject(new Error("the check could not be run"));
    worker.postMessage(ask);
  }).finally(() => worker.terminate());
}
