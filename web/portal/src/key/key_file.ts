// The file with the private half of the key that answers are encrypted to, locked with a passphrase: kept in this
// browser, and on the officer's own disk.
import { download } from "../../../shared/download.ts";

const place = (publicKey: string): string => `heliograph-answer-key:${publicKey}`;

export const keep = (publicKey: string, file: string): void => localStorage.setItem(place(publicKey), file);
export const kept = (publicKey: string): string | null => localStorage.getItem(place(publicKey));
export const exportKey = (officer: number, file: string): void => download(`heliograph-answer-key-${officer}.txt`, file, "text/plain");
