// Checks what a server says of itself, from public data alone, as docs/transparency-proof.md says. No page is needed:
// tests run it without a browser, and any page can have it.
export { checkEntry } from "./entry.ts";
export type { EntryVerdict, OwnEntry } from "./entry.ts";
export { Wrong } from "./group.ts";
export type { Fetch } from "./log.ts";
export { checkReport } from "./report.ts";
export type { Source, Verdict } from "./report.ts";
