// Runs the check of the transparency pages on files: FOLDER with try.json, try.note and log/, and the log's key.
// Prints what it found, or exits 1 with a sentence.
import { readFile } from "node:fs/promises";
import { checkReport } from "../../../web/transparency/verify.ts";

const [folder, key] = process.argv.slice(2);
try {
  const found = await checkReport({
    document: new Uint8Array(await readFile(`${folder}/try.json`)),
    note: await readFile(`${folder}/try.note`, "utf8"),
    key,
    log: async (path) => new Uint8Array(await readFile(`${folder}/log/${path === "cells" ? "cells/index" : path}`)),
  });
  console.log(JSON.stringify({ ...found, legalEntriesProven: await found.checkEntries() }));
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
