// Words of a page, and what becomes of them.
// The type of a translation, when given that of the first.
export type Words<T> = { [K in keyof T]: T[K] extends string ? string : Words<T[K]> };

// "{n} of {all}" with its values.
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

// Of words that the server may know more of than we.
export const wordFor = (words: object, word: string | undefined): string => (word === undefined ? "" : (words as Record<string, string>)[word] ?? word);
