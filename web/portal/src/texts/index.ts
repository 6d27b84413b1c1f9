// The portal's words, in the page's language. A translation is a file like en.ts of type Texts.
import type { Words } from "../../../shared/texts.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { fr } from "./fr.ts";

export { fill, wordFor } from "../../../shared/texts.ts";
export type Texts = Words<typeof en>;

const all: Record<string, Texts> = { en, de, fr };
export const t: Texts = all[document.documentElement.lang] ?? en;
export const nameOf = (language: string): string => all[language]?.language ?? language;
