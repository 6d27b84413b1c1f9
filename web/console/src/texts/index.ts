// The console's words. A translation is a file like en.ts of type Texts.
import type { Words } from "../../../shared/texts.ts";
import { en } from "./en.ts";

export { fill, wordFor } from "../../../shared/texts.ts";
export type Texts = Words<typeof en>;

export const t: Texts = en;
