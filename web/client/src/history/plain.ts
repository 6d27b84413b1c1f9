// Text of strangers as text. What turns the direction of a line around is taken out, since it would let a name or file
// name read as another; heaps of combining marks are cut to a few a letter, so that a line stays a line.
const turns = /[\u202A-\u202E\u2066-\u2069]/g;
const controls = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;
const heaps = /(\p{M}{4})\p{M}+/gu;

export function plain(text: string): string {
  return text.replaceAll(turns, "").replaceAll(controls, "").replaceAll(heaps, "$1");
}

// A name to save a file under: no folders, nothing hidden, not endless.
export function fileName(name: string | null, fallback: string): string {
  const last = plain(name ?? "").split(/[\\/]/).pop() ?? "";
  const clean = last.replaceAll(/[<>:"|?*]/g, "_").replace(/^\.+/, "").trim();
  return clean === "" ? fallback : clean.slice(-120);
}
