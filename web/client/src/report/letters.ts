// What the service account writes about reports and decisions: the account's only record of them, in the server's words. A
// letter about a decision carries the button of the appeal; each names its case.
import { type Message, MtPeerNotFoundError } from "@mtcute/core";
import { tg } from "../api/client.ts";
import { rawOf } from "../history/raw.ts";
import { parseLink } from "../links/link.ts";

export const serviceAccount = 777000;

export interface Letter {
  id: number;
  date: Date;
  text: string;
  case: number;
  appeal?: string;  // what the bot of appeals is begun with
}

// "(case 12)", "Case 12.", "it is case 12."
export function caseOf(text: string): number | undefined {
  const found = /\bcase (\d{1,15})\b/i.exec(text);
  return found ? Number(found[1]) : undefined;
}

function appealOf(message: Message): string | undefined {
  const markup = rawOf(message)?.replyMarkup;
  if (markup?._ !== "replyInlineMarkup") return undefined;
  for (const button of markup.rows.flatMap((row) => row.buttons)) {
    const link = button._ === "keyboardButtonUrl" ? parseLink(button.url) : undefined;
    if (link?.to === "name" && link.username === "searchreport" && link.start?.startsWith("appeal_")) return link.start;
  }
  return undefined;
}

export function letterOf(message: Message): Letter | undefined {
  const number = caseOf(message.text);
  if (number === undefined) return undefined;
  const appeal = appealOf(message);
  return { id: message.id, date: message.date, text: message.text, case: number, ...(appeal === undefined ? {} : { appeal }) };
}

const pageSize = 100;
let looked = false;

// Of the conversation with the service account, newest first. There is none where it has never written.
async function page(limit: number, before: number): Promise<Message[]> {
  const ask = () => tg().getHistory(serviceAccount, { limit, ...(before > 0 ? { offset: { id: before, date: 0 } } : {}) });
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof MtPeerNotFoundError)) throw error;
  }
  // It becomes known with the list of chats, if there is such a chat.
  if (!looked) for await (const dialog of tg().iterDialogs({ archived: "keep", limit: 200 })) looked = dialog.peer.id === serviceAccount || looked;
  if (!looked) return [];
  return ask();
}

// Newest first; `next` is where the page after it begins.
export async function letters(before = 0): Promise<{ letters: Letter[]; next: number | undefined }> {
  const found = await page(pageSize, before);
  return { letters: found.map(letterOf).filter((each) => each !== undefined), next: found.length < pageSize ? undefined : found.at(-1)?.id };
}

// What was written since, once it is there: the server tells the case number in a letter of its own.
export async function letterSince(last: number): Promise<Letter | undefined> {
  for (let n = 0; n < 10; n += 1) {
    const found = (await page(5, 0)).filter((each) => each.id > last).map(letterOf).find((each) => each !== undefined);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  return undefined;
}

export const newestLetter = async (): Promise<number> => (await page(1, 0)).at(0)?.id ?? 0;
