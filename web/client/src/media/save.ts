import { fileName } from "../history/plain.ts";

// Hands a file over to the browser's downloads; it is never opened here.
export function saveAs(url: string, name: string): void {
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName(name, "file");
  link.click();
}
