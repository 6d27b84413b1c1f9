// Says what in a JSON document is not as its JSON schema has it: SCHEMA, then the document on stdin.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../../web/package.json", import.meta.url));
const { Ajv2020 } = require("ajv/dist/2020.js");
const formats = require("ajv-formats").default;

const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
formats(ajv);
const validate = ajv.compile(JSON.parse(await readFile(process.argv[2], "utf8")));
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
if (!validate(JSON.parse(Buffer.concat(chunks).toString("utf8")))) {
  console.error(ajv.errorsText(validate.errors));
  process.exit(1);
}
